import type { WindowEnd } from '../recording.ts';
import { Countdown } from './countdown.ts';

/** The grace period of one migration: from the `migrating` frame until the kill, or until it ends otherwise. */
export class GraceWindow {
  /** Fulfilled once, by whatever ended it first. */
  readonly over: Promise<WindowEnd>;
  readonly #countdown: Countdown;
  readonly #ticks: NodeJS.Timeout;
  #settle: (by: WindowEnd) => void = () => undefined;

  /** @param onTick told each second while it is open */
  constructor(graceMs: number, paused: boolean, onTick: () => void) {
    this.over = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#countdown = new Countdown(graceMs, () => this.end('deadline'), paused);
    this.#ticks = setInterval(onTick, 1000);
  }

  get remainingMs(): number {
    return this.#countdown.remainingMs;
  }

  pause(): void {
    this.#countdown.pause();
  }

  resume(): void {
    this.#countdown.resume();
  }

  end(by: WindowEnd): void {
    this.#countdown.pause();
    clearInterval(this.#ticks);
    this.#settle(by);
  }
}
