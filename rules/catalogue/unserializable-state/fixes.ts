import { ts } from 'ts-morph';

import { insertion, replacement, startOf } from '../../fixes/changes.ts';
import { isWithin } from '../../syntax/functions.ts';
import type { JsonLoss } from '../../actor/records/json-losses.ts';
import type { SavedValue } from '../../actor/records/saved-values.ts';
import type { Fix } from '../../fixes/changes.ts';
import { plainStateChanges } from './fixes/plain-state.ts';
import { arrayChanges } from './fixes/written-as-array.ts';

/** The ways to save a value so that it comes back. */
export function fixesOf(saved: SavedValue, loss: JsonLoss): readonly Fix[] {
  if (loss.kind === 'infinite') return finiteFixes(loss);
  if (loss.kind !== 'collection' || (loss.what !== 'Set' && loss.what !== 'Map')) return [];
  return saved.isKeptBySdk ? plainFixes(saved, loss) : arrayFixes(saved, loss);
}

/** The greatest number that JSON keeps is as good as no limit. */
function finiteFixes({ what, origin, place }: JsonLoss): readonly Fix[] {
  if (what === 'NaN' || !isWithin(origin, place)) return [];
  const file = origin.getSourceFile();
  const number = `${what.startsWith('-') ? '-' : ''}Number.MAX_VALUE`;
  const changes = [replacement(file, startOf(origin), origin.end, number)];
  return [{ id: 'finite', title: `Use ${number}, which JSON keeps`, safe: false, changes: () => changes }];
}

function plainFixes(saved: SavedValue, loss: JsonLoss): readonly Fix[] {
  const changes = plainStateChanges(saved, loss);
  if (changes === undefined) return [];
  const title = loss.what === 'Set' ? 'Keep an array instead of the Set' : 'Keep an object instead of the Map';
  return [{ id: 'plain', title, safe: false, changes: () => changes }];
}

function arrayFixes(saved: SavedValue, loss: JsonLoss): readonly Fix[] {
  const changes = arrayChanges(saved, loss);
  if (changes === undefined) return [];
  const isRestored = saved.reads.length > 0;
  const title = `Save the items of the ${loss.what}${isRestored ? `, and make a ${loss.what} of them at start` : ''}`;
  return [{ id: 'array', title, safe: false, changes: () => changes }];
}

/** A Date made of what was read, which is a text or, in the first run, a Date. */
export function dateFixes(use: ts.Expression): readonly Fix[] {
  if (isOptional(use)) return [];
  const file = use.getSourceFile();
  const changes = [insertion(file, startOf(use), 'new Date('), insertion(file, use.end, ')')];
  return [{ id: 'date', title: 'Make a Date of it', safe: false, changes: () => changes }];
}

function isOptional(use: ts.Expression): boolean {
  return ts.isOptionalChain(use) || ts.isOptionalChain(use.parent);
}
