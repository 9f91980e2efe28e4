import { Cancelled } from './cancelled.ts';

/** Lets requests that have nothing new to say wait until there is. */
export class Wakeups {
  #waiting: (() => void)[] = [];
  #ended = false;
  #count = 0;

  get ended(): boolean {
    return this.#ended;
  }

  /** How often there was something new. */
  get count(): number {
    return this.#count;
  }

  /** Wakes all that wait now. */
  wake(): void {
    this.#count += 1;
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /** Wakes all, and nobody is to wait again: the server ends. */
  end(): void {
    this.#ended = true;
    this.wake();
  }

  /**
   * Waits until there was something new after `since`, a `count` that was read before the caller looked for itself.
   *
   * @throws {Cancelled} when `signal` is aborted first
   */
  async after(since: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new Cancelled();
    if (since !== this.#count) return;
    await new Promise<void>((resume, cancel) => {
      this.#waiting.push(resume);
      signal.addEventListener(
        'abort',
        () => {
          this.#waiting = this.#waiting.filter((waiting) => waiting !== resume);
          cancel(new Cancelled());
        },
        { once: true },
      );
    });
  }
}
