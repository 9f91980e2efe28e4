import { ts } from 'ts-morph';

import { isAssignment } from '../syntax/assignments.ts';
import { awaited, isAccess } from '../syntax/operands.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';

/** A variable, a field of one of the project's classes, a property that is set on `exports` or in a constructor. */
export function isHolder(declaration: ts.Declaration): boolean {
  if (isSdkNode(declaration)) return false;
  if (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration)) return true;
  if (ts.isParameter(declaration)) return ts.isParameterPropertyDeclaration(declaration, declaration.parent);
  const place: ts.Node = ts.isBinaryExpression(declaration) ? declaration.left : declaration;
  return ts.isPropertyAccessExpression(place) && isAssignmentPlace(place);
}

/** `this.page = 1`, `exports.page = 1`, `Counter.count = 0`: what JavaScript declares by assigning it. */
function isAssignmentPlace(place: ts.PropertyAccessExpression): boolean {
  const holder = place.expression;
  return holder.kind === ts.SyntaxKind.ThisKeyword || (isAssignment(place.parent) && place.parent.left === place);
}

/** The value that something is declared with. */
export function valueOf(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration)) return declaration.initializer;
  return undefined;
}

/** What refers to something that exists already: a new value has no place but the one that it is put in. */
export function isFollowed(value: ts.Expression): boolean {
  const place = awaited(value);
  if (ts.isBinaryExpression(place)) return place.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken;
  return ts.isIdentifier(place) || isAccess(place) || ts.isCallExpression(place);
}

/** A collection or an object that comes into being where it is written. */
export function isNewValue(value: ts.Expression | undefined): boolean {
  const made = value && awaited(value);
  return (
    made !== undefined &&
    (ts.isArrayLiteralExpression(made) || ts.isObjectLiteralExpression(made) || ts.isNewExpression(made))
  );
}
