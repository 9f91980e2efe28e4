import type { Change, WriteFault } from '../recording.ts';
import type { Clock } from './clock.ts';
import type { Recorder } from './recorder.ts';
import type { WriteFaults } from './write-faults.ts';

/** A write that did not arrive: its process was killed or its connection went. Nobody is there to be answered. */
export class WriteCut extends Error {
  constructor() {
    super('The write was cut before it had arrived.');
    this.name = 'WriteCut';
  }
}

/** A fault of the call, such as a store that does not exist: recorded as refused. Routes throw it and answer with it. */
export class RefusedWrite extends Error {}

/** A write that the run was told to fail. */
export class FailedWrite extends Error {
  readonly fault: WriteFault;

  constructor(fault: WriteFault) {
    const how = fault === 'reject' ? 'was rejected' : 'met an outage';
    super(`The write ${how}, as --fail-writes wanted it: nothing was stored.`);
    this.name = 'FailedWrite';
    this.fault = fault;
  }
}

/**
 * The way of a write to the server. It counts as received when its latency is over and its connection still lives; a kill
 * cuts all writes under way at once.
 */
export class WriteGate {
  readonly #clock: Clock;
  readonly #recorder: Recorder;
  readonly #faults: WriteFaults;
  #kill = new AbortController();

  constructor(clock: Clock, recorder: Recorder, faults: WriteFaults) {
    this.#clock = clock;
    this.#recorder = recorder;
    this.#faults = faults;
  }

  /**
   * @param connection aborted when the client's connection closes
   * @param store puts the change into the storage; must be whole or not at all
   * @throws {WriteCut} when it did not arrive
   * @throws {FailedWrite} when it was drawn to fail
   */
  async pass<Result>(connection: AbortSignal, change: Change, store: () => Promise<Result>): Promise<Result> {
    const settle = this.#recorder.writeBegins(change);
    const gone = AbortSignal.any([connection, this.#kill.signal]);
    const { latencyMs, fault } = this.#faults.next(this.#recorder.process, change);
    await this.#clock.wait(latencyMs, gone);
    if (gone.aborted) {
      settle('cut');
      throw new WriteCut();
    }
    if (fault !== undefined) {
      settle('failed', undefined, fault);
      throw new FailedWrite(fault);
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
