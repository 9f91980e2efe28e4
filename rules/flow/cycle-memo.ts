/** Gives the answer to a question, by what it is about; the second argument works it out where it is not known. */
export type Answers<K, V> = (key: K, answer: () => V) => V;

/**
 * Answers that are worked out once, to questions that may lead back to themselves: who calls this function, where does this
 * value come from.
 *
 * A question that is met again while it is still open gets the empty answer. What is worked out with such an answer is right
 * for the open question, but may be less than the whole for others: it is kept until the open question is answered, and
 * worked out anew if it is asked again.
 */
export class CycleMemo {
  /** How many questions are open: each but the first was asked to answer the one before. */
  #open = 0;
  /** The outermost open question, by its number, whose empty answer was used since the innermost was asked. */
  #leansOn = Number.POSITIVE_INFINITY;
  /** How to forget what leans on an open question, by its number. */
  readonly #passing: (() => void)[][] = [];

  /** A table of answers; the tables of one object may ask each other. */
  table<K extends object, V>(empty: V): Answers<K, V> {
    const known = new Map<K, { readonly value: V; readonly leansOn: number }>();
    const open = new Map<K, number>();
    return (key, answer) => {
      const before = known.get(key);
      if (before !== undefined) {
        this.#leansOn = Math.min(this.#leansOn, before.leansOn);
        return before.value;
      }
      const asked = open.get(key);
      if (asked !== undefined) {
        this.#leansOn = Math.min(this.#leansOn, asked);
        return empty;
      }
      const outer = this.#leansOn;
      this.#leansOn = Number.POSITIVE_INFINITY;
      const own = this.#open;
      open.set(key, own);
      this.#open += 1;
      let value: V;
      let isWhole = false;
      try {
        value = answer();
        isWhole = true;
      } finally {
        this.#open -= 1;
        open.delete(key);
        this.#forgetWhatLeansOn(own);
        if (!isWhole) this.#leansOn = outer;
      }
      const leansOn = this.#leansOn < own ? this.#leansOn : Number.POSITIVE_INFINITY;
      known.set(key, { value, leansOn });
      if (leansOn < own) (this.#passing[leansOn] ??= []).push(() => known.delete(key));
      this.#leansOn = Math.min(outer, leansOn);
      return value;
    };
  }

  /** Says that the answer being worked out is not the whole: it is kept no longer than the outermost question is open. */
  cutOff(): void {
    this.#leansOn = 0;
  }

  #forgetWhatLeansOn(question: number): void {
    for (const forget of this.#passing[question] ?? []) forget();
    this.#passing.length = Math.min(this.#passing.length, question);
  }
}
