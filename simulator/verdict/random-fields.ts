import { isObject, type Json, parseJson } from './canonical.ts';
import type { PushedItem } from './items.ts';

/**
 * Fields that are made anew for every item, such as an id by `randomUUID()` or how long a page took: no two items share a
 * value, and the values or the name look like it. Items are then compared by what else is in them, provided that it tells the
 * items of a process apart as well as the whole does; otherwise nothing is left out, and no two items are equal.
 */
export function randomFields(items: readonly PushedItem[]): readonly string[] {
  const values = items.map(({ text }) => parseJson(text));
  const objects = values.filter(isObject);
  if (objects.length < 4 || objects.length < values.length) return [];
  const names = new Set(objects.flatMap((object) => Object.keys(object)));
  const random = [...names].filter((name) =>
    isRandom(
      name,
      objects.map((object) => object[name]),
    ),
  );
  const reduced = items.map((item) => withoutFields(item, random));
  return tellsApart(items, reduced) ? random : [];
}

/** The item, to be compared by its other fields. */
export function withoutFields(item: PushedItem, names: readonly string[]): PushedItem {
  const [dataset = '', text = ''] = item.content.split('\0');
  const value = parseJson(text);
  if (!isObject(value)) return item;
  const rest = Object.entries(value).filter(([name]) => !names.includes(name));
  return { ...item, content: `${dataset}\0${JSON.stringify(rest)}` };
}

function isRandom(name: string, values: readonly (Json | undefined)[]): boolean {
  const all = new Set(values.map((value) => JSON.stringify(value)));
  return all.size === values.length && values.every((value) => looksRandom(name, value));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MEASURED = /(?:duration|elapsed|latency|took|millis|seconds|ms|memory|random|nonce)$/i;
const IDENTITY = /(?:^id|Id|_id|uuid|guid|nonce|token|random)$/;

/** The value, or the name of its field, looks like what is made anew each time: a UUID, an id of letters and digits, a duration. */
export function looksRandom(name: string, value: Json | undefined): boolean {
  if (typeof value === 'number') return MEASURED.test(name) || (value > 0 && value < 1 && String(value).length >= 12);
  if (typeof value !== 'string') return false;
  if (UUID.test(value)) return true;
  return IDENTITY.test(name) && /^[\w-]{8,64}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}

/** Each process has as many different items as before, and something is left of them. */
export function tellsApart(whole: readonly PushedItem[], reduced: readonly PushedItem[]): boolean {
  return different(whole) === different(reduced) && reduced.every(({ content }) => !content.endsWith('\0[]'));
}

function different(items: readonly PushedItem[]): number {
  return new Set(items.map(({ process, content }) => `${process}\0${content}`)).size;
}
