/** What is kept of the Actor's output at the most; the oldest goes first. */
const MOST_CHARACTERS = 10_000_000;

/** The run's log over all its processes. */
export class RunLog {
  #parts: string[] = [];
  #characters = 0;

  append(text: string): void {
    this.#parts.push(text);
    this.#characters += text.length;
    while (this.#characters > MOST_CHARACTERS && this.#parts.length > 1)
      this.#characters -= this.#parts.shift()?.length ?? 0;
  }

  /** A line of the platform's own, such as between two processes. */
  note(sentence: string): void {
    this.append(`${new Date().toISOString()} ACTOR: ${sentence}\n`);
  }

  get text(): string {
    return this.#parts.join('');
  }
}
