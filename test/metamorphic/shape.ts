import { ts } from 'ts-morph';

import { nodesIn } from './parsed.ts';
import type { Parsed } from './parsed.ts';

/** What a piece of code does to what is around it: what must be known before it may be moved. */

/** The nodes that belong to this code itself, not to functions and classes in it. */
export function ownNodes(root: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    if (node === root || !(ts.isFunctionLike(node) || ts.isClassLike(node))) ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

export function awaits(root: ts.Node): boolean {
  return ownNodes(root).some(
    (node) => ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined),
  );
}

export function yields(root: ts.Node): boolean {
  return ownNodes(root).some(ts.isYieldExpression);
}

/** Whether it says `this`, `super`, `arguments` or `new.target` of the function around it; arrow functions hand them through. */
export function usesThis(root: ts.Node): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    found ||=
      node.kind === ts.SyntaxKind.ThisKeyword ||
      node.kind === ts.SyntaxKind.SuperKeyword ||
      (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.NewKeyword) ||
      (ts.isIdentifier(node) && node.text === 'arguments');
    const binds = ts.isFunctionLike(node) && !ts.isArrowFunction(node);
    if (node === root || !(binds || ts.isClassLike(node))) ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** Whether control can leave it for another place than its end: `return`, or a `break` or `continue` of something around it. */
export function jumpsOut(root: ts.Node): boolean {
  return ownNodes(root).some((node) => {
    if (ts.isReturnStatement(node)) return true;
    if (!ts.isBreakOrContinueStatement(node)) return false;
    const target = jumpTarget(node);
    return target === undefined || !contains(root, target);
  });
}

/** The loop, switch or labelled statement that a `break` or `continue` is of. */
export function jumpTarget(jump: ts.BreakOrContinueStatement): ts.Node | undefined {
  return ts.findAncestor(jump.parent, (node): boolean | 'quit' => {
    if (ts.isFunctionLike(node)) return 'quit';
    if (jump.label !== undefined) return ts.isLabeledStatement(node) && node.label.text === jump.label.text;
    return ts.isIterationStatement(node, false) || (ts.isBreakStatement(jump) && ts.isSwitchStatement(node));
  });
}

export function contains(outer: ts.Node, inner: ts.Node): boolean {
  return inner.getSourceFile() === outer.getSourceFile() && outer.pos <= inner.pos && inner.end <= outer.end;
}

/** Whether a name that is declared in the code is used outside of it. */
export function isUsedOutside(parsed: Parsed, roots: readonly ts.Node[]): boolean {
  return roots.some((root) =>
    nodesIn(root).some(
      (node) =>
        ts.isIdentifier(node) &&
        isDeclaredName(node) &&
        parsed.usesOf(node).some((use) => !roots.some((each) => contains(each, use))),
    ),
  );
}

export function isDeclaredName(name: ts.Identifier): boolean {
  const { parent } = name;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isClassDeclaration(parent)) &&
    parent.name === name
  );
}

/** Whether statements stand side by side around it, so that another may be put before it. */
export function isInList(statement: ts.Node): boolean {
  const { parent } = statement;
  return ts.isSourceFile(parent) || ts.isBlock(parent);
}

export function functionAround(node: ts.Node): ts.SignatureDeclaration | undefined {
  return ts.findAncestor(node.parent, ts.isFunctionLike);
}

export function isAsync(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  );
}

export function isExported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** Whether the statement may begin with a bracket: without a semicolon before it, it would go on with the one before. */
export function mayBeginWithBracket(statement: ts.Node): boolean {
  const file = statement.getSourceFile();
  const text = file.text.slice(0, statement.getStart(file)).replace(/(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)+$/u, '');
  return (
    text === '' || text.endsWith(';') || text.endsWith('{') || (text.endsWith('}') && !endsAnExpression(statement))
  );
}

function endsAnExpression(statement: ts.Node): boolean {
  const { parent } = statement;
  if (!ts.isSourceFile(parent) && !ts.isBlock(parent)) return true;
  const before = parent.statements[parent.statements.findIndex((each) => each === statement) - 1];
  return (
    before !== undefined &&
    (ts.isVariableStatement(before) ||
      ts.isExpressionStatement(before) ||
      ts.isReturnStatement(before) ||
      ts.isExportAssignment(before))
  );
}

/** The statement that a node begins, where it is its first token. */
export function statementBegunBy(node: ts.Node): ts.Statement | undefined {
  const statement = ts.findAncestor(node, ts.isStatement);
  return statement?.getStart() === node.getStart() ? statement : undefined;
}

export function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? bare(node.expression) : node;
}

/** Whether evaluating it does nothing and always gives the same, wherever it stands. */
export function isSteady(node: ts.Expression): boolean {
  const inner = bare(node);
  return (
    ts.isStringLiteralLike(inner) ||
    ts.isNumericLiteral(inner) ||
    ts.isBigIntLiteral(inner) ||
    inner.kind === ts.SyntaxKind.TrueKeyword ||
    inner.kind === ts.SyntaxKind.FalseKeyword ||
    inner.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isPrefixUnaryExpression(inner) && ts.isNumericLiteral(inner.operand))
  );
}

/** An import of a package, a required package or a global: a name whose value never changes. */
export function isFixedName(parsed: Parsed, node: ts.Expression): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const declaration = parsed.usesOf(node)[0];
  return declaration !== undefined && isImported(declaration);
}

function isImported(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return true;
  const declaration = ts.isBindingElement(parent) ? parent.parent.parent : parent;
  return (
    ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && isRequire(declaration.initializer)
  );
}

export function isRequire(node: ts.Node): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require';
}
