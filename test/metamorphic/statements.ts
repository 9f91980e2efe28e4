import { ts } from 'ts-morph';

import { nodesOf } from './parsed.ts';
import type { Parsed } from './parsed.ts';
import { bare, isFixedName, isInList, isRequire } from './shape.ts';

/** A call that is the first thing its statement does: what is put before the statement is done just before the call. */
export interface LeadingCall {
  readonly statement: ts.Statement;
  readonly call: ts.CallExpression | ts.NewExpression;
}

/** The calls that their statement begins with, where another statement may be put before it. */
export function leadingCalls(parsed: Parsed): readonly LeadingCall[] {
  return nodesOf(parsed, ts.isStatement).flatMap((statement) => {
    if (!isInList(statement)) return [];
    const call = callIn(firstEvaluated(statement));
    return call !== undefined && !isRequire(call) && isPlainCallee(parsed, call.expression)
      ? [{ statement, call }]
      : [];
  });
}

function firstEvaluated(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isReturnStatement(statement)) return statement.expression;
  if (ts.isVariableStatement(statement)) {
    const [declaration] = statement.declarationList.declarations;
    return declaration?.initializer;
  }
  if (!ts.isExpressionStatement(statement)) return undefined;
  const expression = bare(statement.expression);
  const isSet = ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isSet && ts.isIdentifier(expression.left) ? expression.right : expression;
}

function callIn(node: ts.Expression | undefined): ts.CallExpression | ts.NewExpression | undefined {
  if (node === undefined) return undefined;
  const inner = bare(node);
  if (ts.isAwaitExpression(inner)) return callIn(inner.expression);
  if (ts.isVoidExpression(inner)) return callIn(inner.expression);
  const isCall = ts.isCallExpression(inner) || ts.isNewExpression(inner);
  return isCall && !ts.isOptionalChain(inner) && inner.expression.kind !== ts.SyntaxKind.ImportKeyword
    ? inner
    : undefined;
}

/** Whether finding the function does nothing that its arguments could see or change: `f`, `Actor.f`, `Apify.events.on`. */
function isPlainCallee(parsed: Parsed, callee: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(callee)) return isPlainCallee(parsed, callee.expression);
  return isFixedName(parsed, callee) || (ts.isIdentifier(callee) && isNeverAssigned(parsed, callee));
}

/** Whether a name has the value of its declaration for good; a global counts as one that does. */
export function isNeverAssigned(parsed: Parsed, name: ts.Identifier): boolean {
  return parsed.usesOf(name).every((use) => {
    const { parent } = use;
    const isTarget =
      (ts.isBinaryExpression(parent) &&
        parent.left === use &&
        parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
        parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment) ||
      ts.isPostfixUnaryExpression(parent) ||
      (ts.isPrefixUnaryExpression(parent) &&
        (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken)) ||
      isInPattern(use);
    return !isTarget;
  });
}

/** Whether it is (or may be) set by a destructuring assignment or by the head of a loop. */
export function isInPattern(use: ts.Node): boolean {
  for (let node: ts.Node = use; ; node = node.parent) {
    const { parent } = node;
    if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node) return true;
    if (
      ts.isBinaryExpression(parent) &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      parent.left === node
    )
      return ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
    const goesOn =
      ts.isPropertyAssignment(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isSpreadElement(parent) ||
      ts.isSpreadAssignment(parent) ||
      ts.isObjectLiteralExpression(parent) ||
      ts.isArrayLiteralExpression(parent) ||
      ts.isParenthesizedExpression(parent);
    if (!goesOn) return false;
  }
}

/** The statement around a node that stands in a list with others, with no function in between. */
export function statementInList(node: ts.Node): ts.Statement | undefined {
  const found = ts.findAncestor(node, (each): boolean | 'quit' => {
    if (ts.isFunctionLike(each)) return 'quit';
    return ts.isStatement(each) && isInList(each);
  });
  return found !== undefined && ts.isStatement(found) ? found : undefined;
}
