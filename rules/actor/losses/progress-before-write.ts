import type { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { waitsFor } from '../../flow/promises/waits.ts';
import { handlesOneByOne } from '../regions/crawler-options.ts';
import type { Code } from '../../flow/code.ts';
import { flowUnitOf } from '../../flow/control-flow/inlined.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode, isWithin } from '../../syntax/functions.ts';
import type { Region } from '../regions/regions.ts';
import { markOf } from '../state/item-marks.ts';
import { mayBeSame } from '../../flow/places.ts';
import type { Mutation } from '../../flow/mutations.ts';
import type { RegionState, StateVariable } from '../state/own-state.ts';
import { isInRegion } from '../state/significance.ts';

/** A position or seen-mark that a round moves on before it waits for the write of its items. */
export interface ProgressBeforeWrite {
  /** What is marked: `seen`, `state.page`. */
  readonly name: string;
  readonly mark: ts.Node;
  /** Where it is waited for. */
  readonly write: ts.Node;
  /** The region, with all that it changes. */
  readonly state: RegionState;
}

/** The early marks that are kept over a migration: the next process then leaves out what was not written. */
export function progressBeforeWritesOf(actor: ActorModel): readonly ProgressBeforeWrite[] {
  return actor.regions.flatMap((state) =>
    state.variables
      .filter(({ owner }) => owner !== undefined && owner.kind !== 'restored')
      .flatMap((variable) => progressBeforeWritesIn(actor, variable, state)),
  );
}

/** Where a region moves a variable on too early, kept or not. Only where one round follows the other. */
export function progressBeforeWritesIn(
  actor: ActorModel,
  variable: StateVariable,
  state: RegionState,
): readonly ProgressBeforeWrite[] {
  if (!runsInTurn(actor, state)) return [];
  return variable.mutations.flatMap((mutation) => earlyMarkAt(actor, mutation, variable, state) ?? []);
}

/**
 * Whether one round of a region follows the other: in a loop, and in a crawler of one request at a time. Other handlers run
 * side by side, and a mark before the write keeps one from doing what another one does.
 */
export function runsInTurn({ code, regions }: ActorModel, { region }: RegionState): boolean {
  if (region.kind === 'loop') return true;
  const crawls = regions.filter((each) => each.region.kind === 'request handlers');
  return region.kind === 'request handlers' && crawls.length === 1 && handlesOneByOne(code, region);
}

function earlyMarkAt(
  actor: ActorModel,
  mutation: Mutation,
  variable: StateVariable,
  state: RegionState,
): ProgressBeforeWrite | undefined {
  const mark = mutation.node;
  const write = writeBehind(actor, mark, state);
  if (write === undefined) return undefined;
  // Moved on in several places, it is not plain which of them counts.
  const others = variable.mutations.filter((other) => other !== mutation);
  if (others.some((other) => mayBeSame(other, mutation))) return undefined;
  const made = markOf(actor, mutation, variable, state);
  return made && { name: made.name, mark, write, state };
}

/** Where a round waits for a write of items, behind the mark; where it waits for others before, for one that comes in any case. */
function writeBehind({ code, persistence }: ActorModel, mark: ts.Node, { region }: RegionState): ts.Node | undefined {
  const saves = persistence.saves.filter(({ call, store }) => store === 'dataset' && isInRegion(call, region));
  const writes = saves.flatMap(({ call }) => waitsFor(code, call));
  // What has a helper write may wait for more than that: for a mark behind the write, too.
  const made = saves.flatMap((save) => waitsFor(code, save.made));
  const isFirst = ![...writes, ...made].some((write) => code.order.mayRunBefore(write, mark, { sameRound: true }));
  const answer = answerOf(code, mark, region);
  return writes.find(
    (write) =>
      (isFirst || code.graphAround(mark).postDominates(write, mark)) &&
      (code.order.alwaysRunsBefore(mark, write) || (answer !== undefined && isDecidedBy(code, write, answer))),
  );
}

/** The only call of the function that makes the mark. */
function answerOf(code: Code, mark: ts.Node, region: Region): Call | undefined {
  const unit = flowUnitOf(mark);
  const calls = isFunctionNode(unit) ? code.callersOf(unit).filter((call) => isInRegion(call, region)) : [];
  return calls.length === 1 ? calls[0] : undefined;
}

/** The write behind `if (isNew(id))`, where the mark is made by a function that says whether to write. */
function isDecidedBy(code: Code, write: ts.Node, answer: Call): boolean {
  return code
    .graphAround(write)
    .controlDependences(write, { transitive: true })
    .some(({ condition }) => isWithin(answer, condition));
}
