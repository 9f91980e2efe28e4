import { ts } from 'ts-morph';

import { surround } from '../edits.ts';
import { nodesOf } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Place } from '../program.ts';
import { inTypeScript, rewriting } from '../rewriting.ts';
import { isRequire, mayBeginWithBracket, statementBegunBy } from '../shape.ts';

/** Brackets and assertions around operands: what they mean is what is in them. */
export const operands = [
  rewriting('operands', 'parentheses around what is awaited', ({ parsed }) =>
    nodesOf(parsed, ts.isAwaitExpression).map(({ expression }) => around(expression, '(', ')')),
  ),
  rewriting('operands', 'parentheses around arguments', ({ parsed }) =>
    plainArguments(parsed).map((argument) => around(argument, '(', ')')),
  ),
  rewriting('operands', 'parentheses around the receiver', ({ parsed }) =>
    receivers(parsed).map((receiver) => around(receiver, '(', ')')),
  ),
  rewriting('operands', 'parentheses around the callee', ({ parsed }) =>
    callees(parsed).map((callee) => around(callee, '(', ')')),
  ),
  rewriting('operands', 'parentheses around values', ({ parsed }) => [
    ...nodesOf(parsed, ts.isVariableDeclaration).flatMap(({ initializer }) =>
      initializer === undefined || isRequire(initializer) ? [] : [around(initializer, '(', ')')],
    ),
    ...nodesOf(parsed, ts.isPropertyAssignment).map(({ initializer }) => around(initializer, '(', ')')),
    ...nodesOf(parsed, ts.isReturnStatement).flatMap(({ expression }) =>
      expression === undefined ? [] : [around(expression, '(', ')')],
    ),
    ...nodesOf(parsed, isAssignment).map(({ right }) => around(right, '(', ')')),
  ]),
  rewriting('operands', 'parentheses around conditions', ({ parsed }) => [
    ...nodesOf(parsed, ts.isIfStatement).map(({ expression }) => around(expression, '(', ')')),
    ...nodesOf(parsed, ts.isWhileStatement).map(({ expression }) => around(expression, '(', ')')),
    ...nodesOf(parsed, ts.isPrefixUnaryExpression).flatMap(({ operator, operand }) =>
      operator === ts.SyntaxKind.ExclamationToken ? [around(operand, '(', ')')] : [],
    ),
  ]),
  rewriting('operands', 'parentheses around the whole statement', ({ parsed }) =>
    nodesOf(parsed, ts.isExpressionStatement)
      .filter((statement) => !ts.isStringLiteral(statement.expression) && mayBeginWithBracket(statement))
      .map(({ expression }) => around(expression, '(', ')')),
  ),
  inTypeScript('types', 'as any around arguments', ({ parsed }) =>
    plainArguments(parsed).map((argument) => around(argument, '((', ') as any)')),
  ),
  inTypeScript('types', 'as any around the receiver', ({ parsed }) =>
    receivers(parsed).map((receiver) => around(receiver, '(', ' as any)')),
  ),
  inTypeScript('types', 'as around what is awaited', ({ parsed }) =>
    nodesOf(parsed, ts.isAwaitExpression).map(({ expression }) => around(expression, '((', ') as Promise<any>)')),
  ),
  inTypeScript('types', 'an exclamation mark behind the receiver', ({ parsed }) =>
    receivers(parsed).map((receiver) => around(receiver, '', '!')),
  ),
  inTypeScript('types', 'satisfies behind object literals', ({ parsed }) =>
    nodesOf(parsed, ts.isObjectLiteralExpression)
      .filter((literal) => isValue(literal))
      .map((literal) => around(literal, '(', ' satisfies object)')),
  ),
];

function around(node: ts.Node, before: string, after: string): Place {
  return { edits: surround(node, before, after) };
}

export function isCallLike(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

/** The arguments of calls that are no spread, but for the names of modules. */
function plainArguments(parsed: Parsed): readonly ts.Expression[] {
  return nodesOf(parsed, isCallLike)
    .filter((call) => !isRequire(call) && call.expression.kind !== ts.SyntaxKind.ImportKeyword)
    .flatMap((call) => [...(call.arguments ?? [])].filter((argument) => !ts.isSpreadElement(argument)));
}

/** What a method is called on: a plain name. */
function receivers(parsed: Parsed): readonly ts.Expression[] {
  return callees(parsed).flatMap((callee) =>
    ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) ? [callee.expression] : [],
  );
}

/** The callees that brackets may stand around: an optional chain would end there. */
function callees(parsed: Parsed): readonly ts.Expression[] {
  return nodesOf(parsed, ts.isCallExpression)
    .filter((call) => !isRequire(call) && !ts.isOptionalChain(call) && !ts.isOptionalChain(call.expression))
    .map(({ expression }) => expression)
    .filter((callee) => ts.isIdentifier(callee) || ts.isPropertyAccessExpression(callee))
    .filter((callee) => !ts.isPropertyAccessExpression(callee) || callee.expression.kind !== ts.SyntaxKind.SuperKeyword)
    .filter((callee) => {
      const statement = statementBegunBy(callee);
      return statement === undefined || mayBeginWithBracket(statement);
    });
}

export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** Whether an object literal is a value, and not the target of a destructuring assignment. */
export function isValue(literal: ts.ObjectLiteralExpression): boolean {
  let node: ts.Node = literal;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    ts.isPropertyAssignment(node.parent) ||
    ts.isObjectLiteralExpression(node.parent) ||
    ts.isArrayLiteralExpression(node.parent)
  )
    node = node.parent;
  const { parent } = node;
  if (isAssignment(parent)) return parent.left !== node;
  return !((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node);
}
