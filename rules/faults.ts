import { locationOf } from './program/locations.ts';
import { faultPlaceOf } from './syntax/fault-places.ts';
import type { Notice } from './workspace/notice.ts';

/**
 * The faults of ours that an analysis of an Actor meets. What fails is left out and told in a notice: it must not hide what
 * else is found. A fault of what several rules ask for is told once.
 */
export class Faults {
  readonly #ofError = new Map<unknown, string[]>();
  readonly #file: string;

  /** @param file where the Actor is, for faults whose place is not known */
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Runs a part of the analysis.
   *
   * @param what names the part: `rule missing-init`
   * @returns `undefined` where it fails
   */
  guard<T>(what: string, part: () => T): T | undefined {
    try {
      return part();
    } catch (error) {
      this.#ofError.set(error, [...(this.#ofError.get(error) ?? []), what]);
      return undefined;
    }
  }

  get notices(): readonly Notice[] {
    return [...this.#ofError].map(([error, parts]) => {
      const node = faultPlaceOf(error);
      const place = node && locationOf(node);
      const at = place === undefined ? 'on this Actor' : `at line ${place.range.start.line + 1}`;
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return {
        file: place?.file ?? this.#file,
        reason: `${parts.join(', ')} failed ${at}, a fault of Actor State: please report it with this text. ${what}`,
      };
    });
  }
}
