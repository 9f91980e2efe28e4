import { ts } from 'ts-morph';

import type { Fix } from '../../fixes/changes.ts';
import { movedBehind, statementAround } from '../../fixes/moved-statement.ts';

/** Behind the `try`, where only those come whose work went well; where the `finally` keeps something to do. */
export function moveFixes(call: ts.CallExpression, guarded: ts.TryStatement): readonly Fix[] {
  const statement = statementAround(call);
  const block = guarded.finallyBlock;
  if (block === undefined || statement?.parent !== block || block.statements.at(-1) !== statement) return [];
  if (block.statements.length < 2 || !ts.isExpressionStatement(statement)) return [];
  const changes = movedBehind([statement], guarded);
  return changes === undefined
    ? []
    : [{ id: 'move', title: 'Exit behind the try, when all went well', safe: false, changes: () => changes }];
}
