import { create, type Delta } from 'jsondiffpatch';
import { canonical, isArray, isObject, type Json, parseJson, type Span } from '../verdict/canonical.ts';
import { looksRandom } from '../verdict/random-fields.ts';
import { count, shortened } from '../verdict/words.ts';

const SHOWN = 8;
const VALUE_LENGTH = 60;

const differ = create({ arrays: { detectMove: false } });

/**
 * Where a value of the undisturbed run differs from that of the migrated one: `products: 200 → 120`. Times of the work, lists
 * in another order, and fields that are made anew each time (ids, durations) are no differences.
 */
export function changesBetween(undisturbed: Json, migrated: Json, span: Span): readonly string[] {
  const delta = differ.diff(settled(undisturbed, span), settled(migrated, span));
  return linesOf(delta, []);
}

/** The first changes, and how many more there are. */
export function shownChanges(changes: readonly string[]): readonly string[] {
  const more = changes.length - SHOWN;
  return more > 0 ? [...changes.slice(0, SHOWN), `and ${count(more, 'more change')}`] : changes;
}

function settled(value: Json, span: Span): Json {
  return inAnyOrder(parseJson(canonical(value, span)) ?? null);
}

/** Lists sorted: what several requests add to a list comes in any order. */
function inAnyOrder(value: Json): Json {
  if (isArray(value)) return value.map(inAnyOrder).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, inAnyOrder(field)]));
}

/** Of a delta: `[new]` was added, `[old, new]` changed, `[old, 0, 0]` removed; an object has one for each field. */
function linesOf(delta: Delta, path: readonly string[]): readonly string[] {
  const at = path.length === 0 ? '' : `${path.join('.')}: `;
  if (delta === undefined) return [];
  if (!Array.isArray(delta)) {
    const isOfList = '_t' in delta;
    return Object.entries(delta)
      .filter(([name]) => name !== '_t')
      .flatMap(([name, inner]: [string, Delta]) =>
        // In a sorted list a place says nothing.
        linesOf(inner, isOfList ? [...path, '[]'] : [...path, name]),
      );
  }
  const [value, now] = delta;
  if (delta.length === 1) return [`${at}not in the undisturbed run: ${text(value)}`];
  if (delta.length === 3) return [`${at}only in the undisturbed run: ${text(value)}`];
  return variesByNature(path.at(-1) ?? '', value, now) ? [] : [`${at}${text(value)} → ${text(now)}`];
}

function variesByNature(name: string, ...values: readonly unknown[]): boolean {
  return values.every((value) => (typeof value === 'string' || typeof value === 'number') && looksRandom(name, value));
}

function text(value: unknown): string {
  return shortened(JSON.stringify(value) ?? 'nothing', VALUE_LENGTH);
}
