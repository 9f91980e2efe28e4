/** Lets one piece of work go after the other, in the order in which they were asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Fulfilled, or rejected, as `work` is. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#last;
    const mine = (async () => {
      // A piece of work that failed has told its own caller.
      await Promise.allSettled([before]);
      return await work();
    })();
    this.#last = mine;
    return await mine;
  }
}
