import type { Change, RecordedEvent } from '../recording.ts';

/**
 * Counts what `--at` can name: handled requests over the whole run, anything else within a process. `--sweep` names its points
 * by the same counts.
 */
export class EventCounts {
  #begun = 0;
  #landed = 0;
  #records = new Map<string, number>();
  readonly #handled = new Set<string>();

  /** Takes the next event of the recording. */
  see(event: RecordedEvent): void {
    if (event.kind === 'process-started') {
      this.#begun = 0;
      this.#landed = 0;
      this.#records = new Map();
    }
    if (event.kind !== 'write') return;
    const { change, outcome } = event;
    if (outcome === 'pending' && isWork(change)) this.#begun += 1;
    if (outcome !== 'landed') return;
    if (isWork(change)) this.#landed += 1;
    if (change.type === 'set-record') this.#records.set(change.record.key, this.recordsOf(change.record.key) + 1);
    if (change.type === 'update-request' && change.handled)
      this.#handled.add(`${change.queue.name}\0${change.request.id}`);
  }

  /** Writes of the Actor's own that the process has begun: their bodies have arrived. */
  get begunWrites(): number {
    return this.#begun;
  }

  /** Writes of the Actor's own that have landed. */
  get landedWrites(): number {
    return this.#landed;
  }

  get handledRequests(): number {
    return this.#handled.size;
  }

  /** How often a record of that key has been written, in any store. */
  recordsOf(key: string): number {
    return this.#records.get(key) ?? 0;
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

/** Records that a crawler keeps for itself: `SDK_SESSION_POOL_STATE`, `SDK_CRAWLER_STATISTICS_0` (@crawlee/core 3.18.1). */
function isSdkKey(key: string): boolean {
  return key.startsWith('SDK_');
}
