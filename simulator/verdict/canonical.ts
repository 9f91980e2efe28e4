import type { RecordedValue, Recording } from '../recording.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A span on the wall clock: milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Clocks of the Actor and of the platform are one, but a date may have been made a little before or after. */
const TOLERANCE_MS = 60_000;

/**
 * While the run went on, from its start to its last event. A date in it is the time of the work, which differs when the same
 * work is done again; any other date is data.
 */
export function spanOf({ startedAt, events }: Recording): Span {
  const last = events.reduce((latest, { at }) => Math.max(latest, at), 0);
  return { from: startedAt - TOLERANCE_MS, to: startedAt + last + TOLERANCE_MS };
}

/** @returns the value, or `undefined` where the text is no JSON */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** JSON text with sorted keys, in which every time within the span reads the same: equal work gives equal text. */
export function canonical(value: Json, span: Span): string {
  return JSON.stringify(settled(value, span));
}

/** A record's content as text that is equal for equal content; its hash where it is too large or no JSON. */
export function contentOf(value: RecordedValue, span: Span): string {
  const json = value.json === undefined ? undefined : parseJson(value.json);
  return json === undefined ? `sha256:${value.sha256}` : canonical(json, span);
}

function settled(value: Json, span: Span): Json {
  if (typeof value === 'string') return withoutTimes(value, span);
  if (typeof value === 'number') return isTime(value, span) ? '<time>' : value;
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) return value.map((part) => settled(part, span));
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, settled(value[key] ?? null, span)]));
}

const ISO_DATE = /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g;

function withoutTimes(text: string, span: Span): string {
  return text.replace(ISO_DATE, (date) => (isDateWithin(date, span) ? '<time>' : date));
}

function isDateWithin(date: string, { from, to }: Span): boolean {
  const time = Date.parse(date);
  // A day without a time, and a time without its zone, may be anywhere in a day.
  const slack = /(?:Z|[+-]\d{2}:?\d{2})$/.test(date.slice(10)) ? 0 : 24 * 3_600_000;
  return time >= from - slack && time <= to + slack;
}

/** Milliseconds or seconds since 1970. */
function isTime(value: number, { from, to }: Span): boolean {
  return (value >= from && value <= to) || (value * 1000 >= from - 1000 && value * 1000 <= to);
}

export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
