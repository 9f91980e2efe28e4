/** Values that come one after the other, and waiting for one of them; it may have come already. */
export class Seen<Value> {
  readonly #values: Value[] = [];
  readonly #waiting = new Set<(value: Value) => void>();

  readonly take = (value: Value): void => {
    this.#values.push(value);
    for (const tell of this.#waiting) tell(value);
  };

  async until(isWanted: (value: Value) => boolean): Promise<Value> {
    const already = this.#values.find(isWanted);
    if (already !== undefined) return already;
    return await new Promise((resolve) => {
      const tell = (value: Value): void => {
        if (!isWanted(value)) return;
        this.#waiting.delete(tell);
        resolve(value);
      };
      this.#waiting.add(tell);
    });
  }
}
