import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { functionAround, isAsync, isFunctionNode, isWithin, unitOf } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import type { RegionState, StateVariable } from '../../actor/state/own-state.ts';
import { CallGraph } from '../../flow/call-graph.ts';
import type { Region } from '../../actor/regions/regions.ts';
import { isInRegion } from '../../actor/state/significance.ts';
import { allowsTopLevelAwait } from '../top-level-await.ts';
import { companionsOf, keptVariable } from './kept-variables.ts';
import type { KeptVariable } from './kept-variables.ts';
import { goesOn } from './resuming.ts';
import { isAfterStart, isRepeated, runsOnce, startOfActor, unitOfList } from './start.ts';
import type { Start, StatementList } from './start.ts';

/**
 * Where variables that are declared in one place come to hold what was saved.
 *
 * `here`: where they are declared, for the Actor has started by then. `start`: right behind the start, since they are
 * declared before it; `isVisible` tells whether all that uses them sees what is declared there. `functions`: in each of the
 * functions that use them, where another module than the one that starts declares them.
 */
export type Place =
  | { readonly kind: 'here' }
  | {
      readonly kind: 'start';
      readonly list: StatementList;
      readonly after: ts.Statement | undefined;
      readonly isVisible: boolean;
    }
  | { readonly kind: 'functions'; readonly bodies: readonly ts.Block[] };

/** Variables that are kept together, and where. */
export interface Plan {
  readonly actor: ActorModel;
  /** The region whose work the variables tell of. */
  readonly state: RegionState;
  readonly file: ts.SourceFile;
  /** In the order of their declarations. */
  readonly variables: readonly [KeptVariable, ...KeptVariable[]];
  readonly place: Place;
  /** How the SDK is called at that place; `undefined` for Crawlee alone. */
  readonly sdk: string | undefined;
}

/** How to keep these variables of a region; `undefined` where that is not sure to do what the code means. */
export function planOf(actor: ActorModel, state: RegionState, lost: readonly StateVariable[]): Plan | undefined {
  const variables = variablesToKeep(actor, state, lost);
  const [first] = variables;
  if (
    first === undefined ||
    !goesOn(
      actor,
      state,
      variables.map((each) => each.state),
    )
  )
    return undefined;
  const list = first.holder.parent;
  if (!variables.every(({ holder }) => holder.parent === list)) return undefined;
  if (!ts.isBlock(list) && !ts.isSourceFile(list)) return undefined;
  const unit = unitOfList(list);
  if (!runsOnce(actor, unit) || isRepeated(first.holder)) return undefined;
  const { head } = state.region;
  if (!runsOnce(actor, unitOf(head)) || isRepeated(head)) return undefined;
  const start = startOfActor(actor) ?? startOfCrawlee(actor, list);
  if (start === undefined) return undefined;
  const place = placeFor(actor, variables, state.region, list, start);
  if (place === undefined) return undefined;
  return { actor, state, file: list.getSourceFile(), variables: [first, ...variables.slice(1)], place, sdk: start.sdk };
}

/** Empty where one that must be kept cannot be. */
function variablesToKeep(
  actor: ActorModel,
  state: RegionState,
  lost: readonly StateVariable[],
): readonly KeptVariable[] {
  const required = lost.map((variable) => keptVariable(actor, variable, state.region));
  if (required.includes(undefined)) return [];
  const companions = companionsOf(state, lost).map((variable) => ({
    kept: keptVariable(actor, variable, state.region),
    variable,
  }));
  if (companions.some(({ kept, variable }) => kept === undefined && isResult(variable))) return [];
  const list = required[0]?.holder.parent;
  const found = [...required, ...companions.map(({ kept }) => kept)].filter((each) => each !== undefined);
  return found
    .filter((each) => required.includes(each) || isResult(each.state) || each.holder.parent === list)
    .toSorted((a, b) => a.declaration.pos - b.declaration.pos);
}

/** A companion without which the loop would go on with a wrong result. */
function isResult({ significance: { output, position, decides }, mutations }: StateVariable): boolean {
  const grows = mutations.some(({ kind, isWhole }) => kind === 'add' || kind === 'step' || !isWhole);
  return output.length > 0 || position.length > 0 || (grows && decides.has('output'));
}

/** Crawlee alone opens its storages when they are asked for. */
function startOfCrawlee(actor: ActorModel, list: StatementList): Start | undefined {
  if (actor.folder.sdk?.package !== 'crawlee') return undefined;
  return { list, after: undefined, sdk: undefined };
}

function placeFor(
  actor: ActorModel,
  variables: readonly KeptVariable[],
  region: Region,
  list: StatementList,
  start: Start,
): Place | undefined {
  if (variables.every(({ holder }) => isAfterStart(actor, holder, start))) {
    return mayAwait(list) ? { kind: 'here' } : undefined;
  }
  if (!isWithin(start.list, list)) return placeInFunctions(variables, region, list);
  if (!mayAwait(start.list)) return undefined;
  if (!variables.every((variable) => isUntouchedBefore(actor, variable, region, start))) return undefined;
  const isVisible =
    start.list === list || variables.every(({ uses }) => uses.every((use) => isWithin(use, start.list)));
  return { kind: 'start', list: start.list, after: start.after, isVisible };
}

/** Only what runs for the requests of a crawler, and so behind the start, and waits anyway. */
function placeInFunctions(variables: readonly KeptVariable[], region: Region, list: StatementList): Place | undefined {
  if (!ts.isSourceFile(list) || region.kind !== 'request handlers') return undefined;
  const bodies = new Set<ts.Block>();
  for (const use of variables.flatMap(({ uses }) => uses)) {
    const fn = outermostFunction(use);
    if (fn === undefined || !isAsync(fn) || !isInRegion(use, region) || !region.units.has(fn)) return undefined;
    if (fn.body === undefined || !ts.isBlock(fn.body) || !isWithin(use, fn.body) || isGenerator(fn)) return undefined;
    bodies.add(fn.body);
  }
  return { kind: 'functions', bodies: [...bodies] };
}

function isGenerator(fn: FunctionNode): boolean {
  return !ts.isArrowFunction(fn) && !ts.isConstructorDeclaration(fn) && fn.asteriskToken !== undefined;
}

function outermostFunction(node: ts.Node): FunctionNode | undefined {
  let outermost: FunctionNode | undefined;
  for (let fn = functionAround(node); fn !== undefined; fn = functionAround(fn)) outermost = fn;
  return outermost;
}

function mayAwait(list: StatementList): boolean {
  const unit = unitOfList(list);
  return ts.isSourceFile(unit) ? allowsTopLevelAwait(unit) : isAsync(unit);
}

/** Whether nothing uses a variable before the start has been made. What the region runs is run later in any case. */
function isUntouchedBefore(actor: ActorModel, { uses }: KeptVariable, region: Region, start: Start): boolean {
  const unit = unitOfList(start.list);
  const end = start.after?.end ?? start.list.pos;
  const before = start.list.statements.filter((statement) => statement.end <= end && !isDefinition(statement));
  const reached = new CallGraph(actor.code).from(before);
  return uses.every((use) => {
    const user = unitOf(use);
    if (isInRegion(use, region)) return true;
    return user === unit ? use.pos >= end : !ts.isSourceFile(user) && !reached.has(user);
  });
}

/** `const save = async () => {…}` runs nothing yet. */
function isDefinition(statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement))
    return ts.isFunctionDeclaration(statement) || ts.isImportDeclaration(statement);
  return statement.declarationList.declarations.every(
    ({ initializer }) => initializer !== undefined && isFunctionNode(initializer),
  );
}
