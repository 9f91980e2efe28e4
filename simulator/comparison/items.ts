import { type Span, parseJson } from '../verdict/canonical.ts';
import { groupBy } from '../verdict/group.ts';
import type { PushedItem } from '../verdict/items.ts';
import { withoutFields } from '../verdict/random-fields.ts';
import { storageName } from '../verdict/targets.ts';
import { alikePairs } from './alike.ts';
import { changesBetween } from './changes.ts';
import { type Difference, type Findings, NOTHING, type Product } from './comparison.ts';
import { countsOf, surplus } from './surplus.ts';
import { allowedRepeats, type MigrationContext } from './under-way.ts';
import { varyingFields } from './varying-fields.ts';

/** Compares what is in the datasets as multisets: the order in which an Actor pushes may differ from run to run. */
export function compareItems(
  undisturbed: readonly PushedItem[],
  migrated: readonly PushedItem[],
  contexts: readonly MigrationContext[],
  span: Span,
): Findings & { readonly leftOut: readonly string[] } {
  const leftOut = varyingFields(undisturbed, migrated);
  const [before, now] = [undisturbed, migrated].map((items) => items.map((item) => withoutFields(item, leftOut)));
  if (before === undefined || now === undefined) return { ...NOTHING, leftOut };
  const examples = new Map([...groupBy([...now, ...before], contentOf)].map(([content, [item]]) => [content, item]));
  const products = (counts: ReadonlyMap<string, number>): readonly ItemProduct[] =>
    [...counts].flatMap(([content, times]) => {
      const item = examples.get(content);
      return item === undefined ? [] : [productOf(item, times)];
    });
  const found = surplus(
    countsOf(before, contentOf),
    countsOf(now, contentOf),
    allowedRepeats(now, contentOf, contexts),
  );
  const { pairs, lost, added } = alikePairs(products(found.lost), products(found.added), span);
  return {
    lost,
    added,
    different: pairs.map(([one, other]) => differenceOf(one, other, span)),
    repeated: products(found.repeated),
    atLeastOnce: products(found.atLeastOnce),
    state: [],
    leftOut,
  };
}

type ItemProduct = Product & { readonly kind: 'item' };

function productOf({ dataset, text }: PushedItem, times: number): ItemProduct {
  return { kind: 'item', target: storageName(dataset), value: text, times };
}

function contentOf({ content }: PushedItem): string {
  return content;
}

function differenceOf(undisturbed: Product, migrated: Product, span: Span): Difference {
  const [before, now] = [parseJson(undisturbed.value), parseJson(migrated.value)];
  return {
    kind: 'item',
    target: migrated.target,
    undisturbed: undisturbed.value,
    migrated: migrated.value,
    changes: before === undefined || now === undefined ? [] : changesBetween(before, now, span),
  };
}
