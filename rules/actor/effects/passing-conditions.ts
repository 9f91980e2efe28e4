import { ts } from 'ts-morph';

import { speaksOfAttempts } from '../../sdk/words.ts';

/** How often something is tried again is counted anew by a new process, and rightly so. */
export function isOfAttempts(condition: string): boolean {
  return speaksOfAttempts(condition);
}

/** `count % 100 === 0`: something that is done now and then, and that a new process does at other times, no worse. */
export function isPeriod(use: ts.Node): boolean {
  let node = use;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    ts.isPrefixUnaryExpression(node.parent) ||
    ts.isPostfixUnaryExpression(node.parent) ||
    (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)
  ) {
    node = node.parent;
  }
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.PercentToken
  );
}
