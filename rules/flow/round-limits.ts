import { ts } from 'ts-morph';

import { AccessPaths } from './access-paths.ts';
import type { Code } from './code.ts';
import { firstValueOf } from './first-values.ts';
import { LIMITS } from './limits.ts';
import { mutationsOf } from './mutations.ts';
import type { Mutation } from './mutations.ts';
import { calledNames, usesOf } from './value-uses.ts';
import { knownSteps, mayBeSame } from './places.ts';
import type { Place } from './places.ts';
import { isWithin } from '../syntax/functions.ts';
import { bare } from '../syntax/operands.ts';

/**
 * Whether a count that a loop's condition compares says how many rounds there are. It does not where it only counts what
 * fails, and a round that goes well moves something else on: a page, a cursor.
 */
export function limitsRounds(code: Code, counter: ts.Expression, loop: ts.IterationStatement): boolean {
  const graph = code.graphAround(loop);
  const paths = new AccessPaths(code);
  const [place] = [...paths.of(counter), ...paths.of(counter, true)];
  if (place === undefined) return true;
  const changed = mutationsOf(code)
    .in(code.files, 'all')
    .flatMap((mutation) => placesIn(code, mutation.node, loop).map((at) => ({ mutation, at })));
  const spent = changed.filter(({ mutation }) => mayBeSame(mutation, place));
  if (spent.length === 0 || !spent.every(({ at }) => graph.isReachable(at))) return true;
  const spending = spent.filter(({ mutation }) => !isGivenBack(code, mutation)).map(({ at }) => at);
  if (!graph.canReachWithout(counter, counter, spending)) return true;
  return !changed.some(
    ({ mutation, at }) =>
      !mayBeSame(mutation, place) &&
      !isWithin(mutation.binding.declaration, loop.statement) &&
      graph.canReachWithout(counter, at, spending) &&
      graph.canReachWithout(at, counter, spending) &&
      isAskedBefore(code, mutation, at, loop),
  );
}

/** Where a loop comes to a node: the node itself, or the calls of the functions around it that stand in the loop. */
function placesIn(code: Code, node: ts.Node, loop: ts.IterationStatement, depth = 0): readonly ts.Node[] {
  if (isWithin(node, loop)) return [node];
  return depth < LIMITS.aliases ? calledNames(code, node).flatMap((name) => placesIn(code, name, loop, depth + 1)) : [];
}

/** `tries = MAX_TRIES`, where that is what it starts with. */
function isGivenBack(code: Code, { kind, value, binding }: Mutation): boolean {
  const first = firstValueOf(code, binding);
  if (kind !== 'set' || value === undefined || first === undefined) return false;
  const [given, ...others] = code.valuesOf(value);
  return given !== undefined && others.length === 0 && isSame(given, code.valuesOf(first)[0], first);
}

function isSame(given: ts.Node, start: ts.Node | undefined, first: ts.Expression): boolean {
  const number = start !== undefined && ts.isNumericLiteral(start) ? start : bare(first);
  return ts.isNumericLiteral(given) && ts.isNumericLiteral(number) && given.text === number.text;
}

/** Whether a round gives the value to a call before it moves it on: so it says where the work is. */
function isAskedBefore(code: Code, { binding, path }: Place, at: ts.Node, loop: ts.IterationStatement): boolean {
  const graph = code.graphAround(loop);
  return usesOf(code, binding.symbol, knownSteps(path)).some((use) => {
    if (!isWithin(use, loop.statement)) return false;
    const call = ts.findAncestor(use, (each) => each === loop || isArgumentOfCall(each));
    return call !== undefined && call !== loop && graph.canReach(call, at, { sameRound: true });
  });
}

function isArgumentOfCall(node: ts.Node): boolean {
  const { parent } = node;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node;
}
