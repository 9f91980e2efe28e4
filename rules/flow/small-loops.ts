import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { limitsRounds } from './round-limits.ts';
import { awaited } from '../syntax/operands.ts';
import { speaksOfAttempts } from '../sdk/words.ts';

/** As many rounds as a retry or a handful of constants has: work that is soon done again. */
const SMALL = 20;

/** Whether a loop goes round a few times only: over a list that stands in the code, or up to a small number. */
export function isSmallBound(code: Code, loop: ts.IterationStatement): boolean {
  if (ts.isForOfStatement(loop)) return isSmallList(code, loop.expression);
  const condition = conditionOf(loop);
  return (
    condition !== undefined &&
    conjuncts(condition).some((each) => comparesToSmall(code, each) && !mayGoOn(code, each, loop))
  );
}

/** Whether what a condition counts leaves the rounds open: attempts that fail, beside a position that moves on. */
function mayGoOn(code: Code, condition: ts.Expression, loop: ts.IterationStatement): boolean {
  return ts.isBinaryExpression(condition) && !limitsRounds(code, condition.left, loop);
}

function conditionOf(loop: ts.IterationStatement): ts.Expression | undefined {
  if (ts.isForStatement(loop)) return loop.condition;
  return ts.isWhileStatement(loop) || ts.isDoStatement(loop) ? loop.expression : undefined;
}

function isSmallList(code: Code, expression: ts.Expression): boolean {
  const values = code.valuesOf(expression);
  return (
    values.length > 0 &&
    !grows(code, expression) &&
    values.every((value) => ts.isArrayLiteralExpression(value) && isWritten(value) && value.elements.length <= SMALL)
  );
}

/** A list that starts with what the code says, such as a first address, and gets more. */
function grows(code: Code, list: ts.Expression): boolean {
  const symbol = ts.isIdentifier(list) ? code.symbolOf(list) : undefined;
  return (symbol === undefined ? [] : code.referencesOf(symbol)).some(
    ({ parent }) => ts.isPropertyAccessExpression(parent) && /^(?:push|unshift|splice)$/u.test(parent.name.text),
  );
}

/** A list that is all there in the code: constants, no spread; an empty one is filled elsewhere. */
function isWritten(list: ts.ArrayLiteralExpression): boolean {
  return list.elements.length > 0 && list.elements.every((element) => !ts.isSpreadElement(element));
}

/** Any part of an `&&` ends the loop. */
function conjuncts(condition: ts.Expression): readonly ts.Expression[] {
  const whole = awaited(condition);
  return ts.isBinaryExpression(whole) && whole.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
    ? [...conjuncts(whole.left), ...conjuncts(whole.right)]
    : [whole];
}

function comparesToSmall(code: Code, condition: ts.Expression): boolean {
  if (!ts.isBinaryExpression(condition)) return isCountdown(code, condition);
  switch (condition.operatorToken.kind) {
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
      return isSmallNumber(code, condition.right) || namesRetry(condition.right);
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return isSmallStart(code, condition.left) && isSmallNumber(code, condition.right);
    default:
      return false;
  }
}

/** `while (tries--)` */
function isCountdown(code: Code, condition: ts.Expression): boolean {
  return (
    ts.isPostfixUnaryExpression(condition) &&
    condition.operator === ts.SyntaxKind.MinusMinusToken &&
    isSmallStart(code, condition.operand)
  );
}

function isSmallStart(code: Code, expression: ts.Expression): boolean {
  return code.valuesOf(expression).every((value) => ts.isNumericLiteral(value) && Number(value.text) <= SMALL);
}

/** Whether a value is a number in the code that is as small as that. */
export function isSmallNumber(code: Code, expression: ts.Expression): boolean {
  const values = code.valuesOf(expression);
  return values.length > 0 && values.every((value) => ts.isNumericLiteral(value) && Number(value.text) <= SMALL);
}

/** A limit of attempts is small by what it is, though it may come from the input. */
function namesRetry(limit: ts.Expression): boolean {
  return speaksOfAttempts(limit.getText());
}
