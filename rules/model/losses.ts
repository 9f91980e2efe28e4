import { ts } from 'ts-morph';

import { isDeclaredIn } from './bindings.ts';
import type { Code } from './code.ts';
import type { Call } from './file-index.ts';
import { isFunctionNode, isWithin, unitOf } from './functions.ts';
import type { RegionState, StateVariable } from './own-state.ts';
import { savesBeforeMigration } from './persistence.ts';
import type { Persistence, Save } from './persistence.ts';
import type { Reach } from './reach.ts';
import type { Region } from './regions.ts';
import { isInRegion } from './significance.ts';
import type { WorkKinds } from './work.ts';

/** What a migration does to the result. */
export type Consequence = 'repeated' | 'wrong result' | 'time lost';

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
  states: readonly RegionState[],
  persistence: Persistence,
  code: Code,
  work: WorkKinds,
  reach: Reach,
): readonly Loss[] {
  const isAnyOwned =
    states.some(({ variables }) =>
      variables.some((each) => each.owner !== undefined && each.owner.kind !== 'restored'),
    ) ||
    persistence.autoSaved.length > 0 ||
    persistence.saves.some((save) => savesBeforeMigration(save, persistence));
  return states.flatMap((state) => {
    const effects = effectsOf(state.region, persistence, code, work);
    const variables = lostVariables(state, effects, persistence);
    const isSaid = variables.some(({ consequence }) => consequence !== 'time lost');
    const repeatedWrite = isSaid ? undefined : bareRepeat(state, effects, persistence, code, work, reach);
    if (variables.length === 0 && repeatedWrite === undefined) return [];
    return [{ region: state.region, variables, repeatedWrite, isPartial: isAnyOwned }];
  });
}

/** What one round of a region does. */
interface Effects {
  /** A queue hands out the work: what was handled is not handled again. */
  readonly isQueueDriven: boolean;
  readonly isSlow: boolean;
  /** Items and charges that are written in the region. */
  readonly writes: readonly Save[];
  readonly readsBack: boolean;
}

function effectsOf(region: Region, persistence: Persistence, code: Code, work: WorkKinds): Effects {
  const calls = work.callsIn([...region.bodies, ...region.units]);
  const reads = calls.flatMap((call) => code.rolesOf(call)).filter((role) => role.kind === 'read');
  return {
    isQueueDriven: region.kind === 'request handlers' || reads.some(({ store }) => store === 'request-queue'),
    isSlow: calls.some((call) => work.of(call) === 'slow'),
    writes: persistence.saves.filter(
      ({ store, call }) => (store === 'dataset' || store === 'charge') && isInRegion(call, region),
    ),
    readsBack: reads.some(({ store }) => store !== 'input'),
  };
}

const ORDER: readonly Consequence[] = ['repeated', 'wrong result', 'time lost'];

function lostVariables(
  { region, variables }: RegionState,
  effects: Effects,
  persistence: Persistence,
): readonly LostVariable[] {
  if (region.kind === 'timer' || region.kind === 'server') return [];
  const isPartial = variables.some((variable) => isKept(variable, persistence));
  const lost = variables.flatMap((variable) => {
    if (variable.owner !== undefined) return [];
    const consequence = effects.isQueueDriven
      ? lossWithQueue(variable, region)
      : lossInLoop(variable, region, effects, isPartial);
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
function lossWithQueue(variable: StateVariable, region: Region): Consequence | undefined {
  const { decides, output } = variable.significance;
  if (isHandOver(variable)) return undefined;
  const grows = accumulates(variable);
  if (output.length > 0 && (grows || isTakenOut(variable, region))) return 'wrong result';
  if (!grows) return undefined;
  if (decides.has('output')) return isCollection(variable) ? 'repeated' : 'wrong result';
  if (isCounter(variable) && (decides.has('requests') || decides.has('work')) && !countsFailures(variable))
    return 'wrong result';
  return undefined;
}

/** The loop starts over with all its state: what it wrote is written again, what it gathered costs its time again. */
function lossInLoop(
  variable: StateVariable,
  region: Region,
  effects: Effects,
  isPartial: boolean,
): Consequence | undefined {
  const { decides, output, position } = variable.significance;
  const isGathered = output.length > 0 && accumulates(variable);
  if (countsFailures(variable)) return undefined;
  if (isPartial) {
    if (isHandOver(variable) || isDeclaredIn(variable.binding, [region.head])) return undefined;
    const decidesOutput = accumulates(variable) && decides.has('output');
    return isGathered || decidesOutput ? 'wrong result' : undefined;
  }
  if (!effects.isSlow) return undefined;
  const isPosition =
    position.length > 0 &&
    variable.mutations.some(({ kind, isWhole }) => isWhole || kind === 'remove' || kind === 'step');
  const isSeenSet = decides.has('output') && isCollection(variable);
  if (effects.writes.length > 0 && region.kind !== 'each item' && (isPosition || isSeenSet)) return 'repeated';
  return isGathered ? 'time lost' : undefined;
}

function accumulates({ mutations }: StateVariable): boolean {
  return mutations.some(({ kind, isWhole }) => kind === 'add' || kind === 'step' || (kind === 'set' && !isWhole));
}

/** `result = …` in a round, and written when the rounds are over. A word of the program's own, such as a flag, is none. */
function isTakenOut({ mutations, significance }: StateVariable, region: Region): boolean {
  const isSet = mutations.some(({ kind, value }) => kind === 'set' && value !== undefined && !isConstant(value));
  return isSet && significance.output.some((call) => !isInRegion(call, region));
}

function isConstant(value: ts.Expression): boolean {
  return (
    ts.isLiteralExpression(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword ||
    value.kind === ts.SyntaxKind.NullKeyword
  );
}

function isCollection({ mutations }: StateVariable): boolean {
  return mutations.some(({ kind, isWhole }) => kind === 'add' || (kind === 'set' && !isWhole));
}

function isCounter({ mutations }: StateVariable): boolean {
  return mutations.some(({ kind }) => kind === 'step');
}

/** Put in by one piece of code and taken out by another, or counted up and down: it is on its way, not kept. */
function isHandOver({ mutations }: StateVariable): boolean {
  const steps = mutations.filter(({ kind }) => kind === 'step');
  const isGauge = steps.some(({ node }) => isDownward(node)) && !steps.every(({ node }) => isDownward(node));
  return isGauge || mutations.some(({ kind }) => kind === 'remove');
}

function isDownward(step: ts.Node): boolean {
  if (ts.isBinaryExpression(step)) return step.operatorToken.kind === ts.SyntaxKind.MinusEqualsToken;
  const isUnary = ts.isPrefixUnaryExpression(step) || ts.isPostfixUnaryExpression(step);
  return isUnary && step.operator === ts.SyntaxKind.MinusMinusToken;
}

/** How often something failed in a row is counted anew by a new process, and rightly so. */
function countsFailures({ binding }: StateVariable): boolean {
  return /retr(?:y|ies)|attempt|consecutive|fail(?:ed|ure)?s?InARow/iu.test(binding.name);
}

/**
 * A loop without a variable of its own starts over from its first item. That is told only where a round does slow work
 * and charges or writes one item, and nothing that survives guards that write.
 */
function bareRepeat(
  { region, variables }: RegionState,
  effects: Effects,
  persistence: Persistence,
  code: Code,
  work: WorkKinds,
  reach: Reach,
): Call | undefined {
  const starts = region.kind === 'loop' || region.kind === 'recursion';
  if (!starts || effects.isQueueDriven || !effects.isSlow || effects.readsBack) return undefined;
  if (variables.some(({ owner }) => owner !== undefined) || readsDatasets(persistence)) return undefined;
  const candidates = effects.writes.filter(({ store, value }) => store === 'charge' || isOneItem(value, code));
  const [write] = candidates.toSorted((a, b) => rankOf(a) - rankOf(b));
  return write && callInText(write.call, region, work, reach);
}

/** A charge says more than an item, and either more than what is written of a failure. */
function rankOf({ store, call }: Save): number {
  return (store === 'charge' ? 0 : 1) + (isInCatch(call) ? 2 : 0);
}

function isInCatch(call: Call): boolean {
  return (
    ts.findAncestor(call, (node) => isFunctionNode(node) || ts.isCatchClause(node))?.kind === ts.SyntaxKind.CatchClause
  );
}

/** The call that stands in the region's own text and leads, by the shortest way, to a write that may be anywhere. */
function callInText(write: Call, region: Region, work: WorkKinds, reach: Reach): Call {
  const calls = work.callsIn(region.bodies).filter((call) => region.bodies.some((body) => isWithin(call, body)));
  if (calls.includes(write)) return write;
  const unit = unitOf(write);
  const leading = calls.flatMap((call) => {
    const steps = reach.stepsTo(unit, call);
    return steps === undefined ? [] : [{ call, steps }];
  });
  return leading.toSorted((a, b) => a.steps - b.steps)[0]?.call ?? write;
}

function readsDatasets({ restores }: Persistence): boolean {
  return restores.some(({ store }) => store === 'dataset' || store === 'request-queue');
}

/** An item, not a list of them. */
function isOneItem(value: ts.Expression | undefined, code: Code): boolean {
  const values = value === undefined ? [] : code.valuesOf(value);
  return values.some(ts.isObjectLiteralExpression) && !values.some(ts.isArrayLiteralExpression);
}
