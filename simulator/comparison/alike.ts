import { fieldsOf } from '../verdict/alike-items.ts';
import type { Span } from '../verdict/canonical.ts';
import { groupBy } from '../verdict/group.ts';
import type { Product } from './comparison.ts';

export interface Alike {
  /** The same thing of the undisturbed and of the migrated run, with another content. */
  readonly pairs: readonly (readonly [Product, Product])[];
  readonly lost: readonly Product[];
  readonly added: readonly Product[];
}

/**
 * Finds which of the lost items are there with another content: two belong together when they share a field, such as an id
 * or a URL, whose value no other one has.
 */
export function alikePairs(lost: readonly Product[], added: readonly Product[], span: Span): Alike {
  const [marksOfLost, marksOfAdded] = [marks(lost, span), marks(added, span)];
  const shared = new Map<string, { one: Product; other: Product; fields: number }>();
  for (const [mark, [one, ...moreLost]] of marksOfLost) {
    const [other, ...moreAdded] = marksOfAdded.get(mark) ?? [];
    if (one === undefined || other === undefined || moreLost.length > 0 || moreAdded.length > 0) continue;
    if (one.times !== other.times) continue;
    const pair = `${lost.indexOf(one)} ${added.indexOf(other)}`;
    shared.set(pair, { one, other, fields: (shared.get(pair)?.fields ?? 0) + 1 });
  }
  const paired = new Set<Product>();
  const pairs: [Product, Product][] = [];
  for (const { one, other } of [...shared.values()].toSorted((a, b) => b.fields - a.fields)) {
    if (paired.has(one) || paired.has(other)) continue;
    paired.add(one).add(other);
    pairs.push([one, other]);
  }
  const isAlone = (product: Product): boolean => !paired.has(product);
  return { pairs, lost: lost.filter(isAlone), added: added.filter(isAlone) };
}

function marks(products: readonly Product[], span: Span): ReadonlyMap<string, readonly Product[]> {
  const marked = products.flatMap((product) =>
    fieldsOf({ json: product.value }, span).map((field) => ({ mark: `${product.target}\0${field}`, product })),
  );
  const groups = groupBy(marked, ({ mark }) => mark);
  return new Map([...groups].map(([mark, all]) => [mark, all.map(({ product }) => product)]));
}
