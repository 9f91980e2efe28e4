import { ts } from 'ts-morph';

import type { Code } from '../code.ts';
import { isWaitedFor } from '../control-flow/inlined.ts';
import { isAccess, outermost } from '../../syntax/operands.ts';
import { fatesOf } from './fates.ts';

/** Through how many functions a promise is returned at most. */
const FURTHEST = 3;

/**
 * Where the code goes on once a call's promise is settled: at the call itself where a chain follows, else where the promise is
 * waited for, in the call's function or in those that it is returned to.
 */
export function waitsFor(code: Code, call: ts.Expression, depth = FURTHEST): readonly ts.Node[] {
  const { parent } = outermost(call);
  if (isAccess(parent) && isWaitedFor(call)) return [call];
  return fatesOf(code, call).flatMap((fate) => {
    if (fate.kind === 'awaited') return [fate.at];
    if (fate.kind !== 'returned' || depth === 0) return [];
    return code
      .callersOf(fate.by)
      .filter(ts.isCallExpression)
      .flatMap((caller) => waitsFor(code, caller, depth - 1));
  });
}
