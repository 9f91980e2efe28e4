import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { accessBy } from '../syntax/operands.ts';
import type { FunctionNode } from '../syntax/functions.ts';

/**
 * Whether something has another value later than the one that it is declared with, in a way that the flow of values does not
 * follow.
 *
 * @param how `stepped`: by `++`, `+=` and their kin · `set`: by a plain assignment too
 */
export function mayBeAnother(code: Code, symbol: ts.Symbol, how: 'stepped' | 'set'): boolean {
  return code.referencesOf(symbol).some((use) => {
    const place = accessBy(use);
    const { parent } = place;
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) return isStep(parent.operator);
    if (!ts.isBinaryExpression(parent) || parent.left !== place) return false;
    const { kind } = parent.operatorToken;
    if (kind === ts.SyntaxKind.EqualsToken) return how === 'set';
    return kind > ts.SyntaxKind.EqualsToken && kind <= ts.SyntaxKind.LastAssignment;
  });
}

function isStep(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

/** Whether a function is also used other than by calling it: then not all of its calls are seen. */
export function isHandedOut(code: Code, fn: FunctionNode): boolean {
  const name = fn.name ?? (ts.isVariableDeclaration(fn.parent) ? fn.parent.name : undefined);
  if (ts.isConstructorDeclaration(fn)) return false;
  const symbol = name !== undefined && ts.isIdentifier(name) ? code.symbolOf(name) : undefined;
  return symbol === undefined ? false : code.referencesOf(symbol).some((use) => isValue(use));
}

/** A name that is given to a call, put in a list or assigned, and so called by who gets it. */
function isValue(use: ts.MemberName): boolean {
  const place = accessBy(use);
  const { parent } = place;
  if (ts.isCallExpression(parent)) return parent.expression !== place;
  return ts.isArrayLiteralExpression(parent) || (ts.isPropertyAssignment(parent) && parent.initializer === place);
}
