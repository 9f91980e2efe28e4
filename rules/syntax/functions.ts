import { ts } from 'ts-morph';

import { thrownAt } from './fault-places.ts';

/** A function that has a body. */
export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

/** What runs as one piece: a function, or a module's top level. */
export type Unit = FunctionNode | ts.SourceFile;

/** Asked of every node there is, many times: by its kind alone. */
export function isFunctionNode(node: ts.Node): node is FunctionNode {
  switch (node.kind) {
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.Constructor:
    case ts.SyntaxKind.GetAccessor:
    case ts.SyntaxKind.SetAccessor:
      return true;
    default:
      return false;
  }
}

/** The function or module whose run executes this node. A parameter's default belongs to its function. */
export function unitOf(node: ts.Node): Unit {
  let current = node.parent;
  while (!ts.isSourceFile(current)) {
    if (isFunctionNode(current)) return current;
    current = current.parent;
  }
  return current;
}

/** The innermost function around a node; `undefined` at a module's top level. */
export function functionAround(node: ts.Node): FunctionNode | undefined {
  const unit = unitOf(node);
  return ts.isSourceFile(unit) ? undefined : unit;
}

export function isAsync(fn: FunctionNode): boolean {
  return (ts.getCombinedModifierFlags(fn) & ts.ModifierFlags.Async) !== 0;
}

/** Whether `inner` lies in `outer`, or is it. */
export function isWithin(inner: ts.Node, outer: ts.Node): boolean {
  return inner.getSourceFile() === outer.getSourceFile() && inner.pos >= outer.pos && inner.end <= outer.end;
}

/** Visits every node below `root`, `root` first; a visit that answers `false` leaves the children out. */
export function visit(root: ts.Node, visitor: (node: ts.Node) => boolean | void): void {
  try {
    if (visitor(root) === false) return;
  } catch (error) {
    throw thrownAt(root, error);
  }
  ts.forEachChild(root, (child) => visit(child, visitor));
}

/** Visits what runs with `unit` itself: nested functions are given to the visitor, but not entered. */
export function visitUnit(unit: ts.Node, visitor: (node: ts.Node) => boolean | void): void {
  ts.forEachChild(unit, (child) => {
    visit(child, (node) => {
      if (visitor(node) === false) return false;
      return !isFunctionNode(node);
    });
  });
}

/** What a class extends. */
export function baseOf(declaration: ts.ClassLikeDeclaration): ts.Expression | undefined {
  const clause = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression;
}
