import { createHmac } from 'node:crypto';

import type { Faults } from '../faults.ts';
import type { Change, ProcessNumber, WriteFault } from '../recording.ts';

/** What the way to the server does to one write. */
export interface Way {
  readonly latencyMs: number;
  /** It arrives, and is failed. */
  readonly fault: WriteFault | undefined;
}

/**
 * Chance, drawn for each write by itself: from the seed, the process, the target, and how many writes the process has sent
 * to that target. So the same seed treats the same writes alike in the next run, whatever else races beside them, and a
 * call that apify-client repeats is drawn for again.
 */
export class WriteFaults {
  readonly #faults: Faults;
  readonly #latencyMs: number;
  readonly #sent = new Map<string, number>();
  #process: ProcessNumber | undefined;

  constructor(faults: Faults, latencyMs: number) {
    this.#faults = faults;
    this.#latencyMs = latencyMs;
  }

  next(process: ProcessNumber, change: Change): Way {
    const { jitterMs, failWrites, seed } = this.#faults;
    const target = identityOf(change);
    const number = this.#numberOf(process, target);
    const drawn = createHmac('sha256', String(seed)).update(`${number}\0${process}\0${target}`).digest();
    const jitter = (2 * share(drawn, 0) - 1) * jitterMs;
    return {
      latencyMs: Math.max(0, this.#latencyMs + jitter),
      fault: failWrites !== undefined && share(drawn, 4) < failWrites.share ? failWrites.how : undefined,
    };
  }

  /** Of the process before nothing comes any more. */
  #numberOf(process: ProcessNumber, target: string): number {
    if (process !== this.#process) this.#sent.clear();
    this.#process = process;
    const number = (this.#sent.get(target) ?? 0) + 1;
    this.#sent.set(target, number);
    return number;
  }
}

/** From 0 up to 1, without it. */
function share(drawn: Buffer, offset: number): number {
  return drawn.readUInt32BE(offset) / 2 ** 32;
}

function identityOf(change: Change): string {
  return [change.type, ...placesOf(change)].join('\0');
}

/** Requests are named one by one: handlers that run side by side add and end them in any order. */
function placesOf(change: Change): readonly string[] {
  switch (change.type) {
    case 'set-record':
    case 'delete-record':
      return [change.record.store.name, change.record.key];
    case 'push-items':
      return [change.dataset.name];
    case 'add-requests':
      return [change.queue.name, ...change.requests.map(({ uniqueKey }) => uniqueKey)];
    case 'update-request':
    case 'delete-request':
      return [change.queue.name, change.request.uniqueKey];
    case 'drop-storage':
      return [change.storage.kind, change.storage.name];
    case 'charge':
      return [change.event];
  }
}
