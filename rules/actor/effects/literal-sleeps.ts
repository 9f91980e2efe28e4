import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { visit } from '../../syntax/functions.ts';
import { bare } from '../../syntax/operands.ts';
import { isSleepName } from '../../sdk/words.ts';

/**
 * How long an expression that is awaited only waits, in milliseconds, where the code says it as a number: `sleep(5000)`,
 * `setTimeout(5000)` of Node's timers/promises, `new Promise((done) => setTimeout(done, 5000))`.
 */
export function literalSleep(code: Code, awaited: ts.Expression): number | undefined {
  const value = bare(awaited);
  if (ts.isNewExpression(value)) return isPromise(value) ? timeoutIn(value) : undefined;
  if (!ts.isCallExpression(value)) return undefined;
  return code.roleOf(value, 'sleep') !== undefined || isSleepByName(value) ? literal(value.arguments[0]) : undefined;
}

function isPromise({ expression }: ts.NewExpression): boolean {
  return ts.isIdentifier(expression) && expression.text === 'Promise';
}

function timeoutIn(node: ts.Node): number | undefined {
  let found: number | undefined;
  visit(node, (each) => {
    if (ts.isCallExpression(each) && ts.isIdentifier(each.expression) && each.expression.text === 'setTimeout')
      found ??= literal(each.arguments[1]);
  });
  return found;
}

function isSleepByName({ expression }: ts.CallExpression): boolean {
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  return ts.isIdentifier(name) && isSleepName(name.text);
}

function literal(node: ts.Expression | undefined): number | undefined {
  if (node === undefined) return undefined;
  const value = bare(node);
  if (ts.isNumericLiteral(value)) return Number(value.text);
  if (!ts.isBinaryExpression(value) || value.operatorToken.kind !== ts.SyntaxKind.AsteriskToken) return undefined;
  const [left, right] = [literal(value.left), literal(value.right)];
  return left === undefined || right === undefined ? undefined : left * right;
}
