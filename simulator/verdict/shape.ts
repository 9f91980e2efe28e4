import type { RecordedValue } from '../recording.ts';
import { isArray, isObject, type Json, parseJson } from './canonical.ts';

/**
 * What was saved came back as something else: an object as an array, an array as a plain value; inside of an object, a list
 * as an object or the other way round. Quiet about everything else: a value may well become `null`, empty or another number.
 */
export function changedShape(saved: RecordedValue, rewritten: RecordedValue): boolean {
  const [before, after] = [saved.json, rewritten.json].map((text) =>
    text === undefined ? undefined : parseJson(text),
  );
  if (before === undefined || after === undefined || before === null || after === null) return false;
  return shape(before) !== shape(after) || changedInside(before, after, 3);
}

type Shape = 'list' | 'object' | 'value';

function shape(value: Json): Shape {
  if (isArray(value)) return 'list';
  return isObject(value) ? 'object' : 'value';
}

function changedInside(before: Json, after: Json, depth: number): boolean {
  if (depth === 0 || !isObject(before) || !isObject(after)) return false;
  return Object.entries(before).some(([key, value]) => {
    const other = after[key];
    if (other === undefined) return false;
    const shapes = new Set([shape(value), shape(other)]);
    if (shapes.has('value')) return false;
    return shapes.size > 1 || changedInside(value, other, depth - 1);
  });
}

/** Paths in a saved value at which there is `{}`: what a Map or a Set becomes when it is saved as JSON. */
export function emptyObjects(value: Json, path = '', depth = 3): readonly string[] {
  if (depth === 0 || !isObject(value)) return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([key, part]) => emptyObjects(part, path === '' ? key : `${path}.${key}`, depth - 1));
}
