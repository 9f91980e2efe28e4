/** The platform's time. It stands still while a debugger holds the Actor, so that no lock expires and no latency passes. */
export class Clock {
  readonly #startedAt: number;
  #pausedSince: number | undefined;
  #pausedMs = 0;
  #alarms = new Set<Alarm>();

  /** @param startedAt milliseconds since 1970 from which {@link elapsed} counts */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /** Milliseconds on the wall clock since the run began; goes on in a pause. */
  elapsed(): number {
    return Date.now() - this.#startedAt;
  }

  /** Milliseconds since 1970, without the time of pauses: for whatever expires. */
  now(): number {
    return (this.#pausedSince ?? Date.now()) - this.#pausedMs;
  }

  get isPaused(): boolean {
    return this.#pausedSince !== undefined;
  }

  pause(): void {
    if (this.#pausedSince !== undefined) return;
    this.#pausedSince = Date.now();
    for (const alarm of this.#alarms) alarm.stop();
  }

  resume(): void {
    if (this.#pausedSince === undefined) return;
    this.#pausedMs += Date.now() - this.#pausedSince;
    this.#pausedSince = undefined;
    for (const alarm of this.#alarms) alarm.start(this.now());
  }

  /** Fulfilled after so many milliseconds of platform time; at once when `signal` is aborted. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (ms <= 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const alarm = new Alarm(this.now() + ms, () => {
        this.#alarms.delete(alarm);
        signal.removeEventListener('abort', alarm.ring);
        resolve();
      });
      this.#alarms.add(alarm);
      signal.addEventListener('abort', alarm.ring, { once: true });
      if (this.#pausedSince === undefined) alarm.start(this.now());
    });
  }
}

class Alarm {
  readonly #due: number;
  readonly ring: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(due: number, ring: () => void) {
    this.#due = due;
    this.ring = () => {
      this.stop();
      ring();
    };
  }

  start(now: number): void {
    this.#timer = setTimeout(this.ring, Math.max(0, this.#due - now));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
