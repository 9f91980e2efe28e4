import { ts } from 'ts-morph';

import { argumentAt } from '../../flow/arguments.ts';
import { calledExpression, calledGlobal, callForm } from '../../flow/call-forms.ts';
import type { Code } from '../../flow/code.ts';
import { numberOf, numbersGiven } from '../../flow/constant-numbers.ts';
import type { GivenNumbers } from '../../flow/constant-numbers.ts';
import { globalNameOf } from '../../flow/globals.ts';
import { LIMITS } from '../../flow/limits.ts';
import { waitsFor } from '../../flow/promises/waits.ts';
import { isSleepName } from '../../sdk/words.ts';
import { isCall } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { awaited, bare, isAccess, memberNameOf } from '../../syntax/operands.ts';

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
  if (depth > LIMITS.calls || !isCall(value)) return undefined;
  if (ts.isNewExpression(value))
    return globalNameOf(code, value.expression) === 'Promise' ? timeoutIn(code, value, given) : undefined;
  const [fn, ...others] = code.calledFunctions(value);
  if (fn === undefined) return isSleep(code, value) ? numberAt(code, value, 0, given) : undefined;
  return others.length === 0 ? waitOfAll(code, fn, numbersGiven(code, fn, value, given), depth + 1) : undefined;
}

/** The waits of a function that does nothing else. */
function waitOfAll(code: Code, { body }: FunctionNode, given: GivenNumbers, depth: number): number | undefined {
  const waits: (number | undefined)[] = [];
  if (body !== undefined)
    visit(body, (node) => {
      if (isChoice(node)) waits.push(undefined);
      if (!isCall(node)) return true;
      const wait = literalSleep(code, node, given, depth);
      waits.push(ts.isBlock(body) && waitsFor(code, node).length === 0 ? undefined : wait);
      return false;
    });
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === waits.length && known.length > 0 ? known.reduce((sum, wait) => sum + wait, 0) : undefined;
}

function isChoice(node: ts.Node): boolean {
  return (
    ts.isIfStatement(node) ||
    ts.isConditionalExpression(node) ||
    ts.isSwitchStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isIterationStatement(node, false)
  );
}

function timeoutIn(code: Code, node: ts.Node, given: GivenNumbers | undefined): number | undefined {
  let found: number | undefined;
  visit(node, (each) => {
    if (isCall(each) && isTimeout(calledGlobal(code, each))) found ??= numberAt(code, each, 1, given);
  });
  return found;
}

/** A wait of the SDK or of Node; else one that is not known but by its name. */
function isSleep(code: Code, call: Call): boolean {
  if (code.roleOf(call, 'sleep') !== undefined || WAITS.has(calledGlobal(code, call) ?? '')) return true;
  const callee = bare(callForm(code, call).callee);
  const name = ts.isIdentifier(callee) ? callee.text : isAccess(callee) ? memberNameOf(callee) : undefined;
  const isNamed = name !== undefined && isSleepName(name);
  return isNamed || code.valuesOf(calledExpression(code, call)).some((value) => isPromisedTimeout(code, value));
}

const WAITS: ReadonlySet<string> = new Set([
  'timers/promises.setTimeout',
  'timers/promises.scheduler.wait',
  'timers.promises.setTimeout',
]);

/** `promisify(setTimeout)` */
function isPromisedTimeout(code: Code, value: ts.Node): boolean {
  if (!isCall(value) || calledGlobal(code, value) !== 'util.promisify') return false;
  const timeout = argumentAt(code, value, { index: 0 });
  return timeout !== undefined && isTimeout(globalNameOf(code, timeout));
}

/** `setTimeout`, `window.setTimeout`, the one of `node:timers` */
function isTimeout(name: string | undefined): boolean {
  return name?.split('.').at(-1) === 'setTimeout';
}

function numberAt(code: Code, call: Call, index: number, given?: GivenNumbers): number | undefined {
  const argument = argumentAt(code, call, { index });
  return argument && numberOf(code, argument, given);
}
