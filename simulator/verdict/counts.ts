import type { RecordedValue } from '../recording.ts';
import { canonical, isArray, isObject, type Json, parseJson, type Span } from './canonical.ts';

/** Every number and every list that differs is lower or shorter than it was, and at least one is. */
export function goesBackwards(before: RecordedValue, after: RecordedValue, span: Span): boolean {
  const changes = changesBetween(before, after, span);
  return changes !== undefined && changes.length > 0 && changes.every((change) => change < 0);
}

/** Every number is as high as it was, every list still has what was in it, every field is still there. */
export function goesOn(before: RecordedValue, after: RecordedValue, span: Span): boolean {
  const changes = changesBetween(before, after, span);
  return changes !== undefined && changes.every((change) => change > 0);
}

function changesBetween(before: RecordedValue, after: RecordedValue, span: Span): readonly number[] | undefined {
  const [left, right] = [before.json, after.json].map((text) => (text === undefined ? undefined : parseJson(text)));
  return left === undefined || right === undefined ? undefined : changesOf(left, right, span);
}

/** By how much each number and each list's length differs, where it does; -1 for what is gone. */
function changesOf(before: Json, after: Json, span: Span): readonly number[] {
  if (canonical(before, span) === canonical(after, span)) return [];
  if (typeof before === 'number') return [typeof after === 'number' ? after - before : -1];
  if (isArray(before)) {
    if (!isArray(after)) return [-1];
    const there = new Set(after.map((value) => canonical(value, span)));
    const isKept = before.every((value) => there.has(canonical(value, span)));
    return isKept ? [1] : [after.length < before.length ? after.length - before.length : 0];
  }
  if (!isObject(before)) return [];
  if (!isObject(after)) return [-1];
  return Object.entries(before).flatMap(([key, value]) => {
    const other = after[key];
    return other === undefined ? [-1] : changesOf(value, other, span);
  });
}
