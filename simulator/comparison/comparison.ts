/** What a migrated run of an Actor produced, held against a run of the same input that nothing disturbed. */
export interface Comparison {
  readonly outcome: ComparisonOutcome;
  /** One sentence: the outcome and why. */
  readonly sentence: string;
  readonly undisturbed: Totals;
  readonly migrated: Totals;
  /** Only the undisturbed run has it. */
  readonly lost: readonly Product[];
  /** The migrated run made it more often, though it had been done. */
  readonly repeated: readonly Product[];
  /** Only the migrated run has it. */
  readonly added: readonly Product[];
  /** Both have it, with another content. */
  readonly different: readonly Difference[];
  /** Made more often since it was under way at the kill: Crawlee delivers at least once. No fault, unless with `strict`. */
  readonly atLeastOnce: readonly Product[];
  /** Records by which the restarted Actor found its place, and that ended with another content. No fault, unless with `strict`. */
  readonly state: readonly Difference[];
  /** Fields of items that vary by nature and were left out, such as ids that are made anew. */
  readonly leftOut: readonly string[];
}

/**
 * `same`: all that was produced is equal. `repeats-allowed`: but for what at-least-once allows. `different`: beyond that.
 * `not-compared`: one of the runs did not come to its end, or was not what it had to be; the sentence says which.
 */
export type ComparisonOutcome = 'same' | 'repeats-allowed' | 'different' | 'not-compared';

/** How much a run produced. */
export interface Totals {
  readonly items: number;
  readonly records: number;
  /** Handled, each counted once. */
  readonly requests: number;
  readonly charges: number;
}

export type ProductKind = 'item' | 'record' | 'request' | 'charge';

export interface Product {
  readonly kind: ProductKind;
  /** `dataset default`, `default/OUTPUT`, `queue default`, `charge result`. */
  readonly target: string;
  /** JSON text of an item or a record, URL of a request, name of a charged event. */
  readonly value: string;
  readonly times: number;
}

export interface Difference {
  readonly kind: 'item' | 'record';
  readonly target: string;
  readonly undisturbed: string;
  readonly migrated: string;
  /** `products: 200 → 120`, for each place that differs. */
  readonly changes: readonly string[];
}

/** What one kind of product adds to a comparison. */
export type Findings = Pick<Comparison, 'lost' | 'repeated' | 'added' | 'different' | 'atLeastOnce' | 'state'>;

export const NOTHING: Findings = { lost: [], repeated: [], added: [], different: [], atLeastOnce: [], state: [] };
