import { ts } from 'ts-morph';

import { isAsync, isFunctionNode, unitOf } from '../../syntax/functions.ts';
import { bare, isAccess, memberNameOf, methodOf, outermost } from '../../syntax/operands.ts';
import type { FunctionNode, Unit } from '../../syntax/functions.ts';

/**
 * How a function that is written into a call runs as part of the code around it.
 * `called`: right there. `then`, `catch`, `finally`: in the course of a chain that is waited for. `looped`: once for each item.
 */
export type Inlining = 'called' | 'then' | 'catch' | 'finally' | 'looped';

/** How a function runs in the unit that it is written in; `undefined` where it is a value that is called elsewhere or later. */
export function inliningOf(fn: FunctionNode): Inlining | undefined {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  if (fn.asteriskToken !== undefined) return undefined;
  const value = outermost(fn);
  const call = value.parent;
  if (!ts.isCallExpression(call)) return undefined;
  if (call.expression === value) return !isAsync(fn) || isWaitedFor(call) ? 'called' : undefined;
  const name = methodOf(call)?.name;
  if (name === undefined) return undefined;
  const isFirst = call.arguments[0] === value;
  if (name === 'then' && call.arguments[1] === value) return isWaitedFor(call) ? 'catch' : undefined;
  if (!isFirst) return undefined;
  if (name === 'then' || name === 'catch' || name === 'finally') return isWaitedFor(call) ? name : undefined;
  return ITERATING.has(name) && (!isAsync(fn) || isInAwait(call)) ? 'looped' : undefined;
}

/** The unit in whose graph a node stands: its own, or the one around it that its function runs as part of. */
export function flowUnitOf(node: ts.Node): Unit {
  let unit = unitOf(node);
  while (isFunctionNode(unit) && inliningOf(unit) !== undefined) unit = unitOf(unit);
  return unit;
}

/** The methods of arrays that call back at once, for one item after the other. */
export const ITERATING: ReadonlySet<string> = new Set([
  'forEach',
  'map',
  'flatMap',
  'filter',
  'find',
  'findLast',
  'findIndex',
  'findLastIndex',
  'some',
  'every',
  'reduce',
  'reduceRight',
]);

/** The methods of arrays that may leave the last items out. */
export const STOPPING_EARLY: ReadonlySet<string> = new Set([
  'find',
  'findLast',
  'findIndex',
  'findLastIndex',
  'some',
  'every',
]);

/** Whether the code goes on only when a promise is settled: it is awaited or returned, itself or at the end of its chain. */
export function isWaitedFor(promise: ts.Expression): boolean {
  const whole = outermost(promise);
  const { parent } = whole;
  if (ts.isAwaitExpression(parent) || ts.isReturnStatement(parent)) return true;
  if (ts.isArrowFunction(parent)) return parent.body === whole;
  if (!isAccess(parent) || parent.expression !== whole) return false;
  const call = outermost(parent).parent;
  if (!ts.isCallExpression(call) || bare(call.expression) !== parent) return false;
  return ['then', 'catch', 'finally'].includes(memberNameOf(parent) ?? '') && isWaitedFor(call);
}

/** `await Promise.all(items.map(async (item) => …))` */
function isInAwait(call: ts.Expression): boolean {
  for (let node: ts.Node = call; ts.isExpression(node) && !isFunctionNode(node); node = node.parent) {
    if (ts.isAwaitExpression(node)) return true;
  }
  return false;
}
