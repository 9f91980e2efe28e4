import type { Comparison, ComparisonOutcome, Difference, Product, Totals } from './comparison.ts';

/** So many of each kind are in the output; the count tells of all. */
const MOST = 100;

/** The `comparison` of `actor-state migrate --json`: see migrate-output.schema.json. */
export interface ComparisonOutput {
  readonly outcome: ComparisonOutcome;
  readonly sentence: string;
  readonly undisturbed: Totals;
  readonly migrated: Totals;
  readonly lost: Listed<Product>;
  readonly repeated: Listed<Product>;
  readonly added: Listed<Product>;
  readonly different: Listed<Difference>;
  readonly atLeastOnce: Listed<Product>;
  readonly state: Listed<Difference>;
  readonly leftOut: readonly string[];
}

export interface Listed<Thing> {
  /** Of all; there may be more than are listed. */
  readonly count: number;
  readonly first: readonly Thing[];
}

export function comparisonAsJson(comparison: Comparison): ComparisonOutput {
  const { outcome, sentence, undisturbed, migrated, leftOut } = comparison;
  return {
    outcome,
    sentence,
    undisturbed,
    migrated,
    lost: products(comparison.lost),
    repeated: products(comparison.repeated),
    added: products(comparison.added),
    different: listed(comparison.different, comparison.different.length),
    atLeastOnce: products(comparison.atLeastOnce),
    state: listed(comparison.state, comparison.state.length),
    leftOut,
  };
}

function products(all: readonly Product[]): Listed<Product> {
  return listed(
    all,
    all.reduce((sum, { times }) => sum + times, 0),
  );
}

function listed<Thing>(all: readonly Thing[], count: number): Listed<Thing> {
  return { count, first: all.slice(0, MOST) };
}
