import { isDeclaredIn } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import { isHeldByCrawler } from '../regions/crawl-limits.ts';
import { crawlersOf } from '../regions/crawlers.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode } from '../../syntax/functions.ts';
import type { Unit } from '../../syntax/functions.ts';
import { isGiven } from '../state/loop-carried-values.ts';
import { roundsBehindWrites } from '../../flow/recursive-calls.ts';
import type { RegionState, StateVariable } from '../state/own-state.ts';
import { savesBeforeMigration } from '../effects/persistence.ts';
import type { Persistence } from '../effects/persistence.ts';
import type { CallGraph } from '../../flow/call-graph.ts';
import { effectsOf } from '../effects/region-effects.ts';
import type { Effects } from '../effects/region-effects.ts';
import type { Region } from '../regions/regions.ts';
import { repeatedWriteOf } from './repeated-write.ts';
import {
  accumulates,
  countsFailures,
  isBudget,
  isBatch,
  isCollection,
  isCounter,
  isHandOver,
  isStreak,
  isTakenOut,
} from '../state/state-traits.ts';
import type { WorkKinds } from '../effects/work.ts';

/** What a migration does to the result. */
export type Consequence = 'repeated' | 'wrong result' | 'time lost';

const ORDER: readonly Consequence[] = ['repeated', 'wrong result', 'time lost'];

export interface LostVariable {
  readonly variable: StateVariable;
  readonly consequence: Consequence;
}

/** What a migration loses of one region. */
export interface Loss {
  readonly region: Region;
  /** The variables that restart from their initial values, the weightiest first. */
  readonly variables: readonly LostVariable[];
  /** The write or charge that is done again because the loop starts over, where no variable says its position. */
  readonly repeatedWrite: Call | undefined;
  /** Whether something of this region or of the Actor is kept: then the rest is a gap, not a lack. */
  readonly isPartial: boolean;
}

/** Weighs what the regions change and nothing keeps. Where the facts do not tell, it says nothing. */
export function lossesOf(
  code: Code,
  states: readonly RegionState[],
  persistence: Persistence,
  work: WorkKinds,
  reach: CallGraph,
): readonly Loss[] {
  const isAnyOwned =
    states.some(({ variables }) =>
      variables.some((each) => each.owner !== undefined && each.owner.kind !== 'restored'),
    ) ||
    persistence.autoSaved.length > 0 ||
    persistence.saves.some((save) => savesBeforeMigration(save, persistence));
  const handlers = crawlersOf(code, code.files).flatMap((crawler) => crawler.handlers);
  const handling = new Set<Unit>([...handlers, ...reach.from(handlers)]);
  return states.flatMap((state) => {
    const effects = effectsOf(code, state.region, handling, persistence, work);
    const variables = lostVariables(code, state, effects, persistence, reach);
    const isSaid = variables.some(({ consequence }) => consequence !== 'time lost');
    const repeatedWrite = isSaid ? undefined : repeatedWriteOf(code, state, effects, persistence, work, reach);
    if (variables.length === 0 && repeatedWrite === undefined) return [];
    return [{ region: state.region, variables, repeatedWrite, isPartial: isAnyOwned }];
  });
}

function lostVariables(
  code: Code,
  { region, variables }: RegionState,
  effects: Effects,
  persistence: Persistence,
  reach: CallGraph,
): readonly LostVariable[] {
  if (region.kind === 'timer' || region.kind === 'server') return [];
  const isPartial = variables.some((variable) => isKept(variable, persistence));
  const lost = variables.flatMap((variable) => {
    if (variable.owner !== undefined) return [];
    if (isGiven(variable.binding, region) && !isPositionGiven(code, variable, region, effects, reach)) return [];
    const consequence = effects.isQueueDriven
      ? lossWithQueue(code, variable, region)
      : lossInLoop(code, variable, region, effects, isPartial);
    return consequence === undefined ? [] : [{ variable, consequence }];
  });
  return lost.toSorted((a, b) => weightOf(a) - weightOf(b));
}

/** The weightiest consequence first, and of one consequence what holds most. */
function weightOf({ variable, consequence }: LostVariable): number {
  const holds = isCollection(variable) ? 0 : isCounter(variable) ? 1 : 2;
  return ORDER.indexOf(consequence) * 3 + holds;
}

/** Something that is saved and restored, and so says where the work goes on: the rest is then not gathered again. */
function isKept({ owner, significance }: StateVariable, { saves, restores }: Persistence): boolean {
  switch (owner?.kind) {
    case undefined:
      return false;
    case 'restored':
      return significance.decides.size > 0 || significance.position.length > 0;
    case 'checkpoint': {
      const key = saves.find(({ call }) => call === owner.node)?.key;
      return restores.some((restore) => restore.key === key);
    }
    default:
      return true;
  }
}

/** The handled requests stay handled, so whatever they left in memory is gone for good. */
function lossWithQueue(code: Code, variable: StateVariable, region: Region): Consequence | undefined {
  const { decides, output, exitStatus } = variable.significance;
  const grows = accumulates(variable);
  if (isHandOver(variable)) return grows && isBatch(code, variable) ? 'wrong result' : undefined;
  if (isStreak(code, variable)) return undefined;
  if (output.length > 0 && (grows || isTakenOut(variable, region))) return 'wrong result';
  if (exitStatus.length > 0 && grows) return 'wrong result';
  if (!grows || isHeldByCrawler(code, variable, region)) return undefined;
  if (decides.has('output')) return isCollection(variable) ? 'repeated' : 'wrong result';
  if (isCounter(variable) && (decides.has('requests') || decides.has('work')) && !countsFailures(variable))
    return 'wrong result';
  return undefined;
}

/** What a round of a recursion gets is state only where it says how far the writes have come. */
function isPositionGiven(
  code: Code,
  { mutations, significance }: StateVariable,
  { head }: Region,
  { isQueueDriven, writes }: Effects,
  reach: CallGraph,
): boolean {
  if (isQueueDriven || significance.position.length === 0 || !isFunctionNode(head)) return false;
  const rounds = roundsBehindWrites(code, head, writes, reach);
  return mutations.some(({ node }) => rounds.some((round) => round === node));
}

/** The loop starts over with all its state: what it wrote is written again, what it gathered costs its time again. */
function lossInLoop(
  code: Code,
  variable: StateVariable,
  region: Region,
  effects: Effects,
  isPartial: boolean,
): Consequence | undefined {
  const { decides, output, exitStatus, position } = variable.significance;
  const isGathered = output.length > 0 && accumulates(variable);
  if (countsFailures(variable) || isBudget(variable) || isStreak(code, variable)) return undefined;
  if (isPartial) {
    if (isHandOver(variable) || isDeclaredIn(variable.binding, [region.head])) return undefined;
    const decidesOutput = accumulates(variable) && decides.has('output');
    const decidesStatus = accumulates(variable) && exitStatus.length > 0;
    return isGathered || decidesOutput || decidesStatus ? 'wrong result' : undefined;
  }
  if (!effects.isSlow) return undefined;
  const isPosition =
    position.length > 0 &&
    variable.mutations.some(({ kind, isWhole }) => kind === 'remove' || kind === 'step' || (kind === 'set' && isWhole));
  const isSeenSet = decides.has('output') && isCollection(variable);
  if (effects.writes.length > 0 && region.kind !== 'each item' && (isPosition || isSeenSet)) return 'repeated';
  return isGathered ? 'time lost' : undefined;
}
