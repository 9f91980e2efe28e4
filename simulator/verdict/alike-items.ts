import type { Change, RecordedItem } from '../recording.ts';
import { canonical, isObject, type Json, parseJson, type Span } from './canonical.ts';

type Push = Extract<Change, { readonly type: 'push-items' }>;

/**
 * Whether items that were cut were made again, though with another price or id: an item is known by a field whose value no
 * other item of its process has, such as its page or URL.
 *
 * @returns `unknown` where the items have no such field
 */
export function likenessOf(
  cut: Push,
  others: readonly Push[],
  made: readonly Push[],
  span: Span,
): 'alike' | 'different' | 'unknown' {
  const known = new Set(others.flatMap(fieldsOfPush(span)));
  const again = new Set(made.flatMap(fieldsOfPush(span)));
  const items = cut.items.map((item) => fieldsOf(item, span).filter((field) => !known.has(field)));
  if (items.some((fields) => fields.length === 0)) return 'unknown';
  return items.every((fields) => fields.some((field) => again.has(field))) ? 'alike' : 'different';
}

function fieldsOfPush(span: Span): (push: Push) => readonly string[] {
  return ({ items }) => items.flatMap((item) => fieldsOf(item, span));
}

/** Each field with its value, where the value may tell an item from another. */
export function fieldsOf(item: RecordedItem, span: Span): readonly string[] {
  const value = 'json' in item ? parseJson(item.json) : undefined;
  if (!isObject(value)) return [];
  return Object.entries(value)
    .filter(([, field]) => tells(field))
    .map(([name, field]) => `${name}\0${canonical(field, span)}`);
}

function tells(value: Json): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}
