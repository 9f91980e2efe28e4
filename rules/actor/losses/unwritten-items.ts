import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { flowUnitOf } from '../../flow/control-flow/inlined.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode } from '../../syntax/functions.ts';
import { markOf } from '../state/item-marks.ts';
import { placeIn } from '../effects/places.ts';
import type { RegionState, StateVariable } from '../state/own-state.ts';

/** The marks of items that a region writes later on, in whatever function: a migration in between finds them marked only. */
export function marksOfUnwritten(actor: ActorModel, variable: StateVariable, state: RegionState): readonly ts.Node[] {
  const { region } = state;
  const saves = actor.persistence.saves
    .filter(({ store }) => store === 'dataset')
    .flatMap((save) => placeIn(save, region) ?? []);
  return variable.mutations
    .filter((mutation) => markOf(actor, mutation, variable, state)?.kind === 'item')
    .map(({ node }) => node)
    .filter((mark) => isWrittenLater(actor, mark, saves));
}

function isWrittenLater({ code: { order } }: ActorModel, mark: ts.Node, saves: readonly Call[]): boolean {
  if (saves.some((save) => order.alwaysRunsBefore(save, mark))) return false;
  return [mark, ...takersOf(mark)].some((node) =>
    saves.some((save) => order.mayRunBefore(node, save, { sameRound: true })),
  );
}

/** The calls that are given the functions around a node, and may run them. */
function takersOf(node: ts.Node): readonly ts.Node[] {
  const unit = flowUnitOf(node);
  if (!isFunctionNode(unit) || !ts.isCallExpression(unit.parent)) return [];
  return [unit.parent, ...takersOf(unit.parent)];
}
