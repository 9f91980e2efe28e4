import type { NewEvent } from '../platform/recorder.ts';
import type { Fidelity, ProcessNumber, RecordedEvent, Recording, Time } from '../recording.ts';

/** Gathers what the platform recorded and what the run itself does to its processes. */
export class RunRecording {
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly #fidelity: Fidelity;
  readonly #events: RecordedEvent[] = [];
  readonly #onEvent: (event: RecordedEvent) => void;

  constructor(runId: string, startedAt: number, fidelity: Fidelity, onEvent: (event: RecordedEvent) => void) {
    this.runId = runId;
    this.startedAt = startedAt;
    this.#fidelity = fidelity;
    this.#onEvent = onEvent;
  }

  now(): Time {
    return Date.now() - this.startedAt;
  }

  add(event: RecordedEvent): void {
    this.#events.push(event);
    this.#onEvent(event);
  }

  record(process: ProcessNumber, event: NewEvent, at = this.now()): void {
    this.add({ ...event, process, at });
  }

  /** The platform's events were on their way here for a moment: they are put back in the order in which they happened. */
  recording(): Recording {
    const events = this.#events.toSorted((one, other) => one.at - other.at);
    return { runId: this.runId, startedAt: this.startedAt, fidelity: this.#fidelity, events };
  }
}
