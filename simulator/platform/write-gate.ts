import type { Change } from '../recording.ts';
import type { Clock } from './clock.ts';
import type { Recorder } from './recorder.ts';

/** A write that did not arrive: its process was killed or its connection went. Nobody is there to be answered. */
export class WriteCut extends Error {
  constructor() {
    super('The write was cut before it had arrived.');
    this.name = 'WriteCut';
  }
}

/** A fault of the call, such as a store that does not exist: recorded as refused. Routes throw it and answer with it. */
export class RefusedWrite extends Error {}

/**
 * The way of a write to the server. It counts as received when its latency is over and its connection still lives; a kill
 * cuts all writes under way at once.
 */
export class WriteGate {
  readonly #clock: Clock;
  readonly #recorder: Recorder;
  readonly #latencyMs: number;
  #kill = new AbortController();

  constructor(clock: Clock, recorder: Recorder, latencyMs: number) {
    this.#clock = clock;
    this.#recorder = recorder;
    this.#latencyMs = latencyMs;
  }

  /**
   * @param connection aborted when the client's connection closes
   * @param store puts the change into the storage; must be whole or not at all
   * @throws {WriteCut} when it did not arrive
   */
  async pass<Result>(connection: AbortSignal, change: Change, store: () => Promise<Result>): Promise<Result> {
    const settle = this.#recorder.writeBegins(change);
    const gone = AbortSignal.any([connection, this.#kill.signal]);
    await this.#clock.wait(this.#latencyMs, gone);
    if (gone.aborted) {
      settle('cut');
      throw new WriteCut();
    }
    try {
      const result = await store();
      settle('landed');
      return result;
    } catch (error) {
      settle(error instanceof RefusedWrite ? 'refused' : 'failed');
      throw error;
    }
  }

  /** Cuts what is under way; nothing passes until {@link open}. */
  close(): void {
    this.#kill.abort();
  }

  /** For the next process. */
  open(): void {
    this.#kill = new AbortController();
  }
}
