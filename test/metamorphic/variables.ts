import { ts } from 'ts-morph';

import { nodesOf } from './parsed.ts';
import type { Parsed } from './parsed.ts';
import { awaits, isExported, isInList, isSteady, usesThis, yields } from './shape.ts';
import { isInPattern } from './statements.ts';

/** A variable that may live somewhere else: one declaration, one statement, and every use of it. */
export interface Variable {
  readonly name: string;
  readonly statement: ts.VariableStatement;
  readonly initializer: ts.Expression | undefined;
  /** All names that stand for it but the one that declares it. */
  readonly uses: readonly ts.Identifier[];
}

/** The variables that the program changes: by an assignment, or by what their object's methods and fields do. */
export function changedVariables(parsed: Parsed): readonly Variable[] {
  return nodesOf(parsed, ts.isVariableStatement).flatMap((statement) => {
    const [declaration, ...others] = statement.declarationList.declarations;
    if (declaration === undefined || others.length > 0 || !ts.isIdentifier(declaration.name)) return [];
    if (
      !isInList(statement) ||
      isExported(statement) ||
      (statement.declarationList.flags & ts.NodeFlags.BlockScoped) === 0
    )
      return [];
    const { initializer, name } = declaration;
    const isLet = (statement.declarationList.flags & ts.NodeFlags.Let) !== 0;
    if (!isLet && !(initializer !== undefined && isCollection(initializer))) return [];
    const uses = parsed.usesOf(name).filter((use) => use !== name);
    const isMovable = uses.every((use) => isPlainUse(use)) && uses.length > 0;
    return isMovable ? [{ name: name.text, statement, initializer, uses }] : [];
  });
}

function isCollection(node: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && /^(?:Set|Map)$/u.test(node.expression.text))
  );
}

/** Whether another expression can stand there: no export, no callee (whose `this` would change), no type. */
function isPlainUse(use: ts.Identifier): boolean {
  const { parent } = use;
  const isCallee = (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === use;
  return (
    !isCallee && !ts.isExportSpecifier(parent) && !ts.isTaggedTemplateExpression(parent) && !ts.isTypeQueryNode(parent)
  );
}

/** Whether its value can be computed in the body of a class or of another function. */
export function isSelfContained(node: ts.Expression | undefined): boolean {
  return node === undefined || !(awaits(node) || yields(node) || usesThis(node));
}

/** Whether its value could be computed in another module, before everything else: it names nothing. */
export function isFresh(node: ts.Expression | undefined): boolean {
  if (node === undefined || isSteady(node)) return true;
  if (ts.isArrayLiteralExpression(node)) return node.elements.every((each) => isFresh(each));
  if (ts.isObjectLiteralExpression(node))
    return node.properties.every(
      (each) => ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && isFresh(each.initializer),
    );
  const isNew =
    ts.isNewExpression(node) && ts.isIdentifier(node.expression) && /^(?:Set|Map)$/u.test(node.expression.text);
  return isNew && (node.arguments ?? []).every((each) => isFresh(each));
}

export type Write =
  | { readonly kind: 'assignment'; readonly node: ts.BinaryExpression; readonly operator: string }
  | {
      readonly kind: 'step';
      readonly node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression;
      readonly operator: string;
    };

/** The write that a use is the target of; `'other'` for one that cannot be told apart. */
export function writeOf(use: ts.Identifier): Write | 'read' | 'other' {
  const { parent } = use;
  if (ts.isBinaryExpression(parent) && parent.left === use) {
    const operator = parent.operatorToken.getText();
    if (/^(?:\+|-|\*|\/|%|\|)?=$/u.test(operator))
      return { kind: 'assignment', node: parent, operator: operator.slice(0, -1) };
    if (operator.endsWith('=') && !/^(?:[=!]==?|[<>]=)$/u.test(operator)) return 'other';
  }
  const isStep = ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent);
  if (isStep && (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken))
    return { kind: 'step', node: parent, operator: parent.operator === ts.SyntaxKind.PlusPlusToken ? '+' : '-' };
  return isInPattern(use) ? 'other' : 'read';
}

/** Whether nobody looks at what an expression gives. */
export function isUnused(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isUnused(parent);
  return ts.isExpressionStatement(parent) || (ts.isForStatement(parent) && parent.incrementor === node);
}
