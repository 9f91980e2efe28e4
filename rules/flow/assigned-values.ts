import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import type { Operand } from './operands.ts';
import { isConst } from './bindings.ts';
import { indexOf } from '../syntax/file-index.ts';
import { accessBy, isAccess, outermost, propertyNameOf } from '../syntax/operands.ts';

type Place =
  | ts.VariableDeclaration
  | ts.PropertyDeclaration
  | ts.ParameterDeclaration
  | ts.BindingElement
  | ts.PropertyAssignment
  | ts.ShorthandPropertyAssignment;

/** What is assigned to a variable, a field or a property after its declaration, in a pattern too. */
export function assignedTo(code: Code, declaration: Place): readonly Operand[] {
  const { name } = declaration;
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return [];
  const isMember =
    !ts.isVariableDeclaration(declaration) && !ts.isBindingElement(declaration) && !ts.isParameter(declaration);
  if (!isMember && isConst(declaration)) return [];
  // A variable is assigned in its own module only; a member wherever the object is.
  const files = isMember || isParameterProperty(declaration) ? code.files : [declaration.getSourceFile()];
  let symbol: ts.Symbol | undefined;
  return files.flatMap((file) =>
    (indexOf(file).identifiers.get(name.text) ?? []).flatMap((use) => {
      if (use === name || (isMember && !isAccess(use.parent) && !isInPattern(use))) return [];
      const assigned = assignedAt(use);
      if (assigned === undefined) return [];
      symbol ??= code.symbolOf(isMember && ts.isShorthandPropertyAssignment(declaration) ? declaration : name);
      return symbol !== undefined && code.symbolOf(use) === symbol ? [assigned] : [];
    }),
  );
}

function isParameterProperty(declaration: Place): boolean {
  return ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent);
}

function isInPattern(use: ts.MemberName): boolean {
  return ts.isPropertyAssignment(use.parent) || ts.isShorthandPropertyAssignment(use.parent);
}

/** What is assigned where a name stands as the target, or as a part of one. */
function assignedAt(use: ts.MemberName): Operand | undefined {
  let target = outermost(accessBy(use));
  const path: string[] = [];
  for (;;) {
    const { parent } = target;
    if (ts.isBinaryExpression(parent)) return parent.left === target ? operandOf(parent, path, target) : undefined;
    if (ts.isForOfStatement(parent) && parent.initializer === target) {
      return { expression: parent.expression, path: ['*', ...path] };
    }
    if (ts.isPropertyAssignment(parent) && parent.initializer === target) {
      const name = propertyNameOf(parent.name);
      if (name === undefined) return undefined;
      path.unshift(name);
      target = parent.parent;
    } else if (ts.isShorthandPropertyAssignment(parent)) {
      path.unshift(parent.name.text);
      target = parent.parent;
    } else if (ts.isArrayLiteralExpression(parent)) {
      path.unshift(String(parent.elements.findIndex((each) => each === target)));
      target = parent;
    } else return undefined;
  }
}

function operandOf(
  { operatorToken, left, right }: ts.BinaryExpression,
  path: readonly string[],
  target: ts.Node,
): Operand | undefined {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.EqualsToken:
      return { expression: right, path };
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
    case ts.SyntaxKind.BarBarEqualsToken:
    case ts.SyntaxKind.AmpersandAmpersandEqualsToken:
      return left === target && path.length === 0 ? { expression: right, path } : undefined;
    default:
      return undefined;
  }
}
