import type { Change, RecordedEvent } from '../recording.ts';

/** When a migration is due. */
export type Trigger =
  /** So long after the process has connected to the events. */
  | { readonly on: 'time'; readonly ms: number }
  /** So many items pushed, charges, handled requests or records of the Actor's own have landed in the process. */
  | { readonly on: 'write'; readonly count: number }
  /** The n-th request of the run has been handled. */
  | { readonly on: 'request'; readonly count: number }
  /** The record has been written, to any store. */
  | { readonly on: 'key'; readonly key: string };

/** A trigger that cannot be understood; the message says which forms there are. */
export class BadTrigger extends Error {
  constructor(text: string) {
    super(
      `\`${text}\` does not say when to migrate. Give a time after the start such as 5s, 500ms or 2m, or first-write, ` +
        'write:3 (the third write), request:3 (the third handled request) or key:STATE (the record STATE is written).',
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
  const nth = /^(?<on>write|request):(?<count>[1-9]\d{0,8})$/.exec(text)?.groups;
  if (nth !== undefined) return { on: nth['on'] === 'write' ? 'write' : 'request', count: Number(nth['count']) };
  const key = /^key:(?<key>.+)$/s.exec(text)?.groups?.['key'];
  if (key !== undefined) return { on: 'key', key };
  throw new BadTrigger(text);
}

/**
 * Watches a run for its migrations, in their order: a trigger is looked at once the migration of the one before it has
 * given a new process. Handled requests count over the whole run, anything else within a process.
 */
export class TriggerSequence {
  #waiting: readonly Trigger[];
  /** The process that may be migrated next. */
  #process = 1;
  #connected = false;
  #happened = false;
  #writes = 0;
  #handled = new Set<string>();

  constructor(triggers: readonly Trigger[]) {
    this.#waiting = triggers;
  }

  /**
   * Takes the next event of the recording.
   *
   * @returns in how many milliseconds a migration is due; `undefined` when none became due by this event
   */
  see(event: RecordedEvent): number | undefined {
    if (event.kind === 'write' && event.outcome === 'landed') this.#count(event.change);
    const [next] = this.#waiting;
    if (next === undefined || event.process < this.#process) return undefined;
    if (event.kind === 'process-started') {
      this.#connected = false;
      this.#happened = false;
      this.#writes = 0;
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

  #count(change: Change): void {
    if (isWork(change)) this.#writes += 1;
    if (change.type === 'update-request' && change.handled)
      this.#handled.add(`${change.queue.name}\0${change.request.id}`);
  }

  #isMet(trigger: Trigger, event: RecordedEvent): boolean {
    if (trigger.on === 'time') return event.kind === 'connected';
    if (trigger.on === 'request') return this.#handled.size >= trigger.count;
    if (event.kind !== 'write' || event.outcome !== 'landed') return false;
    if (trigger.on === 'write') return this.#writes >= trigger.count;
    return event.change.type === 'set-record' && event.change.record.key === trigger.key;
  }
}

function isWork(change: Change): boolean {
  switch (change.type) {
    case 'push-items':
    case 'charge':
      return true;
    case 'set-record':
      return !isSdkKey(change.record.key);
    case 'update-request':
      return change.handled;
    case 'delete-record':
    case 'add-requests':
    case 'delete-request':
    case 'drop-storage':
      return false;
  }
}

/** Records that a crawler keeps for itself: `SDK_SESSION_POOL_STATE`, `SDK_CRAWLER_STATISTICS_0` (@crawlee/core 3.18.1). */
function isSdkKey(key: string): boolean {
  return key.startsWith('SDK_');
}
