import type {
  Change,
  InFlight,
  ProcessNumber,
  RecordedEvent,
  RequestId,
  StorageId,
  Time,
  WriteFault,
  WriteOutcome,
} from '../recording.ts';
import type { Clock } from './clock.ts';

/** An event as its source knows it; the recorder adds when, and which process. */
type Unstamped<Event> = Event extends RecordedEvent ? Omit<Event, 'at' | 'process'> : never;
export type NewEvent = Unstamped<RecordedEvent>;

/** Stamps what happens and passes it on; knows which requests are being handled. */
export class Recorder {
  /** The process whose calls are served: a process is started only after the one before it is gone. */
  process: ProcessNumber = 0;
  /** When it was about to be launched. */
  launchedAt: Time = 0;
  readonly #clock: Clock;
  readonly #tell: (event: RecordedEvent) => void;
  #inFlight = new Map<string, InFlight>();
  #writes = 0;

  constructor(clock: Clock, tell: (event: RecordedEvent) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** A new process begins: nothing is in flight in it. */
  nextProcess(number: ProcessNumber): void {
    this.process = number;
    this.launchedAt = this.#clock.elapsed();
    this.#inFlight = new Map();
  }

  record(event: NewEvent, at = this.#clock.elapsed()): void {
    this.#tell({ ...event, at, process: this.process });
  }

  requestFetched(queue: StorageId, request: RequestId, at = this.#clock.elapsed()): void {
    this.#inFlight.set(inFlightKey(queue, request), { queue, request });
    this.record({ kind: 'request-fetched', queue, request }, at);
  }

  /** A write's body has arrived. The function that is given back records how it was settled. */
  writeBegins(
    change: Change,
    begunAt = this.#clock.elapsed(),
  ): (outcome: Exclude<WriteOutcome, 'pending'>, at?: Time, fault?: WriteFault) => void {
    const write = { kind: 'write', id: (this.#writes += 1), change, during: [...this.#inFlight.values()] } as const;
    const process = this.process;
    this.#tell({ ...write, at: begunAt, process, outcome: 'pending', tookMs: 0 });
    return (outcome, at = this.#clock.elapsed(), fault) => {
      if (outcome === 'landed' && process === this.process) this.#landed(change);
      const settled = { ...write, at, process, outcome, tookMs: at - begunAt };
      this.#tell(fault === undefined ? settled : { ...settled, fault });
    };
  }

  #landed(change: Change): void {
    // Handled, given back or deleted: in any case its handler is over.
    if (change.type === 'update-request' || change.type === 'delete-request') {
      this.#inFlight.delete(inFlightKey(change.queue, change.request));
    }
  }
}

function inFlightKey(queue: StorageId, request: RequestId): string {
  return `${queue.name}\0${request.id}`;
}
