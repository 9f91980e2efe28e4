import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { numberOf, numbersGiven } from '../../flow/constant-numbers.ts';
import type { GivenNumbers } from '../../flow/constant-numbers.ts';
import { LIMITS } from '../../flow/limits.ts';
import { isSleepName } from '../../sdk/words.ts';
import { visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';

/**
 * How long an expression that is awaited only waits, in milliseconds, where the code says how long: `sleep(5000)`, `setTimeout(5000)`
 * of Node's timers/promises, `new Promise((done) => setTimeout(done, 5000))`, or a function of the project that does no more.
 *
 * @param given for the parameters of the function that it stands in
 */
export function literalSleep(
  code: Code,
  expression: ts.Expression,
  given?: GivenNumbers,
  depth = 0,
): number | undefined {
  const value = awaited(expression);
  if (ts.isNewExpression(value)) return isPromise(value) ? timeoutIn(code, value, given) : undefined;
  if (!ts.isCallExpression(value) || depth > LIMITS.calls) return undefined;
  const [fn, ...others] = code.calledFunctions(value);
  if (fn === undefined) return isSleep(code, value) ? numberAt(code, value, 0, given) : undefined;
  return others.length === 0 ? waitOfAll(code, fn, numbersGiven(code, fn, value, given), depth + 1) : undefined;
}

/** The waits of a function that does nothing else. */
function waitOfAll(code: Code, { body }: FunctionNode, given: GivenNumbers, depth: number): number | undefined {
  if (body === undefined) return undefined;
  if (!ts.isBlock(body)) return literalSleep(code, body, given, depth);
  const steps = body.statements.filter((statement) => !ts.isVariableStatement(statement));
  const waits = steps.map((step) => {
    const isStep =
      ts.isReturnStatement(step) || (ts.isExpressionStatement(step) && ts.isAwaitExpression(step.expression));
    return isStep && step.expression !== undefined ? literalSleep(code, step.expression, given, depth) : undefined;
  });
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === steps.length && known.length > 0 ? known.reduce((sum, wait) => sum + wait, 0) : undefined;
}

function isPromise({ expression }: ts.NewExpression): boolean {
  return ts.isIdentifier(expression) && expression.text === 'Promise';
}

function timeoutIn(code: Code, node: ts.Node, given: GivenNumbers | undefined): number | undefined {
  let found: number | undefined;
  visit(node, (each) => {
    if (ts.isCallExpression(each) && isTimeout(each.expression)) found ??= numberAt(code, each, 1, given);
  });
  return found;
}

function isTimeout(callee: ts.Node): boolean {
  return ts.isIdentifier(callee) && callee.text === 'setTimeout';
}

/** A wait of the SDK or of Node; else one that is not known but by its name. */
function isSleep(code: Code, call: ts.CallExpression): boolean {
  const { expression } = call;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  return (
    code.roleOf(call, 'sleep') !== undefined ||
    (ts.isIdentifier(name) && isSleepName(name.text)) ||
    code.valuesOf(expression).some(isPromisedTimeout)
  );
}

/** `promisify(setTimeout)` */
function isPromisedTimeout(value: ts.Node): boolean {
  if (!ts.isCallExpression(value)) return false;
  const [timeout] = value.arguments;
  return timeout !== undefined && isTimeout(timeout) && /(?:^|\.)promisify$/u.test(value.expression.getText());
}

function numberAt(code: Code, call: ts.CallExpression, at: number, given?: GivenNumbers): number | undefined {
  const argument = call.arguments[at];
  return argument && numberOf(code, argument, given);
}
