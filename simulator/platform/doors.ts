import { WriteCut } from './write-gate.ts';

/** The way of all calls to the platform: open while a process is there to make them. */
export class Doors {
  #isOpen = true;
  readonly #inside = new Set<Promise<void>>();

  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
  }

  /** @throws {WriteCut} while they are closed: what a killed process had still sent gets no answer */
  async letIn(call: () => Promise<void>): Promise<void> {
    if (!this.#isOpen) throw new WriteCut();
    const inside = call();
    this.#inside.add(inside);
    try {
      await inside;
    } finally {
      this.#inside.delete(inside);
    }
  }

  /** Fulfilled when the calls that were let in have come to their ends: nothing of a killed process may act on the next one. */
  async whenEmpty(): Promise<void> {
    await Promise.allSettled(this.#inside);
  }
}
