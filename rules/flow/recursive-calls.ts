import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import type { Call } from '../syntax/file-index.ts';
import { functionAround, isFunctionNode, isWithin, visit } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { methodOf, outermost } from '../syntax/operands.ts';
import type { CallGraph } from './call-graph.ts';

/** A call that writes something. */
interface Write {
  readonly call: Call;
}

/** The calls by which a function that calls itself goes on. A call where something has failed only tries again. */
export function recursiveCallsOf(fn: FunctionNode, code: Code): readonly Call[] {
  return code.callersOf(fn).filter((call) => isWithin(call, fn) && !isInCatch(call, fn));
}

function isInCatch(call: Call, fn: FunctionNode): boolean {
  for (let node: ts.Node = call; node !== fn; node = node.parent) {
    if (ts.isCatchClause(node)) return true;
    const given = isFunctionNode(node) ? outermost(node).parent : undefined;
    if (given !== undefined && ts.isCallExpression(given) && methodOf(given)?.name === 'catch') return true;
  }
  return false;
}

/** The next rounds to which a function comes once it has written. */
export function roundsBehindWrites(
  fn: FunctionNode,
  saves: readonly Write[],
  code: Code,
  reach: CallGraph,
): readonly Call[] {
  const writers = writersIn(fn, saves, code, reach);
  return recursiveCallsOf(fn, code).filter((round) => writers.some((writer) => comesTo(round, writer)));
}

/** Whether a function calls itself only where it does not write: what failed is tried again, and is soon over. */
export function isSecondTry(fn: FunctionNode, saves: readonly Write[], code: Code, reach: CallGraph): boolean {
  const writers = writersIn(fn, saves, code, reach);
  return recursiveCallsOf(fn, code).every((round) =>
    writers.every((writer) => !comesTo(round, writer) && !comesTo(writer, round)),
  );
}

/** The calls in a function's text by which it writes: the writes themselves, and calls of functions that lead to them. */
function writersIn(fn: FunctionNode, saves: readonly Write[], code: Code, reach: CallGraph): readonly Call[] {
  const writes = new Set(saves.map(({ call }) => call));
  const units = new Set(saves.map(({ call }) => functionAround(call)));
  const leads = (call: Call): boolean => {
    const called = code.calledFunctions(call).filter((each) => each !== fn);
    return [...called, ...reach.from(called)].some((each) => isFunctionNode(each) && units.has(each));
  };
  const found: Call[] = [];
  visit(fn, (node) => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && (writes.has(node) || leads(node))) found.push(node);
  });
  return found;
}

/** Whether the code can come from one call of a function to another that stands behind it: by no other branch, past no jump. */
function comesTo(next: Call, from: Call): boolean {
  if (from.end > next.pos) return false;
  let leaves = false;
  for (let node: ts.Node = from; ; node = node.parent) {
    const { parent } = node;
    if (isWithin(next, parent)) return !leaves && !isBranch(node, parent);
    // What ends a callback does not end the function that it stands in.
    leaves = !isFunctionNode(parent) && (leaves || isLast(parent));
  }
}

function isBranch(node: ts.Node, parent: ts.Node): boolean {
  if (ts.isIfStatement(parent)) return parent.expression !== node;
  return ts.isConditionalExpression(parent) && parent.condition !== node;
}

/** Nothing of the function comes behind it, or only what comes after an error. */
function isLast(node: ts.Node): boolean {
  if (ts.isReturnStatement(node) || ts.isCatchClause(node)) return true;
  const last = ts.isBlock(node) ? node.statements.at(-1) : undefined;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}
