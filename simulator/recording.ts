/**
 * What is known of a run: every event, read, write and process, in the order in which it happened. The platform records,
 * the run adds what it does to the processes, the verdict reads. Plain values: they travel between processes as JSON.
 */

/** Milliseconds on the wall clock since the run began, also while a debugger pauses it. */
export type Time = number;

/** The first process of a run is 1, the one that follows a migration 2, and so on. */
export type ProcessNumber = number;

export interface Recording {
  readonly runId: string;
  /** When the run began: milliseconds since 1970. */
  readonly startedAt: number;
  readonly fidelity: Fidelity;
  readonly events: readonly RecordedEvent[];
}

/** `platform`: at home on the local platform, all reads and writes seen. `local`: Crawlee alone on its own storage folder, its calls seen in the process. */
export type Fidelity = 'platform' | 'local';

export type RecordedEvent =
  | ProcessStarted
  | ProcessExited
  | Connected
  | FirstCall
  | FrameSent
  | WindowOpened
  | WindowClosed
  | Killed
  | Paused
  | RecordRead
  | RequestFetched
  | StorageWrite
  | RebootRequested
  | AbortRequested
  | StatusMessage
  | NoListener
  | Refused
  | DiskFile
  | TornFile;

interface Happened {
  readonly at: Time;
  /** The process that did it, or that it was done to. */
  readonly process: ProcessNumber;
}

/** The Launcher was asked to start the process. */
export interface ProcessStarted extends Happened {
  readonly kind: 'process-started';
}

/** The root of the process tree has ended: by itself, or killed by the run. */
export interface ProcessExited extends Happened {
  readonly kind: 'process-exited';
  readonly exit: ProcessExit;
  /** By the run: for a restart, or for a stop. */
  readonly killed: boolean;
}

export interface ProcessExit {
  /** `undefined` where a signal ended it, or where nobody can tell. */
  readonly code: number | undefined;
  readonly signal: string | undefined;
}

/** The SDK has opened the events WebSocket: from now on it hears `migrating`. */
export interface Connected extends Happened {
  readonly kind: 'connected';
  /**
   * Another process of the same launch had listened before and is gone, or none was launched at all: something restarts the
   * Actor by itself, such as a watcher, and a kill would prove nothing.
   */
  readonly restartedItself?: boolean;
}

/** The first HTTP call of a process to the platform. */
export interface FirstCall extends Happened {
  readonly kind: 'first-call';
  /** When the first Node process of this launch began, before any code of the Actor; `undefined` where none has told. */
  readonly firstInstructionAt?: Time | undefined;
}

/** An event sent over the WebSocket, but for `systemInfo`, which comes each second. */
export interface FrameSent extends Happened {
  readonly kind: 'frame-sent';
  readonly name: 'migrating' | 'aborting' | 'persistState';
  /** What the run was told to do to it. */
  readonly fault?: EventsFault;
}

/** `closed`: its connection is closed in its place. `slow`: it leaves so many milliseconds late. */
export type EventsFault = { readonly kind: 'closed' } | { readonly kind: 'slow'; readonly ms: number };

/**
 * What ends a process for another to take its place. By a migration and a reboot the run stays as it is; by the others it
 * ends, and is resurrected.
 */
export type RestartCause = AnnouncedCause | SuddenCause;

/** The Actor is told by an event, and has a grace period. */
export type AnnouncedCause = 'migration' | 'graceful-abort';

/** The process is killed at once, and hears of nothing. */
export type SuddenCause = 'reboot' | 'abort' | 'timeout';

/** The grace period begins, with the `migrating` or the `aborting` frame. */
export interface WindowOpened extends Happened {
  readonly kind: 'window-opened';
  readonly by: AnnouncedCause;
  readonly graceMs: number;
}

/**
 * The grace period is over. `reboot`: the SDK asked for it; `deadline`: the time was up; `user`: told to go on at once;
 * `exit`: the Actor ended by itself within it; `cancelled`: the migration was called off, the process lives on; `aborted`:
 * the run was stopped.
 */
export interface WindowClosed extends Happened {
  readonly kind: 'window-closed';
  readonly endedBy: WindowEnd;
}

export type WindowEnd = 'reboot' | 'deadline' | 'user' | 'exit' | 'cancelled' | 'aborted';

/** No process of the run is left. Writes under way were cut before. */
export interface Killed extends Happened {
  readonly kind: 'killed';
  readonly why: RestartCause | 'stop' | 'leftovers';
  /** How many processes were killed. */
  readonly processes: number;
  /** The processes that hold locks on requests have lost them: the number of requests unlocked. */
  readonly unlocked: number;
}

/** A debugger held the process still: the window and the locks' clocks stood still with it. */
export interface Paused extends Happened {
  readonly kind: 'paused';
  /** `undefined` until it goes on. */
  readonly until: Time | undefined;
}

/** A record of a key-value store was asked for. */
export interface RecordRead extends Happened {
  readonly kind: 'record-read';
  readonly record: RecordId;
  /** What came back; `undefined` where there was none. */
  readonly value: RecordedValue | undefined;
}

/**
 * A request was taken from a queue to be handled: the `GET` of the whole request, which Crawlee does right before, of one that
 * is locked or of a queue whose clients lock none.
 */
export interface RequestFetched extends Happened {
  readonly kind: 'request-fetched';
  readonly queue: StorageId;
  readonly request: RequestId;
}

/**
 * A write to a storage, or a charge. It is recorded twice under the same `id`: when its body has arrived (`pending`), and
 * when it is settled.
 */
export interface StorageWrite extends Happened {
  readonly kind: 'write';
  readonly id: number;
  readonly change: Change;
  readonly outcome: WriteOutcome;
  /** Where the run was told to fail writes, and this one was drawn: it has failed by that alone. */
  readonly fault?: WriteFault;
  /** From the arrival of the body until it was settled; 0 while pending. */
  readonly tookMs: number;
  /**
   * Requests that had been fetched by this process and not handled yet when the write began: it may belong to any of
   * their handlers. Empty: outside of every request handler.
   */
  readonly during: readonly InFlight[];
}

/**
 * `landed`: stored, and acknowledged unless its process was killed in that moment. `cut`: the kill came before its latency was over, or its connection went. `refused`:
 * a fault of the call (400, 404 …). `failed`: the platform could not store it (disk full) or was told to fail it.
 */
export type WriteOutcome = 'pending' | 'landed' | 'cut' | 'refused' | 'failed';

/** `reject`: answered with status 400, which reaches the Actor at once; `outage`: with 503, which apify-client repeats. */
export type WriteFault = 'reject' | 'outage';

export type Change =
  | { readonly type: 'set-record'; readonly record: RecordId; readonly value: RecordedValue }
  | { readonly type: 'delete-record'; readonly record: RecordId }
  | { readonly type: 'push-items'; readonly dataset: StorageId; readonly items: readonly RecordedItem[] }
  | { readonly type: 'add-requests'; readonly queue: StorageId; readonly requests: readonly RequestId[] }
  /** A request was written back: handled, or given back to the queue (`reclaimed`). */
  | {
      readonly type: 'update-request';
      readonly queue: StorageId;
      readonly request: RequestId;
      readonly handled: boolean;
    }
  | { readonly type: 'delete-request'; readonly queue: StorageId; readonly request: RequestId }
  | { readonly type: 'drop-storage'; readonly storage: StorageId }
  | { readonly type: 'charge'; readonly event: string; readonly count: number };

export interface InFlight {
  readonly queue: StorageId;
  readonly request: RequestId;
}

export interface StorageId {
  readonly kind: 'key-value-store' | 'dataset' | 'request-queue';
  /** `default`, else the name it was opened with, else its id. */
  readonly name: string;
}

export interface RecordId {
  readonly store: StorageId;
  readonly key: string;
}

export interface RequestId {
  readonly id: string;
  readonly uniqueKey: string;
  readonly url: string;
}

/** A record's bytes, in short. */
export interface RecordedValue {
  readonly contentType: string;
  /** Uncompressed. */
  readonly bytes: number;
  /** Of the uncompressed bytes; equal values have equal hashes. */
  readonly sha256: string;
  /** The value as JSON text where it is JSON and not larger than 256 KiB. */
  readonly json?: string | undefined;
}

/** An item of a dataset as JSON text, or its hash where it is larger than 64 KiB. */
export type RecordedItem = { readonly json: string } | { readonly sha256: string };

export interface RebootRequested extends Happened {
  readonly kind: 'reboot-requested';
}

/** The Actor aborts its own run. `gracefully`: the `aborting` frame was sent, the process has 30 s to end. */
export interface AbortRequested extends Happened {
  readonly kind: 'abort-requested';
  readonly gracefully: boolean;
}

export interface StatusMessage extends Happened {
  readonly kind: 'status-message';
  readonly text: string;
}

/** The process was to be told of its end, and did not listen any more: it goes on. */
export interface NoListener extends Happened {
  readonly kind: 'no-listener';
  readonly by: AnnouncedCause;
}

/** A call that the local platform does not serve, refused by name. */
export interface Refused extends Happened {
  readonly kind: 'refused';
  readonly method: string;
  readonly path: string;
  readonly sentence: string;
}

/** A file outside the storage that one process wrote and a later one read: on the platform it would not be there. */
export interface DiskFile extends Happened {
  readonly kind: 'disk-file';
  /** Relative to the Actor's folder, with forward slashes. */
  readonly path: string;
  readonly writtenBy: ProcessNumber;
}

/**
 * A file of the local storage that the kill has cut in the middle of being written: of local files only, since a platform stores
 * a record whole or not at all.
 */
export interface TornFile extends Happened {
  readonly kind: 'torn-file';
  /** Relative to the storage, with forward slashes. */
  readonly path: string;
}
