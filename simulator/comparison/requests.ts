import type { HandledMark } from '../verdict/requests.ts';
import { storageName } from '../verdict/targets.ts';
import { type Findings, NOTHING, type Product } from './comparison.ts';
import type { Produced } from './produced.ts';
import { surplus } from './surplus.ts';

/**
 * Compares which requests were marked as handled, by their unique keys. One that is handled again although its mark had landed
 * is never allowed: one that was in flight at the kill has no mark.
 */
export function compareRequests(undisturbed: Produced['handled'], migrated: Produced['handled']): Findings {
  const marks = new Map([...undisturbed, ...migrated].map(([key, [mark]]) => [key, mark]));
  const found = surplus(timesOf(undisturbed), timesOf(migrated), new Map());
  const products = (counts: ReadonlyMap<string, number>): readonly Product[] =>
    [...counts].flatMap(([key, times]) => {
      const mark = marks.get(key);
      return mark === undefined ? [] : [productOf(mark, times)];
    });
  const [lost, added] = withoutRenamed(products(found.lost), products(found.added));
  return { ...NOTHING, lost, added, repeated: products(found.repeated) };
}

function timesOf(handled: Produced['handled']): ReadonlyMap<string, number> {
  return new Map([...handled].map(([key, marks]) => [key, marks.length]));
}

function productOf({ queue, request }: HandledMark, times: number): Product {
  return { kind: 'request', target: storageName(queue), value: request.url, times };
}

/** The same URLs under unique keys that are made anew in each run are the same requests. */
function withoutRenamed(lost: readonly Product[], added: readonly Product[]) {
  const found = new Set<Product>();
  for (const one of lost) {
    const other = added.find(({ target, value }) => target === one.target && value === one.value);
    if (other !== undefined && !found.has(other)) found.add(one).add(other);
  }
  return [lost.filter((one) => !found.has(one)), added.filter((one) => !found.has(one))] as const;
}
