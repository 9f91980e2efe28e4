import { ts } from 'ts-morph';

import type { Fix } from '../../fixes/changes.ts';
import { movedBehind, statementAround } from '../../fixes/moved-statement.ts';
import type { Call } from '../../syntax/file-index.ts';

/** Starts the SDK first. */
export function moveFixes(call: Call, start: Call): readonly Fix[] {
  const [statement, starting] = [statementAround(call), statementAround(start)];
  if (statement === undefined || starting === undefined || start.arguments?.some(ts.isFunctionLike) === true) return [];
  if (!ts.isExpressionStatement(starting) || statement.parent !== starting.parent) return [];
  const first = statement.parent;
  if (!ts.isSourceFile(first) && !ts.isBlock(first)) return [];
  const place = first.statements[first.statements.indexOf(statement) - 1];
  const changes =
    place === undefined || (start.arguments?.length ?? 0) > 0 ? undefined : movedBehind([starting], place);
  if (changes === undefined) return [];
  return [{ id: 'move', title: 'Start the SDK before it', safe: false, changes: () => changes }];
}
