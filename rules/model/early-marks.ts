import { ts } from 'ts-morph';

import type { ActorModel } from './actor-model.ts';
import { isWithin, unitOf } from './functions.ts';
import type { RegionState, StateVariable } from './own-state.ts';
import { isInRegion } from './significance.ts';

/** A position or seen-mark that a loop moves on before it waits for the write of that round's items. */
export interface EarlyMark {
  readonly variable: StateVariable;
  readonly mark: ts.ExpressionStatement;
  readonly write: ts.ExpressionStatement;
  /** The loop, with all that it changes. */
  readonly state: RegionState;
}

/** The early marks that are kept over a migration: the next process then leaves out what was not written. */
export function earlyMarksOf(actor: ActorModel): readonly EarlyMark[] {
  return actor.regions.flatMap((state) =>
    state.variables
      .filter(({ owner }) => owner !== undefined && owner.kind !== 'restored')
      .flatMap((variable) => earlyMarkOf(variable, state, actor) ?? []),
  );
}

/**
 * Where a loop moves a variable on too early, kept or not. Only in a loop, where one round follows the other: the handlers of
 * a crawler run side by side, and a mark before the write keeps one from doing what another one does.
 */
export function earlyMarkOf(
  variable: StateVariable,
  state: RegionState,
  { persistence }: ActorModel,
): EarlyMark | undefined {
  const { region } = state;
  if (region.kind !== 'loop' || !isMark(variable)) return undefined;
  // Moved on in several places, it is not plain which of them counts.
  const [mutation, ...others] = variable.mutations.filter(({ node }) => isInRegion(node, region));
  const mark = mutation?.node.parent;
  if (mark === undefined || others.length > 0) return undefined;
  if (!ts.isExpressionStatement(mark) || !ts.isBlock(mark.parent)) return undefined;
  const { statements } = mark.parent;
  const write = statements.slice(statements.indexOf(mark) + 1).find((statement) => {
    if (!ts.isExpressionStatement(statement) || !ts.isAwaitExpression(statement.expression)) return false;
    return persistence.saves.some(
      ({ call, store }) => store === 'dataset' && unitOf(call) === unitOf(mark) && isWithin(call, statement),
    );
  });
  return write !== undefined && ts.isExpressionStatement(write) ? { variable, mark, write, state } : undefined;
}

/** What is skipped, or where the work goes on, depends on it. */
function isMark({ significance, mutations }: StateVariable): boolean {
  return mutations.every(
    ({ kind }) =>
      (kind === 'add' && significance.decides.has('output')) || (kind === 'step' && significance.position.length > 0),
  );
}
