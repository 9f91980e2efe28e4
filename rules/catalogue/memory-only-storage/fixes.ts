import { ts } from 'ts-morph';

import { replacement, startOf } from '../../fixes/changes.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { VolatileStorage } from '../../actor/effects/volatile-storages.ts';

/** Takes the option away, and the object where it is the only one. */
export function removeFixes({ said }: VolatileStorage): readonly Fix[] {
  if (!ts.isPropertyAssignment(said) || !ts.isObjectLiteralExpression(said.parent)) return [];
  const literal = said.parent;
  const { properties } = literal;
  const call = literal.parent;
  const file = said.getSourceFile();
  const isCall = ts.isCallExpression(call) || ts.isNewExpression(call);
  const isOnly = properties.length === 1 && isCall && call.arguments?.length === 1;
  const next = properties[properties.indexOf(said) + 1];
  const before = properties[properties.indexOf(said) - 1];
  const change = isOnly
    ? replacement(file, startOf(literal), literal.end, '')
    : next !== undefined
      ? replacement(file, startOf(said), startOf(next), '')
      : replacement(file, before?.end ?? startOf(said), said.end, '');
  return [{ id: 'remove', title: `Take \`${said.name.getText()}\` away`, safe: false, changes: () => [change] }];
}
