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
    assignmentsIn(file, name.text).flatMap(({ use, assigned }) => {
      if (use === name || (isMember && !isAccess(use.parent) && !isInPattern(use))) return [];
      symbol ??= code.symbolOf(isMember && ts.isShorthandPropertyAssignment(declaration) ? declaration : name);
      return symbol !== undefined && code.symbolOf(use) === symbol ? [assigned] : [];
    }),
  );
}

interface Assignment {
  readonly use: ts.MemberName;
  readonly assigned: Operand;
}

/** By file and name: what is assigned there. Both live as long as the tree of the file. */
const assignments = new WeakMap<ts.SourceFile, Map<string, readonly Assignment[]>>();

function assignmentsIn(file: ts.SourceFile, name: string): readonly Assignment[] {
  const uses = indexOf(file).identifiers.get(name);
  if (uses === undefined) return [];
  const byName = assignments.get(file) ?? new Map<string, readonly Assignment[]>();
  assignments.set(file, byName);
  const known = byName.get(name);
  if (known !== undefined) return known;
  const found = uses.flatMap((use) => {
    const assigned = assignedAt(use);
    return assigned === undefined ? [] : [{ use, assigned }];
  });
  byName.set(name, found);
  return found;
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
