/**
 * What an Actor on Crawlee alone and the run tell each other over a connection of this machine: lines of JSON. The first line
 * of the process is the secret.
 */

/** Set where the Actor has no SDK that speaks to the platform: `<port> <secret>`. */
export const CRAWLEE_VARIABLE = 'ACTOR_STATE_CRAWLEE';

export type StorageKind = 'key-value-store' | 'dataset' | 'request-queue';

/** Calls of Crawlee's local storage that are told (`@crawlee/memory-storage` 3.18.1, `resource-clients/`). */
export const TOLD_METHODS: Readonly<Record<StorageKind, readonly string[]>> = {
  'key-value-store': ['getRecord', 'setRecord', 'deleteRecord', 'delete'],
  dataset: ['pushItems', 'delete'],
  'request-queue': ['addRequest', 'batchAddRequests', 'getRequest', 'updateRequest', 'deleteRequest', 'delete'],
};

/** What the process tells. */
export type Told = Called | Settled;

export interface Called {
  readonly told: 'called';
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly storage: { readonly kind: StorageKind; readonly name: string };
  readonly method: string;
  /** The first argument; bytes as {@link Bytes}. */
  readonly argument: unknown;
}

export interface Settled {
  readonly told: 'settled';
  readonly id: number;
  readonly at: number;
  readonly isDone: boolean;
  /** Of a call that reads. */
  readonly result?: unknown;
}

export interface Bytes {
  readonly base64: string;
}

/** What the process is told. */
export interface MigratingFrame {
  readonly migrating: { readonly timeRemainingSecs: number };
}
