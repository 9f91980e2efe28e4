import { ts } from 'ts-morph';

import { isFunctionNode } from '../../syntax/functions.ts';

/** A first value that is the same wherever it is written. */
export function isConstant(value: ts.Expression | undefined): boolean {
  if (value === undefined) return true;
  if (ts.isIdentifier(value)) return value.text === 'undefined';
  return isMadeOf(value, () => false);
}

/** A first value that is the same a few lines further down: no call, nothing that a call could change. */
export function isStable(value: ts.Expression | undefined, isUnchanged: (name: ts.Identifier) => boolean): boolean {
  return value === undefined || isMadeOf(value, isUnchanged);
}

function isMadeOf(value: ts.Expression, accepts: (name: ts.Identifier) => boolean): boolean {
  let possible = true;
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isValue(node)) possible &&= node.text === 'undefined' || accepts(node);
    else if (isCall(node) || isFunctionNode(node) || ts.isAwaitExpression(node) || ts.isPropertyAccessExpression(node))
      possible = false;
    if (!ts.isTypeNode(node)) ts.forEachChild(node, look);
  };
  look(value);
  return possible;
}

function isCall(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) {
    const isCollection = ts.isIdentifier(node.expression) && ['Set', 'Map'].includes(node.expression.text);
    return !isCollection;
  }
  return ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node);
}

/** Not the name of a property, nor that of a class that is made. */
function isValue({ parent }: ts.Identifier): boolean {
  return !ts.isPropertyAssignment(parent) && !ts.isNewExpression(parent);
}
