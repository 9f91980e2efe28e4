import type { RecordedEvent } from '../recording.ts';
import { EventCounts } from './event-counts.ts';

/** When a migration is due. */
export type Trigger =
  /** So long after the process has connected to the events. */
  | { readonly on: 'time'; readonly ms: number }
  /** So many items pushed, charges, handled requests or records of the Actor's own have landed in the process. */
  | { readonly on: 'write'; readonly count: number }
  /** The n-th of these has been sent, and has not landed yet. */
  | { readonly on: 'before-write'; readonly count: number }
  /**
   * So many requests have been added to queues in the process. They are no `write`: each crawler begins by adding some, and
   * `write:3` would come before it has handled any.
   */
  | { readonly on: 'add'; readonly count: number }
  /** The n-th of these has been sent, and has not landed yet. */
  | { readonly on: 'before-add'; readonly count: number }
  /** The n-th request of the run has been handled. */
  | { readonly on: 'request'; readonly count: number }
  /** The record has been written for the n-th time in the process, to any store. */
  | { readonly on: 'key'; readonly key: string; readonly count: number }
  /**
   * It has been sent for the n-th time, and has not landed yet. For what Crawlee keeps for itself that is the moment at which
   * `persistState` has just been said: the Actor's listeners of it are running.
   */
  | { readonly on: 'before-key'; readonly key: string; readonly count: number };

/** A trigger that cannot be understood; the message says which forms there are. */
export class BadTrigger extends Error {
  constructor(text: string) {
    super(
      `\`${text}\` does not say when to migrate. Give a time after the start such as 5s, 500ms or 2m, or first-write, ` +
        'write:3 (of items, charges, records and handled requests the third has landed), before-write:3 (it is under way), ' +
        'request:3 (the third handled request), add:3 (the third request has been added to a queue), before-add:3, ' +
        'key:STATE (the record STATE is written), key:STATE:3 (for the third time) or before-key:STATE:3.',
    );
    this.name = 'BadTrigger';
  }
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
/** Node fires a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const COUNTED = ['write', 'before-write', 'request', 'add', 'before-add'] as const;

/**
 * Reads one `--at`.
 *
 * @throws {BadTrigger} when the form is not known
 */
export function parseTrigger(text: string): Trigger {
  if (text === 'first-write') return { on: 'write', count: 1 };
  const time = /^(?<number>\d+(?:\.\d+)?)(?<unit>ms|s|m)$/.exec(text)?.groups;
  const ms = Number(time?.['number']) * (MS_PER_UNIT[time?.['unit'] ?? ''] ?? Number.NaN);
  if (ms <= LONGEST_TIMER_MS) return { on: 'time', ms };
  const nth = /^(?<on>[a-z-]+):(?<count>[1-9]\d{0,8})$/.exec(text)?.groups;
  const on = COUNTED.find((counted) => counted === nth?.['on']);
  if (on !== undefined) return { on, count: Number(nth?.['count']) };
  // No key has a colon in it: the SDK refuses it (@crawlee/core 3.18.1, `KEY_VALUE_STORE_KEY_REGEX`).
  const record = /^(?<before>before-)?key:(?<key>[^:]+)(?::(?<count>[1-9]\d{0,8}))?$/s.exec(text)?.groups;
  const key = record?.['key'];
  if (key !== undefined)
    return {
      on: record?.['before'] === undefined ? 'key' : 'before-key',
      key,
      count: Number(record?.['count'] ?? 1),
    };
  throw new BadTrigger(text);
}

/**
 * Watches a run for its migrations, in their order: a trigger is looked at once the migration of the one before it has
 * given a new process.
 */
export class TriggerSequence {
  readonly #counts = new EventCounts();
  #waiting: readonly Trigger[];
  /** The process that may be migrated next. */
  #process = 1;
  #connected = false;
  #happened = false;

  constructor(triggers: readonly Trigger[]) {
    this.#waiting = triggers;
  }

  /**
   * Takes the next event of the recording.
   *
   * @returns in how many milliseconds a migration is due; `undefined` when none became due by this event
   */
  see(event: RecordedEvent): number | undefined {
    this.#counts.see(event);
    const [next] = this.#waiting;
    if (next === undefined || event.process < this.#process) return undefined;
    if (event.kind === 'process-started') {
      this.#connected = false;
      this.#happened = false;
    }
    if (event.kind === 'connected') this.#connected = true;
    this.#happened ||= this.#isMet(next, event);
    if (!this.#connected || !this.#happened) return undefined;
    this.#waiting = this.#waiting.slice(1);
    this.#process = event.process + 1;
    this.#connected = false;
    this.#happened = false;
    return next.on === 'time' ? next.ms : 0;
  }

  #isMet(trigger: Trigger, event: RecordedEvent): boolean {
    if (trigger.on === 'time') return event.kind === 'connected';
    if (trigger.on === 'request') return this.#counts.handledRequests >= trigger.count;
    if (event.kind !== 'write') return false;
    if (trigger.on === 'before-write') return this.#counts.begunWrites >= trigger.count;
    if (trigger.on === 'before-add') return this.#counts.begunAdditions >= trigger.count;
    const key = event.change.type === 'set-record' ? event.change.record.key : undefined;
    if (trigger.on === 'before-key')
      return key === trigger.key && this.#counts.begunRecordsOf(trigger.key) >= trigger.count;
    if (event.outcome !== 'landed') return false;
    if (trigger.on === 'write') return this.#counts.landedWrites >= trigger.count;
    if (trigger.on === 'add') return this.#counts.landedAdditions >= trigger.count;
    return key === trigger.key && this.#counts.recordsOf(trigger.key) >= trigger.count;
  }
}
