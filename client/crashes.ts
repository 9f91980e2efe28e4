/** How often the server is started again by itself, and within which time. */
const LIMIT = { crashes: 3, withinMs: 3 * 60_000 } as const;

/** Decides whether a server that ended unasked is started again. One that keeps ending is left to the person. */
export class Crashes {
  #times: readonly number[] = [];

  /** @param now milliseconds since any fixed point */
  next(now: number): 'start-again' | 'give-up' {
    this.#times = [...this.#times, now].filter((time) => now - time < LIMIT.withinMs);
    return this.#times.length < LIMIT.crashes ? 'start-again' : 'give-up';
  }

  /** The person has asked for another try. */
  forget(): void {
    this.#times = [];
  }
}
