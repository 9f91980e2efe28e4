import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode, isWithin, unitOf } from '../../syntax/functions.ts';
import type { Unit } from '../../syntax/functions.ts';
import { markOf } from '../state/item-marks.ts';
import type { RegionState, StateVariable } from '../state/own-state.ts';
import type { Region } from '../regions/regions.ts';
import { isInRegion } from '../state/significance.ts';

/** How many calls are followed up from a mark to the function that writes. */
const FURTHEST = 4;

/** The marks of items that a region writes later on, in whatever function: a migration in between finds them marked only. */
export function marksOfUnwritten(variable: StateVariable, state: RegionState, actor: ActorModel): readonly ts.Node[] {
  const { region } = state;
  const saves = actor.persistence.saves
    .filter(({ store, call }) => store === 'dataset' && isInRegion(call, region))
    .map(({ call }) => call);
  return variable.mutations
    .filter((mutation) => markOf(mutation, variable, state, actor)?.kind === 'item')
    .map(({ node }) => node)
    .filter((mark) => isWrittenLater(mark, saves, region, actor));
}

function isWrittenLater(
  node: ts.Node,
  saves: readonly Call[],
  region: Region,
  actor: ActorModel,
  depth = FURTHEST,
): boolean {
  const unit = unitOf(node);
  const writes = writesIn(unit, saves, actor).filter((call) => isInRegion(call, region));
  if (writes.some((write) => write.end <= node.pos && isOnTheWay(write, node))) return false;
  if (writes.some((write) => write.pos >= node.end)) return true;
  if (depth === 0 || ts.isSourceFile(unit)) return false;
  const handedTo = ts.isCallExpression(unit.parent) ? [unit.parent] : [];
  return [...actor.code.callersOf(unit), ...handedTo].some(
    (call) => isInRegion(call, region) && isWrittenLater(call, saves, region, actor, depth - 1),
  );
}

/** The writes of a function, and its calls of functions that write. */
function writesIn(unit: Unit, saves: readonly Call[], { code, reach }: ActorModel): readonly Call[] {
  const writers = new Set(saves.map(unitOf));
  const isWriter = (call: Call): boolean => {
    const called = code.calledFunctions(call);
    return called.length > 0 && [...called, ...reach.from(called)].some((each) => writers.has(each));
  };
  const own = indexOf(unit.getSourceFile()).calls.filter((call) => unitOf(call) === unit);
  return own.filter((call) => saves.includes(call) || isWriter(call));
}

/** Whether what comes to the node has come past the write: no branch has left it out. */
function isOnTheWay(write: Call, node: ts.Node): boolean {
  let block: ts.Node = write.parent;
  while (!ts.isBlock(block) && !ts.isSourceFile(block) && !isFunctionNode(block)) {
    if (ts.isIfStatement(block)) return false;
    block = block.parent;
  }
  return isWithin(node, block);
}
