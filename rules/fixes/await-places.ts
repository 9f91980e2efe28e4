import { ts } from 'ts-morph';

import { isWithin } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';

/** The `forEach` or `each` that a function is written into. */
export function loopCallOf(fn: FunctionNode): ts.CallExpression | undefined {
  const call = fn.parent;
  const isLoop =
    ts.isCallExpression(call) &&
    call.arguments[0] === fn &&
    ts.isPropertyAccessExpression(call.expression) &&
    (call.expression.name.text === 'forEach' || call.expression.name.text === 'each');
  return isLoop ? call : undefined;
}

/** Not in a parameter's default, nor in a class's field: no function's body runs these. */
export function mayHoldAwait(node: ts.Node, fn: FunctionNode | undefined): boolean {
  if (fn !== undefined && (fn.body === undefined || !isWithin(node, fn.body))) return false;
  for (let current = node.parent; current !== fn && !ts.isSourceFile(current); current = current.parent) {
    if (ts.isPropertyDeclaration(current) || ts.isClassStaticBlockDeclaration(current)) return false;
  }
  return true;
}
