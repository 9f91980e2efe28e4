/** A timer that can stand still: while a debugger holds the Actor, neither a window nor a start limit runs out. */
export class Countdown {
  readonly #onOver: () => void;
  #remainingMs: number;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Runs at once unless told to begin `paused`. */
  constructor(ms: number, onOver: () => void, paused = false) {
    this.#remainingMs = ms;
    this.#onOver = onOver;
    if (!paused) this.resume();
  }

  get paused(): boolean {
    return this.#since === undefined;
  }

  /** Milliseconds left, never below 0. */
  get remainingMs(): number {
    const passedMs = this.#since === undefined ? 0 : performance.now() - this.#since;
    return Math.max(0, this.#remainingMs - passedMs);
  }

  pause(): void {
    this.#remainingMs = this.remainingMs;
    this.#since = undefined;
    clearTimeout(this.#timer);
  }

  resume(): void {
    if (this.#since !== undefined) return;
    this.#since = performance.now();
    this.#timer = setTimeout(this.#onOver, this.#remainingMs);
  }
}
