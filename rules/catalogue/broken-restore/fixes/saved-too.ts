import { ts } from 'ts-morph';

import type { ActorModel } from '../../../actor/actor-model.ts';
import { textOf } from '../../../fixes/changes.ts';
import type { Fix } from '../../../fixes/changes.ts';
import { propertyChange } from '../../../fixes/persist/object-literals.ts';
import type { Code } from '../../../flow/code.ts';
import { outermostDefaulted } from '../../../flow/forward-slice.ts';

/** Saves the variable, or the field of a class, that the field is restored into. */
export function addFixes(
  { code }: ActorModel,
  name: string,
  place: ts.Node,
  literals: readonly ts.ObjectLiteralExpression[],
): readonly Fix[] {
  const target = targetOf(place);
  if (target === undefined || !literals.every((literal) => isSeen(code, target, literal))) return [];
  const text = textOf(target);
  const changes = literals.map((literal) => propertyChange(literal, [text === name ? name : `${name}: ${text}`]));
  return [{ id: 'save-field', title: `Save \`${name}\` too`, safe: false, changes: () => changes }];
}

/** Whether what is restored into can be named where it is saved. */
function isSeen(code: Code, target: ts.Expression, literal: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(target)) return classAround(target) === classAround(literal);
  const symbol = code.symbolOf(target);
  return symbol !== undefined && code.checker.getSymbolsInScope(literal, ts.SymbolFlags.Variable).includes(symbol);
}

function classAround(node: ts.Node): ts.Node | undefined {
  let current = node;
  while (!ts.isSourceFile(current) && !ts.isClassLike(current)) current = current.parent;
  return ts.isClassLike(current) ? current : undefined;
}

/** What a field is restored into, where that holds the field as it was: a variable, `this.page`. */
function targetOf(place: ts.Node): ts.Identifier | ts.PropertyAccessExpression | undefined {
  if (ts.isBindingElement(place)) return ts.isIdentifier(place.name) ? place.name : undefined;
  if (!ts.isExpression(place)) return undefined;
  const value = outermostDefaulted(place);
  const { parent } = value;
  const target = ts.isVariableDeclaration(parent)
    ? parent.name
    : ts.isBinaryExpression(parent) && parent.right === value
      ? parent.left
      : undefined;
  if (target === undefined) return undefined;
  const isOwn = ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isOwn || ts.isIdentifier(target) ? target : undefined;
}
