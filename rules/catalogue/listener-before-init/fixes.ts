import { ts } from 'ts-morph';

import type { Fix } from '../../fixes/changes.ts';
import { movedBehind, statementAround } from '../../fixes/moved-statement.ts';
import type { Call } from '../../syntax/file-index.ts';

/** Registers the listener once the SDK is started, where both stand in one block. */
export function moveFixes(registration: Call, start: Call): readonly Fix[] {
  const [statement, starting] = [statementAround(registration), statementAround(start)];
  // Of `Actor.main(…)` the place behind is after its end.
  if (statement === undefined || starting === undefined || start.arguments?.some(ts.isFunctionLike) === true) return [];
  if (!ts.isExpressionStatement(statement) || statement.parent !== starting.parent) return [];
  const changes = movedBehind([statement], starting);
  if (changes === undefined) return [];
  return [{ id: 'move', title: 'Register it after Actor.init()', safe: true, changes: () => changes }];
}
