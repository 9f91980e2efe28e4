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
  /** The n-th request of the run has been handled. */
  | { readonly on: 'request'; readonly count: number }
  /** The record has been written for the n-th time in the process, to any store. */
  | { readonly on: 'key'; readonly key: string; readonly count: number };

/** A trigger that cannot be understood; the message says which forms there are. */
export class BadTrigger extends Error {
  constructor(text: string) {
    super(
      `\`${text}\` does not say when to migrate. Give a time after the start such as 5s, 500ms or 2m, or first-write, ` +
        'write:3 (the third write has landed), before-write:3 (it is under way), request:3 (the third handled request), ' +
        'key:STATE (the record STATE is written) or key:STATE:3 (for the third time).',
    );
    this.name = 'BadTrigger';
  }
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
/** Node fires a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

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
  const nth = /^(?<on>write|before-write|request):(?<count>[1-9]\d{0,8})$/.exec(text)?.groups;
  const on = nth?.['on'];
  if (on === 'write' || on === 'before-write' || on === 'request') return { on, count: Number(nth?.['count']) };
  // No key has a colon in it: the SDK refuses it (@crawlee/core 3.18.1, `KEY_VALUE_STORE_KEY_REGEX`).
  const record = /^key:(?<key>[^:]+)(?::(?<count>[1-9]\d{0,8}))?$/s.exec(text)?.groups;
  const key = record?.['key'];
  if (key !== undefined) return { on: 'key', key, count: Number(record?.['count'] ?? 1) };
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
    if (event.outcome !== 'landed') return false;
    if (trigger.on === 'write') return this.#counts.landedWrites >= trigger.count;
    const { change } = event;
    return (
      change.type === 'set-record' &&
      change.record.key === trigger.key &&
      this.#counts.recordsOf(trigger.key) >= trigger.count
    );
  }
}
