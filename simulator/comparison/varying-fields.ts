import { isObject, type Json, parseJson } from '../verdict/canonical.ts';
import type { PushedItem } from '../verdict/items.ts';
import { looksRandom, randomFields, tellsApart, withoutFields } from '../verdict/random-fields.ts';

/** No process of the migrated run has this number. */
const UNDISTURBED = 0;

/**
 * Fields of items that vary by nature: those that are made anew for each item, and those that are made anew for each run, such
 * as its id. Both runs together tell more of it than one does: an id that comes from the data is there in both.
 */
export function varyingFields(undisturbed: readonly PushedItem[], migrated: readonly PushedItem[]): readonly string[] {
  const items = [...undisturbed.map((item) => ({ ...item, process: UNDISTURBED })), ...migrated];
  const ofItems = randomFields(items);
  const names = [...new Set([...ofItems, ...fieldsOfRuns(undisturbed, migrated)])];
  return tellsApart(
    items,
    items.map((item) => withoutFields(item, names)),
  )
    ? names
    : ofItems;
}

/** Fields that look like made anew and of which the runs share no value. */
function fieldsOfRuns(undisturbed: readonly PushedItem[], migrated: readonly PushedItem[]): readonly string[] {
  const [before, now] = [valuesOf(undisturbed), valuesOf(migrated)];
  return [...before.keys()].filter((name) => {
    const [values, others] = [before.get(name) ?? [], now.get(name) ?? []];
    const known = new Set(values.map((value) => JSON.stringify(value)));
    const isShared = others.some((value) => known.has(JSON.stringify(value)));
    return others.length > 0 && !isShared && [...values, ...others].every((value) => looksRandom(name, value));
  });
}

function valuesOf(items: readonly PushedItem[]): ReadonlyMap<string, readonly Json[]> {
  const values = new Map<string, Json[]>();
  for (const { text } of items) {
    const item = parseJson(text);
    for (const [name, value] of isObject(item) ? Object.entries(item) : [])
      values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}
