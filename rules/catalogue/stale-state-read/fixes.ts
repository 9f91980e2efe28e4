import { ts } from 'ts-morph';

import { replacement, startOf } from '../../fixes/changes.ts';
import type { Restore } from '../../actor/effects/persistence.ts';
import type { Fix } from '../../fixes/changes.ts';

/** The state in the place of its record: the same object as everywhere, since the key is known by then. */
export function fixesOf({ call, made }: Restore): readonly Fix[] {
  if (call !== made || !ts.isPropertyAccessExpression(call.expression) || call.arguments?.length !== 1) return [];
  const { expression: receiver, name } = call.expression;
  if (name.text !== 'getValue') return [];
  const method = receiver.getText() === 'Actor' ? 'useState' : 'getAutoSavedValue';
  const changes = [replacement(name.getSourceFile(), startOf(name), name.end, method)];
  return [{ id: 'state', title: `Ask for the state with ${method}`, safe: false, changes: () => changes }];
}
