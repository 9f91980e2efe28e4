import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { flowUnitOf } from './control-flow/inlined.ts';
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
export function recursiveCallsOf(code: Code, fn: FunctionNode): readonly Call[] {
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
  code: Code,
  fn: FunctionNode,
  saves: readonly Write[],
  reach: CallGraph,
): readonly Call[] {
  const writers = writersIn(code, fn, saves, reach);
  return recursiveCallsOf(code, fn).filter((round) => writers.some((writer) => comesTo(code, round, writer)));
}

/** Whether a function calls itself only where it does not write: what failed is tried again, and is soon over. */
export function isSecondTry(code: Code, fn: FunctionNode, saves: readonly Write[], reach: CallGraph): boolean {
  const writers = writersIn(code, fn, saves, reach);
  return recursiveCallsOf(code, fn).every((round) =>
    writers.every((writer) => !comesTo(code, round, writer) && !comesTo(code, writer, round)),
  );
}

/** The calls in a function's text by which it writes: the writes themselves, and calls of functions that lead to them. */
function writersIn(code: Code, fn: FunctionNode, saves: readonly Write[], reach: CallGraph): readonly Call[] {
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

/** Whether a function, or what it hands on, may come from one of its calls to another one, when nothing fails. */
function comesTo(code: Code, next: Call, from: Call): boolean {
  const targets = placesAround(next);
  return placesAround(from).some((start) => {
    const graph = code.graphAround(start);
    const isOnlyOnError = graph
      .controlDependences(start, { transitive: true })
      .some(({ outcome }) => outcome === 'fails');
    return !isOnlyOnError && targets.some((target) => graph.canReach(start, target, { sameRound: true }));
  });
}

/** A node, and the calls that are given the functions around it: they may run it. */
function placesAround(node: ts.Node): readonly ts.Node[] {
  const unit = flowUnitOf(node);
  return isFunctionNode(unit) && ts.isCallExpression(unit.parent) ? [node, ...placesAround(unit.parent)] : [node];
}
