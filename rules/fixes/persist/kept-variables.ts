import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { isDeclaredIn } from '../../flow/bindings.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isWithin, unitOf } from '../../syntax/functions.ts';
import { mutationsOf } from '../../flow/mutations.ts';
import type { RegionState, StateVariable } from '../../actor/state/own-state.ts';
import type { Region } from '../../actor/regions/regions.ts';
import { isInRegion } from '../../actor/state/significance.ts';
import { textOf } from '../changes.ts';
import { valueKindOf } from './value-kind.ts';
import type { ValueKind } from './value-kind.ts';
import { speaksOfFailure } from '../../sdk/words.ts';
import { countsFailures, isBudget } from '../../actor/state/state-traits.ts';

/** A variable that a fix is to keep, with what has to be known of it for that. */
export interface KeptVariable {
  readonly state: StateVariable;
  readonly symbol: ts.Symbol;
  readonly name: string;
  readonly declaration: ts.VariableDeclaration;
  /** What declares it: a statement, or the head of a `for`. */
  readonly holder: ts.VariableStatement | ts.ForStatement;
  readonly kind: ValueKind;
  /** Whether something else than its first value is assigned to the variable itself. */
  readonly isReassigned: boolean;
  /** All the places that name it, but its declaration. */
  readonly uses: readonly ts.Identifier[];
}

/** What must be known of a variable; `undefined` where it cannot be kept by writing code around its declaration. */
export function keptVariable(actor: ActorModel, state: StateVariable, region: Region): KeptVariable | undefined {
  const { declaration, symbol, name } = state.binding;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const holder = holderOf(declaration);
  if (holder === undefined || (ts.isForStatement(holder) && !isHoistable(actor, holder, declaration))) return undefined;
  const changes = mutationsOf(actor.code).of(state.binding);
  if (!changes.every((change) => isInRegion(change.node, region) || isAfter(actor, change.node, region)))
    return undefined;
  if (!changes.every((change) => runsInRegionOnly(actor, change.node, region))) return undefined;
  const kind = valueKindOf(actor.code, declaration, changes);
  if (kind === undefined) return undefined;
  const uses = actor.code
    .referencesOf(symbol)
    .filter((use) => ts.isIdentifier(use))
    .filter((use) => use !== declaration.name);
  const isReassigned = changes.some(({ isWhole }) => isWhole);
  return { state, symbol, name, declaration, holder, kind, isReassigned, uses };
}

/**
 * What has to be kept beside the variables that are lost, so that a loop finds all as it left it: counters that were none of
 * the report's business as long as the whole loop started over.
 */
export function companionsOf(state: RegionState, lost: readonly StateVariable[]): readonly StateVariable[] {
  const { region, variables } = state;
  if (region.kind !== 'loop') return [];
  return variables.filter(
    (variable) =>
      !lost.includes(variable) &&
      variable.owner === undefined &&
      matters(variable) &&
      (ts.isForStatement(region.head) || !isDeclaredIn(variable.binding, [region.head])) &&
      !countsFailures(variable) &&
      !isBudget(variable) &&
      !speaksOfFailure(variable.binding.name),
  );
}

function matters({ significance: { decides, output, position } }: StateVariable): boolean {
  return decides.size > 0 || output.length > 0 || position.length > 0;
}

function holderOf(declaration: ts.VariableDeclaration): KeptVariable['holder'] | undefined {
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list) || /^(?:await )?using\b/u.test(textOf(list))) return undefined;
  const holder = list.parent;
  return ts.isVariableStatement(holder) || ts.isForStatement(holder) ? holder : undefined;
}

/** `for (let page = 1; …)`: the variable may stand before the loop, if no function in it keeps the round's own copy. */
function isHoistable(actor: ActorModel, loop: ts.ForStatement, declaration: ts.VariableDeclaration): boolean {
  const { initializer } = loop;
  if (initializer === undefined || !ts.isVariableDeclarationList(initializer)) return false;
  if (initializer.declarations.length > 1 || (!ts.isBlock(loop.parent) && !ts.isSourceFile(loop.parent))) return false;
  const symbol = actor.code.symbolOf(declaration.name);
  if (symbol === undefined) return false;
  return actor.code.referencesOf(symbol).every((use) => unitOf(use) === unitOf(loop));
}

/** Whether code runs when the region has come to its end: it then finds what was restored, and may change it. */
function isAfter(actor: ActorModel, node: ts.Node, region: Region): boolean {
  const { head } = region;
  if (unitOf(node) !== unitOf(head) || node.getSourceFile() !== head.getSourceFile()) return false;
  return node.pos >= endOf(actor, region);
}

function endOf(actor: ActorModel, { head, kind }: Region): number {
  if (kind !== 'request handlers') return head.end;
  const crawls = indexOf(head.getSourceFile()).calls.filter(
    (call) =>
      unitOf(call) === unitOf(head) &&
      actor.code.rolesOf(call).some((role) => role.kind === 'lifecycle' && role.word === 'crawl'),
  );
  return crawls.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...crawls.map(({ end }) => end));
}

/** A function that also the start of the program calls would put things in once more when they have been restored. */
function runsInRegionOnly(actor: ActorModel, node: ts.Node, region: Region): boolean {
  const unit = unitOf(node);
  if (ts.isSourceFile(unit) || region.bodies.some((body) => isWithin(node, body)) || !region.units.has(unit))
    return true;
  return actor.code.callersOf(unit).every((call) => isInRegion(call, region));
}
