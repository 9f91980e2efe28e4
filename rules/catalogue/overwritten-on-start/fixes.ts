import { ts } from 'ts-morph';

import type { EarlyWrite } from '../../actor/records/early-writes.ts';
import { insertion, startOf, textOf } from '../../fixes/changes.ts';
import type { Fix } from '../../fixes/changes.ts';

/** The first value only where there is no record yet: all that reads the record later finds one, as before. */
export function fixesOf({ write }: EarlyWrite): readonly Fix[] {
  const { expression: callee, arguments: given } = write;
  const [key, value] = given;
  const statement = ts.isAwaitExpression(write.parent) ? write.parent.parent : undefined;
  if (key === undefined || value === undefined || statement === undefined) return [];
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'setValue') return [];
  if (value.kind === ts.SyntaxKind.NullKeyword) return [];
  const test = `if ((await ${textOf(callee.expression)}.getValue(${textOf(key)})) === null) `;
  const changes = [insertion(write.getSourceFile(), startOf(statement), test)];
  return [{ id: 'first-only', title: 'Write it only where there is no record', safe: false, changes: () => changes }];
}
