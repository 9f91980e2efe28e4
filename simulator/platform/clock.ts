import { Countdown } from '../countdown.ts';

/** The platform's time. It stands still while a debugger holds the Actor, so that no lock expires and no latency passes. */
export class Clock {
  readonly #startedAt: number;
  #pausedSince: number | undefined;
  #pausedMs = 0;
  readonly #countdowns = new Set<Countdown>();

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
    for (const countdown of this.#countdowns) countdown.pause();
  }

  resume(): void {
    if (this.#pausedSince === undefined) return;
    this.#pausedMs += Date.now() - this.#pausedSince;
    this.#pausedSince = undefined;
    for (const countdown of this.#countdowns) countdown.resume();
  }

  /** Fulfilled after so many milliseconds of platform time; at once when `signal` is aborted. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (ms <= 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const over = (): void => {
        countdown.pause();
        this.#countdowns.delete(countdown);
        signal.removeEventListener('abort', over);
        resolve();
      };
      const countdown = new Countdown(ms, over, this.isPaused);
      this.#countdowns.add(countdown);
      signal.addEventListener('abort', over, { once: true });
    });
  }
}
