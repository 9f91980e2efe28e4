import type { Said } from './findings.ts';

/** What a variant's findings lack, and what they have more than the original's. */
export interface Difference {
  readonly missing: readonly Said[];
  readonly added: readonly Said[];
}

/** The difference between two lists of findings as multisets; `undefined` where there is none. */
export function differenceOf(
  original: readonly Said[],
  variant: readonly Said[],
  keepsNames: boolean,
): Difference | undefined {
  const keyOf = ({ rule, severity, named }: Said): string => [rule, severity, ...(keepsNames ? [named] : [])].join(' ');
  const missing = without(original, variant, keyOf);
  const added = without(variant, original, keyOf);
  return missing.length + added.length === 0 ? undefined : { missing, added };
}

function without(all: readonly Said[], taken: readonly Said[], keyOf: (said: Said) => string): readonly Said[] {
  const left = new Map<string, number>();
  for (const said of taken) left.set(keyOf(said), (left.get(keyOf(said)) ?? 0) + 1);
  return all.filter((said) => {
    const count = left.get(keyOf(said)) ?? 0;
    left.set(keyOf(said), count - 1);
    return count <= 0;
  });
}
