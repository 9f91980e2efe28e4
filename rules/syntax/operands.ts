import { ts } from 'ts-morph';

import { constantTextOf } from './constant-texts.ts';

/** An expression that only has the value of the one in it. */
export type Wrapper =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.TypeAssertion
  | ts.NonNullExpression
  | ts.ExpressionWithTypeArguments;

/** Parentheses, type assertions, `!` and type arguments. */
export function isWrapper(node: ts.Node): node is Wrapper {
  switch (node.kind) {
    case ts.SyntaxKind.ParenthesizedExpression:
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.SatisfiesExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
    case ts.SyntaxKind.NonNullExpression:
    case ts.SyntaxKind.ExpressionWithTypeArguments:
      return true;
    default:
      return false;
  }
}

/** An expression without what is only wrapped around it; of `(0, save)`, which drops the receiver of a call, `save`. */
export function bare(expression: ts.Expression): ts.Expression {
  let current = expression;
  for (;;) {
    if (isWrapper(current)) current = current.expression;
    else if (isCommaWithConstant(current)) current = current.right;
    else return current;
  }
}

/** As `bare`, and `await` taken off too. */
export function awaited(expression: ts.Expression): ts.Expression {
  const inner = bare(expression);
  return ts.isAwaitExpression(inner) ? awaited(inner.expression) : inner;
}

/** The outermost expression around a node that only has its value: the reverse of `bare`. */
export function outermost(node: ts.Expression): ts.Expression;
export function outermost(node: ts.Node): ts.Node;
export function outermost(node: ts.Node): ts.Node {
  let current = node;
  while (isWrapper(current.parent) || (isCommaWithConstant(current.parent) && current.parent.right === current)) {
    current = current.parent;
  }
  return current;
}

/** As `outermost`, and `await` around it too: the reverse of `awaited`. */
export function outermostAwaited(node: ts.Expression): ts.Expression;
export function outermostAwaited(node: ts.Node): ts.Node;
export function outermostAwaited(node: ts.Node): ts.Node {
  const outer = outermost(node);
  return ts.isAwaitExpression(outer.parent) ? outermostAwaited(outer.parent) : outer;
}

function isCommaWithConstant(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.CommaToken &&
    ts.isLiteralExpression(bare(node.left))
  );
}

/** What a name says: plain, private, quoted, or computed from a literal or a constant of the file. `undefined` for one that is made at run time. */
export function propertyNameOf(name: ts.PropertyName | ts.BindingName | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isComputedPropertyName(name)) return literalText(name.expression);
  if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) return undefined;
  return name.text;
}

function literalText(expression: ts.Expression): string | undefined {
  const literal = bare(expression);
  if (ts.isIdentifier(literal)) return constantTextOf(literal);
  return ts.isStringLiteralLike(literal) || ts.isNumericLiteral(literal) ? literal.text : undefined;
}

/** The property that a part of an object pattern takes; `undefined` where it is made at run time. */
export function takenName({ propertyName, name }: ts.BindingElement): string | undefined {
  return propertyNameOf(propertyName ?? name);
}

/** `state.page`, `state['page']`, `state?.page` */
export type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

export function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** The member that an access names, however it is written; `undefined` where the name is made at run time. */
export function memberNameOf(access: Access): string | undefined {
  return ts.isPropertyAccessExpression(access) ? access.name.text : literalText(access.argumentExpression);
}

/** A method by its name, and what it is called on: `list` and `push` of `list.push(row)`, `list?.['push'](row)`. */
export interface MethodCall {
  readonly object: ts.Expression;
  readonly name: string;
  readonly access: Access;
}

/** The method that a call names; `undefined` for a call of anything else. */
export function methodOf(call: ts.CallExpression | ts.NewExpression): MethodCall | undefined {
  const access = bare(call.expression);
  const name = isAccess(access) ? memberNameOf(access) : undefined;
  return isAccess(access) && name !== undefined ? { object: bare(access.expression), name, access } : undefined;
}

/** The access that a name ends: `state.page` of its `page`; the name itself where it stands alone. */
export function accessBy(name: ts.Node): ts.Node {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === name ? parent : name;
  return ts.isElementAccessExpression(parent) && parent.argumentExpression === name && ts.isStringLiteralLike(name)
    ? parent
    : name;
}

/** The outermost property or element of what a place holds: `state.pages[url]` of `state`. */
export function outermostAccess(place: ts.Node): ts.Node {
  const outer = outermost(place);
  const { parent } = outer;
  return isAccess(parent) && parent.expression === outer ? outermostAccess(parent) : place;
}

/** What a place is in: `state` of `state.pages[url]`. */
export function rootOf(place: ts.Expression): ts.Expression {
  const inner = bare(place);
  return isAccess(inner) ? rootOf(inner.expression) : inner;
}
