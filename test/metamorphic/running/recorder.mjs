/** The record of a run: what the program asked of the world around it, and when, on a clock that only runs while the program waits. */

const MOST_LINES = 400;
const LAST_MOMENT = 3_600_000;

/** The clock, the record and the storages of one run. */
export class Recorder {
  lines = [];
  isOver = false;
  #now = 0;
  #timers = [];
  #nextTimer = 1;

  constructor(records) {
    /** Of the key-value stores, as text, by store and key. */
    this.records = new Map(records);
  }

  say(line) {
    if (this.isOver) return;
    this.lines.push(`${this.#now} ${line}`);
    if (this.lines.length >= MOST_LINES) this.isOver = true;
  }

  /** The program has ended with an error. The compiler's own words for a missing value depend on the form. */
  fail(error) {
    this.say(`failed: ${error?.message?.replace(/ of undefined \(reading .*/u, '')}`);
    this.isOver = true;
  }

  /** What a clock on the wall would show. */
  time() {
    return 1_700_000_000_000 + this.#now;
  }

  /** Records a call, and gives its result one moment later. */
  slow(name, given, result) {
    if (this.isOver) return new Promise(() => undefined);
    this.say(`${name}(${given.map((each) => shown(each)).join(', ')})`);
    const done = new Promise((resolve) => {
      this.setTimer(resolve, 1);
    });
    return done.then(() => {
      this.say(`${name} is done`);
      return typeof result === 'function' ? result() : result;
    });
  }

  setTimer(callback, delay, every) {
    const timer = { id: this.#nextTimer, at: this.#now + Math.max(1, Number(delay) || 1), callback, every };
    this.#nextTimer += 1;
    if (!this.isOver) this.#timers.push(timer);
    return timer.id;
  }

  clearTimer(id) {
    this.#timers = this.#timers.filter((timer) => timer.id !== id);
  }

  /** Goes to the next moment at which something is due; false where nothing is. */
  step() {
    const next = this.#timers.toSorted((a, b) => a.at - b.at || a.id - b.id)[0];
    if (next === undefined || next.at > LAST_MOMENT || this.isOver) return false;
    this.#timers = this.#timers.filter((timer) => timer !== next);
    this.#now = next.at;
    if (next.every !== undefined) this.setTimer(next.callback, next.every, next.every);
    next.callback();
    return true;
  }
}

/** A value as the record shows it. */
export function shown(value) {
  const seen = new Set();
  const text = JSON.stringify(value, (_, each) => {
    if (typeof each === 'function') return '[function]';
    if (typeof each === 'bigint') return `${each}n`;
    if (typeof each === 'number' && !Number.isFinite(each)) return String(each);
    if (each instanceof Set) return { set: [...each] };
    if (each instanceof Map) return { map: [...each] };
    if (each instanceof Error) return { error: each.message };
    if (typeof each !== 'object' || each === null) return each;
    if (seen.has(each)) return '[again]';
    seen.add(each);
    return each;
  });
  return text ?? String(value);
}
