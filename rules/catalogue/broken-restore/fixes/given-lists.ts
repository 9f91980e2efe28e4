import type { ts } from 'ts-morph';

import { replacement, startOf } from '../../../fixes/changes.ts';
import type { Fix } from '../../../fixes/changes.ts';

/** Gives a collection the list itself, where that is all that it gets. */
export function listFixes(made: ts.NewExpression, spread: ts.SpreadElement, name: string): readonly Fix[] {
  if ((made.arguments ?? []).length !== 1) return [];
  const changes = [replacement(spread.getSourceFile(), startOf(spread), startOf(spread.expression), '')];
  return [{ id: 'list', title: `Give the list itself to the ${name}`, safe: true, changes: () => changes }];
}
