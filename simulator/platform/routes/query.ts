import type { Context } from 'hono';

import { invalidValue, type PlatformEnv } from './api-error.ts';

/**
 * A whole number of the query. Limits of 0 mean none to the Apify API (apify-client 2.25.0, `_listPaginatedFromCallback`).
 *
 * @throws {ApiError} 400 where it is no number, or below 0
 */
export function numberIn(context: Context<PlatformEnv>, name: string): number | undefined {
  const text = context.req.query(name);
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  if (!(number >= 0)) throw invalidValue(`${name} must be a number of at least 0, not "${text}".`);
  return number;
}

export function limitIn(
  context: Context<PlatformEnv>,
  limit: { readonly usual: number; readonly most: number },
): number {
  return Math.min(numberIn(context, 'limit') || limit.usual, limit.most);
}

export function isSet(context: Context<PlatformEnv>, name: string): boolean {
  return ['1', 'true'].includes(context.req.query(name) ?? '');
}

/** A list with commas in between; empty where it is not given. */
export function listIn(context: Context<PlatformEnv>, name: string): readonly string[] {
  const text = context.req.query(name);
  return text === undefined || text === '' ? [] : text.split(',');
}
