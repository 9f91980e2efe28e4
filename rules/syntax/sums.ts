import { ts } from 'ts-morph';

import { bare, outermost } from './operands.ts';

/** All that is added up where an operand stands, the operand among it: of the `b` in `a + (b + 1)` the `a`, `b` and `1`. */
export function termsWith(operand: ts.Expression): readonly ts.Expression[] {
  let sum: ts.Node = outermost(operand);
  while (isSum(sum.parent)) sum = outermost(sum.parent);
  return ts.isExpression(sum) ? termsOf(sum) : [];
}

/** What a sum adds up. */
export function termsOf(sum: ts.Expression): readonly ts.Expression[] {
  const inner = bare(sum);
  return isSum(inner) ? [...termsOf(inner.left), ...termsOf(inner.right)] : [inner];
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}
