import type { Change, RecordedEvent } from '../recording.ts';
import { isSdkKey } from '../verdict/sdk-keys.ts';

/**
 * Counts what `--at` can name: handled requests over the whole run, anything else within a process. `--sweep` names its points
 * by the same counts.
 */
export class EventCounts {
  #begun = new Counts();
  #landed = new Counts();
  readonly #handled = new Set<string>();

  /** Takes the next event of the recording. */
  see(event: RecordedEvent): void {
    if (event.kind === 'process-started') {
      this.#begun = new Counts();
      this.#landed = new Counts();
    }
    if (event.kind !== 'write') return;
    const { change, outcome } = event;
    if (outcome === 'pending') this.#begun.count(change);
    if (outcome !== 'landed') return;
    this.#landed.count(change);
    if (change.type === 'update-request' && change.handled)
      this.#handled.add(`${change.queue.name}\0${change.request.id}`);
  }

  /** Writes of the Actor's own that the process has begun: their bodies have arrived. */
  get begunWrites(): number {
    return this.#begun.writes;
  }

  /** Writes of the Actor's own that have landed. */
  get landedWrites(): number {
    return this.#landed.writes;
  }

  /** Requests that the process has begun to add to queues. */
  get begunAdditions(): number {
    return this.#begun.additions;
  }

  /** Requests that it has added to queues, those among them that were there before too. */
  get landedAdditions(): number {
    return this.#landed.additions;
  }

  get handledRequests(): number {
    return this.#handled.size;
  }

  /** How often a write of a record of that key has begun, in any store. */
  begunRecordsOf(key: string): number {
    return this.#begun.records.get(key) ?? 0;
  }

  /** How often a record of that key has been written, in any store. */
  recordsOf(key: string): number {
    return this.#landed.records.get(key) ?? 0;
  }
}

/** Of the writes of a process. */
class Counts {
  writes = 0;
  additions = 0;
  /** By key, whatever the store. */
  readonly records = new Map<string, number>();

  count(change: Change): void {
    if (isWork(change)) this.writes += 1;
    if (change.type === 'add-requests') this.additions += change.requests.length;
    if (change.type !== 'set-record') return;
    const { key } = change.record;
    this.records.set(key, (this.records.get(key) ?? 0) + 1);
  }
}

/** Items pushed, charges, handled requests, records of the Actor's own. */
export function isWork(change: Change): boolean {
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
