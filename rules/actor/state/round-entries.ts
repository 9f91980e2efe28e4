import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { flowUnitOf } from '../../flow/control-flow/inlined.ts';
import type { Mutation } from '../../flow/mutations.ts';
import { isWithin } from '../../syntax/functions.ts';
import { isKeyed, missesBefore } from './memo.ts';

/**
 * Whether a table only holds what its round has put in: each function that uses it sets the entry before it reads it, in any
 * case, or asks first whether it is there. What earlier rounds left in it is never asked for, so nothing is lost with it.
 */
export function holdsRoundEntries(code: Code, mutations: readonly Mutation[]): boolean {
  const [first] = mutations;
  if (first === undefined || !mutations.every(({ kind, isWhole }) => kind === 'set' && !isWhole)) return false;
  const { symbol, declaration } = first.binding;
  const declared = ts.getNameOfDeclaration(declaration);
  const names = code.referencesOf(symbol).filter((use) => use !== declared);
  if (!names.every(isKeyed)) return false;
  let isSetAnew = false;
  for (const unit of new Set(names.map(flowUnitOf))) {
    const uses = names.filter((use) => flowUnitOf(use) === unit);
    const puts = mutations.filter(({ node }) => flowUnitOf(node) === unit);
    if (puts.some((put) => comesFirst(code, put, uses))) isSetAnew ||= uses.length > puts.length;
    else if (puts.length === 0 || puts.some(({ node }) => missesBefore(code, node, names) === undefined)) return false;
  }
  return isSetAnew;
}

/** `table[id] = value`, before all else that its function does with the table. */
function comesFirst(code: Code, { node, path }: Mutation, uses: readonly ts.Node[]): boolean {
  const graph = code.graphAround(node);
  return (
    path.length === 1 &&
    path[0] === undefined &&
    uses.every((use) => isWithinTarget(use, node) || graph.dominates(node, use))
  );
}

/** The table's name in the place that an assignment sets. */
function isWithinTarget(use: ts.Node, change: ts.Node): boolean {
  return ts.isBinaryExpression(change) && isWithin(use, change.left);
}
