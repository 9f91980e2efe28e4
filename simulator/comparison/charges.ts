import { type Findings, NOTHING, type Product } from './comparison.ts';
import type { Charge } from './produced.ts';
import { countsOf, surplus } from './surplus.ts';
import { allowedRepeats, type MigrationContext } from './under-way.ts';

/**
 * Compares how often each event was charged. One that had landed is a fault when it is made again, but in the handler of a
 * request that was in flight: whoever pays for it pays twice.
 */
export function compareCharges(
  undisturbed: readonly Charge[],
  migrated: readonly Charge[],
  contexts: readonly MigrationContext[],
): Findings {
  const allowed = allowedRepeats(migrated, nameOf, contexts, 'never');
  const found = surplus(counted(undisturbed), counted(migrated), allowed);
  return {
    ...NOTHING,
    lost: products(found.lost),
    added: products(found.added),
    repeated: products(found.repeated),
    atLeastOnce: products(found.atLeastOnce),
  };
}

function products(counts: ReadonlyMap<string, number>): readonly Product[] {
  return [...counts].map(([value, times]) => ({ kind: 'charge', target: `charge ${value}`, value, times }));
}

function counted(charges: readonly Charge[]): ReadonlyMap<string, number> {
  return countsOf(charges, nameOf, ({ count }) => count);
}

function nameOf({ event }: Charge): string {
  return event;
}
