import { ts } from 'ts-morph';

import type { Change } from './changes.ts';
import { indexOf } from '../syntax/file-index.ts';
import { insertion, replacement, startOf } from './changes.ts';

/**
 * The edits that put an `await` before an expression, in the place of a `void` where one stands there.
 *
 * @param several the expression is an array of promises, so that `Promise.all` is needed as well
 */
export function awaitChanges(promise: ts.Expression, several: boolean): readonly Change[] | undefined {
  if (several) return ts.isArrayLiteralExpression(promise.parent) ? undefined : allChanges(promise);
  const voided = voidAround(promise);
  if (voided !== undefined) return [wordChange(voided)];
  const unused = declarationOfUnused(promise);
  const file = promise.getSourceFile();
  if (unused !== undefined) return [replacement(file, startOf(unused), startOf(promise), 'await ')];
  if (!needsParentheses(promise)) return [insertion(file, startOf(promise), 'await ')];
  return [insertion(file, startOf(promise), '(await '), insertion(file, promise.end, ')')];
}

function allChanges(promises: ts.Expression): readonly Change[] {
  const file = promises.getSourceFile();
  const closing = insertion(file, promises.end, ')');
  if (ts.isAwaitExpression(promises.parent)) return [insertion(file, startOf(promises), 'Promise.all('), closing];
  const voided = voidAround(promises);
  const opening = insertion(file, startOf(promises), voided === undefined ? 'await Promise.all(' : 'Promise.all(');
  return voided === undefined ? [opening, closing] : [wordChange(voided), opening, closing];
}

function wordChange(voided: ts.VoidExpression): Change {
  const start = startOf(voided);
  return replacement(voided.getSourceFile(), start, start + 'void'.length, 'await');
}

function voidAround(promise: ts.Expression): ts.VoidExpression | undefined {
  let { parent } = promise;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return ts.isVoidExpression(parent) ? parent : undefined;
}

/** The statement that declares nothing but a variable for this promise, where nobody uses the variable. */
function declarationOfUnused(promise: ts.Expression): ts.VariableStatement | undefined {
  const declaration = promise.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const statement = declaration.parent.parent;
  if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length > 1) return undefined;
  const sameName = indexOf(promise.getSourceFile()).identifiers.get(declaration.name.text) ?? [];
  return sameName.length === 1 ? statement : undefined;
}

/** Where `await` would bind to less than is meant, as in `load().length`. */
function needsParentheses(promise: ts.Expression): boolean {
  const { parent } = promise;
  return (
    ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent)) &&
      parent.expression === promise) ||
    ts.isTaggedTemplateExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken)
  );
}
