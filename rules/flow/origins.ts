import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import type { Call } from '../syntax/file-index.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { awaited, isAccess } from '../syntax/operands.ts';
import { patternPart } from '../syntax/patterns.ts';

/** How many names are followed from a value to the call that made it. */
const FURTHEST = 6;

/**
 * The call of a function that made what an expression stands for, or is taken from: `saver('STATE')` of `save` in
 * `const save = saver('STATE')`. `undefined` where there is none, or more than one.
 */
export function originOf(code: Code, expression: ts.Expression, fn: FunctionNode): Call | undefined {
  const found = originsOf(code, expression, fn, 0);
  return found.size === 1 ? [...found][0] : undefined;
}

function originsOf(code: Code, expression: ts.Expression, fn: FunctionNode, depth: number): ReadonlySet<Call> {
  const value = awaited(expression);
  if (depth > FURTHEST) return new Set();
  if (ts.isCallExpression(value) || ts.isNewExpression(value)) {
    if (code.calledFunctions(value).includes(fn)) return new Set([value]);
    return ts.isCallExpression(value) ? originsOf(code, value.expression, fn, depth + 1) : new Set();
  }
  if (isAccess(value) && value.expression.kind !== ts.SyntaxKind.ThisKeyword)
    return originsOf(code, value.expression, fn, depth + 1);
  const name = isAccess(value) && ts.isPropertyAccessExpression(value) ? value.name : value;
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return new Set();
  const sources = sourcesOf(code, name);
  return new Set(sources.flatMap((each) => [...originsOf(code, each, fn, depth + 1)]));
}

/** What a variable or field is given where it is declared, and where it is assigned. */
function sourcesOf(code: Code, name: ts.MemberName): readonly ts.Expression[] {
  const symbol = code.symbolOf(name);
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined) return [];
  const { holder } = patternPart(declaration);
  const isHolder = ts.isVariableDeclaration(holder) || ts.isPropertyDeclaration(holder);
  const initial = isHolder && holder.initializer !== undefined ? [holder.initializer] : [];
  const assigned = code.referencesOf(symbol).flatMap((use) => {
    const place = isAccess(use.parent) ? use.parent : use;
    const { parent } = place;
    const assigns =
      ts.isBinaryExpression(parent) && parent.left === place && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return assigns ? [parent.right] : [];
  });
  return [...initial, ...assigned];
}
