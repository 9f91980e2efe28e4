import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { awaitOf } from '../../flow/promises/fates.ts';
import { handlesOneByOne } from '../regions/crawler-options.ts';
import { functionAround, isWithin, unitOf } from '../../syntax/functions.ts';
import { markOf } from '../state/item-marks.ts';
import { areOfOnePart } from '../../flow/mutations.ts';
import type { Mutation } from '../../flow/mutations.ts';
import type { RegionState, StateVariable } from '../state/own-state.ts';
import { isInRegion } from '../state/significance.ts';

/** A position or seen-mark that a round moves on before it waits for the write of its items. */
export interface ProgressBeforeWrite {
  /** What is marked: `seen`, `state.page`. */
  readonly name: string;
  readonly mark: ts.ExpressionStatement;
  readonly write: ts.ExpressionStatement;
  /** The region, with all that it changes. */
  readonly state: RegionState;
}

/** The early marks that are kept over a migration: the next process then leaves out what was not written. */
export function progressBeforeWritesOf(actor: ActorModel): readonly ProgressBeforeWrite[] {
  return actor.regions.flatMap((state) =>
    state.variables
      .filter(({ owner }) => owner !== undefined && owner.kind !== 'restored')
      .flatMap((variable) => progressBeforeWritesIn(variable, state, actor)),
  );
}

/** Where a region moves a variable on too early, kept or not. Only where one round follows the other. */
export function progressBeforeWritesIn(
  variable: StateVariable,
  state: RegionState,
  actor: ActorModel,
): readonly ProgressBeforeWrite[] {
  if (!runsInTurn(state, actor)) return [];
  return variable.mutations.flatMap((mutation) => earlyMarkAt(mutation, variable, state, actor) ?? []);
}

/**
 * Whether one round of a region follows the other: in a loop, and in a crawler of one request at a time. Other handlers run
 * side by side, and a mark before the write keeps one from doing what another one does.
 */
export function runsInTurn({ region }: RegionState, { code, regions }: ActorModel): boolean {
  if (region.kind === 'loop') return true;
  const crawls = regions.filter((each) => each.region.kind === 'request handlers');
  return region.kind === 'request handlers' && crawls.length === 1 && handlesOneByOne(region, code);
}

function earlyMarkAt(
  mutation: Mutation,
  variable: StateVariable,
  state: RegionState,
  actor: ActorModel,
): ProgressBeforeWrite | undefined {
  const mark = mutation.node.parent;
  if (!ts.isExpressionStatement(mark) || !ts.isBlock(mark.parent)) return undefined;
  const write = writeBehind(mark, mark.parent, actor) ?? writeBehindAnswer(mark, state, actor);
  if (write === undefined) return undefined;
  // Moved on in several places, it is not plain which of them counts.
  const others = variable.mutations.filter((other) => other !== mutation);
  if (others.some((other) => areOfOnePart(other, mutation))) return undefined;
  const made = markOf(mutation, variable, state, actor);
  return made && { name: made.name, mark, write, state };
}

/** The write behind `if (isNew(id))`, where the mark is made by a function that says whether to write, asked in one place. */
function writeBehindAnswer(
  mark: ts.Statement,
  { region }: RegionState,
  actor: ActorModel,
): ts.ExpressionStatement | undefined {
  const fn = functionAround(mark);
  const callers = fn === undefined ? [] : actor.code.callersOf(fn).filter((call) => isInRegion(call, region));
  const [call] = callers;
  const asks = call && ts.findAncestor(call, ts.isIfStatement);
  if (call === undefined || asks === undefined || callers.length > 1 || !isWithin(call, asks.expression))
    return undefined;
  const { thenStatement, parent } = asks;
  const inside = ts.isBlock(thenStatement) ? thenStatement.statements : [thenStatement];
  return awaitedWriteIn(inside, asks, actor) ?? (ts.isBlock(parent) ? writeBehind(asks, parent, actor) : undefined);
}

/** The first statement behind the mark, in the same block, that waits for items to be written. */
function writeBehind(
  mark: ts.Statement,
  { statements }: ts.Block,
  actor: ActorModel,
): ts.ExpressionStatement | undefined {
  return awaitedWriteIn(statements.slice(statements.indexOf(mark) + 1), mark, actor);
}

/** The write may have been begun before: where its promise is waited for, its items are in. */
function awaitedWriteIn(
  statements: readonly ts.Statement[],
  beside: ts.Node,
  { persistence, code }: ActorModel,
): ts.ExpressionStatement | undefined {
  const awaits = persistence.saves
    .filter(({ call, store }) => store === 'dataset' && unitOf(call) === unitOf(beside))
    .flatMap(({ call }) => awaitOf(code, call)?.at ?? []);
  return statements.filter(ts.isExpressionStatement).find((statement) => awaits.some((at) => isWithin(at, statement)));
}
