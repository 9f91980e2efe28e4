import type {
  AnnouncedCause,
  Change,
  Fidelity,
  InFlight,
  Killed,
  RecordedEvent,
  RecordedValue,
  Recording,
  StorageId,
  WindowEnd,
  WriteFault,
} from '../../recording.ts';

import { jsonValue, recordId, requestId } from './recorded-values.ts';

type EventWithoutTime<Event> = Event extends RecordedEvent ? Omit<Event, 'at' | 'process'> : never;

/** How a write ended; landed unless told. */
export interface HowItWent {
  /** The kill came before it had arrived. */
  readonly cut?: boolean;
  /** It is under way from here on; {@link RunStory.settle} ends it. */
  readonly pending?: boolean;
  /** The run was told to fail it. */
  readonly fault?: WriteFault;
}

const LATENCY_MS = 100;

/** When the runs of the tests began. */
export const STARTED_AT = Date.parse('2026-03-01T12:00:00Z');

const dataset: StorageId = { kind: 'dataset', name: 'default' };
const queue: StorageId = { kind: 'request-queue', name: 'default' };

/**
 * Tells what an Actor did, in the order in which it did it, and keeps it as the platform would have recorded it. Each action
 * takes 10 ms, each write 100 ms more.
 */
export class RunStory {
  readonly #events: RecordedEvent[] = [];
  readonly #records = new Map<string, RecordedValue>();
  readonly #fidelity: Fidelity;
  #inFlight: readonly InFlight[] = [];
  #process = 1;
  #at = 0;
  #writes = 0;
  #pending: {
    readonly id: number;
    readonly change: Change;
    readonly begunAt: number;
    readonly during: readonly InFlight[];
  }[] = [];

  constructor({ fidelity = 'platform' }: { readonly fidelity?: Fidelity } = {}) {
    this.#fidelity = fidelity;
    this.start();
  }

  /** A process was started and has called the platform. */
  start({ calls = true }: { readonly calls?: boolean } = {}): this {
    this.tell({ kind: 'process-started' });
    return calls ? this.tell({ kind: 'first-call' }, { kind: 'connected' }) : this;
  }

  tell(...events: readonly EventWithoutTime<RecordedEvent>[]): this {
    for (const event of events) {
      this.#at += 10;
      this.#events.push({ ...event, at: this.#at, process: this.#process });
    }
    return this;
  }

  pass(ms: number): this {
    this.#at += ms;
    return this;
  }

  /** A debugger holds the process for so long: told when it begins, and again when it ends. */
  pause(ms: number): this {
    const paused = { kind: 'paused', at: this.#at, process: this.#process } as const;
    this.#at += ms;
    this.#events.push({ ...paused, until: undefined }, { ...paused, until: this.#at });
    return this;
  }

  read(key: string): this {
    const record = recordId(key);
    return this.tell({ kind: 'record-read', record, value: this.#records.get(`${record.store.name}/${record.key}`) });
  }

  save(key: string, value: unknown, how: HowItWent = {}): this {
    const record = recordId(key);
    return this.#write({ type: 'set-record', record, value: jsonValue(value) }, how);
  }

  delete(key: string, how: HowItWent = {}): this {
    return this.#write({ type: 'delete-record', record: recordId(key) }, how);
  }

  push(items: unknown, how: HowItWent = {}): this {
    const all: readonly unknown[] = Array.isArray(items) ? items : [items];
    const change = { type: 'push-items', dataset, items: all.map((item) => ({ json: JSON.stringify(item) })) } as const;
    return this.#write(change, how);
  }

  add(urls: readonly string[], how: HowItWent = {}): this {
    return this.#write({ type: 'add-requests', queue, requests: urls.map(requestId) }, how);
  }

  charge(event: string, how: HowItWent = {}): this {
    return this.#write({ type: 'charge', event, count: 1 }, how);
  }

  drop(): this {
    return this.#write({ type: 'drop-storage', storage: queue }, {});
  }

  fetch(url: string): this {
    this.#inFlight = [...this.#inFlight, { queue, request: requestId(url) }];
    return this.tell({ kind: 'request-fetched', queue, request: requestId(url) });
  }

  done(url: string, how: HowItWent = {}): this {
    return this.#write({ type: 'update-request', queue, request: requestId(url), handled: true }, how);
  }

  /** Fetches the request, does what its handler does, marks it as handled. */
  handle(url: string, handler: (story: this) => void = () => undefined): this {
    this.fetch(url);
    handler(this);
    return this.done(url);
  }

  /** Ends the writes that are under way. */
  settle(outcome: 'landed' | 'cut'): this {
    for (const write of this.#pending) this.#settle(write, outcome);
    this.#pending = [];
    return this;
  }

  /** The grace period: the frame, what the Actor does then, and how it ended. */
  window(
    within: (story: this) => void = () => undefined,
    endedBy: WindowEnd = 'reboot',
    by: AnnouncedCause = 'migration',
  ): this {
    const name = by === 'migration' ? 'migrating' : 'aborting';
    this.tell({ kind: 'frame-sent', name }, { kind: 'window-opened', by, graceMs: 10_000 });
    within(this);
    if (endedBy === 'reboot') this.tell({ kind: 'reboot-requested' });
    return this.tell({ kind: 'window-closed', endedBy });
  }

  kill(why: Killed['why'] = 'migration', unlocked = 0): this {
    this.settle('cut');
    this.tell({ kind: 'killed', why, processes: 1, unlocked });
    this.tell({ kind: 'process-exited', exit: { code: undefined, signal: 'SIGKILL' }, killed: true });
    this.#inFlight = [];
    return this;
  }

  /** One whole migration: the grace period, the kill, the next process. */
  migrate(within: (story: this) => void = () => undefined, endedBy: WindowEnd = 'reboot'): this {
    return this.window(within, endedBy).kill().next().start();
  }

  /** A graceful abort on which the process ends by itself; its run is resurrected. */
  abortGracefully(within: (story: this) => void = () => undefined, code = 0): this {
    return this.window(within, 'exit', 'graceful-abort').settle('cut').exit(code).next().start();
  }

  next(): this {
    this.#process += 1;
    return this;
  }

  exit(code: number | undefined = 0, signal?: string): this {
    return this.tell({ kind: 'process-exited', exit: { code, signal }, killed: false });
  }

  recording(): Recording {
    return { runId: 'run', startedAt: STARTED_AT, fidelity: this.#fidelity, events: [...this.#events] };
  }

  #write(change: Change, { cut = false, pending = false, fault }: HowItWent): this {
    this.#at += 10;
    this.#writes += 1;
    const write = { id: this.#writes, change, begunAt: this.#at, during: this.#inFlight };
    const { id, during } = write;
    this.#events.push({
      kind: 'write',
      id,
      change,
      during,
      outcome: 'pending',
      tookMs: 0,
      at: this.#at,
      process: this.#process,
    });
    if (pending) this.#pending.push(write);
    else {
      this.#at += LATENCY_MS;
      this.#settle(write, fault === undefined ? (cut ? 'cut' : 'landed') : 'failed', fault);
    }
    return this;
  }

  #settle(
    { id, change, begunAt, during }: { id: number; change: Change; begunAt: number; during: readonly InFlight[] },
    outcome: 'landed' | 'cut' | 'failed',
    fault?: WriteFault,
  ): void {
    const tookMs = this.#at - begunAt;
    const settled = {
      kind: 'write',
      id,
      change,
      during,
      outcome,
      tookMs,
      at: this.#at,
      process: this.#process,
    } as const;
    this.#events.push(fault === undefined ? settled : { ...settled, fault });
    if (outcome !== 'landed') return;
    if (change.type === 'set-record')
      this.#records.set(`${change.record.store.name}/${change.record.key}`, change.value);
    if (change.type === 'delete-record') this.#records.delete(`${change.record.store.name}/${change.record.key}`);
    if (change.type === 'update-request')
      this.#inFlight = this.#inFlight.filter(({ request }) => request.id !== change.request.id);
  }
}
