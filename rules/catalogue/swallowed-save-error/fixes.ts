import { ts } from 'ts-morph';

import { replacement, startOf } from '../../fixes/changes.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { SwallowedError } from '../../actor/writes/swallowed-errors.ts';

type Swallower = SwallowedError['by'];

/** Prints the error in the place of dropping it, where the handler is an empty one of this save alone. */
export function logFixes(swallower: Swallower): readonly Fix[] {
  const newText = withLog(swallower);
  if (newText === undefined) return [];
  const changes = [replacement(swallower.getSourceFile(), startOf(swallower), swallower.end, newText)];
  return [{ id: 'log', title: 'Log the error', safe: false, changes: () => changes }];
}

function withLog(swallower: Swallower): string | undefined {
  if (ts.isCatchClause(swallower)) {
    const name = swallower.variableDeclaration?.name ?? 'error';
    if (typeof name === 'string') return 'catch (error) { console.error(error); }';
    return ts.isIdentifier(name) ? `catch (${name.text}) { console.error(${name.text}); }` : undefined;
  }
  const isGiven = ts.isCallExpression(swallower.parent);
  return isGiven && ts.isArrowFunction(swallower) && swallower.parameters.length === 0
    ? '(error) => console.error(error)'
    : undefined;
}
