import { ts } from 'ts-morph';

import type { Change } from '../changes.ts';
import { isConst } from '../../flow/bindings.ts';
import { insertion, replacement, startOf, textOf } from '../changes.ts';
import { indentOf, styleOf } from '../file-style.ts';
import type { FileStyle } from '../file-style.ts';
import { freeKey, freeName } from '../free-names.ts';
import {
  commentsOf,
  holdersOf,
  isWholly,
  linesAfter,
  linesAtBegin,
  linesBefore,
  removals,
} from './declaration-edits.ts';
import { isConstant, isStable } from './first-values.ts';
import type { KeptVariable } from './kept-variables.ts';
import type { Plan } from './plan.ts';
import { sdkCalls } from './sdk-names.ts';
import { useChanges } from './state-uses.ts';
import { objectText } from './state-object.ts';
import { needsType, recordType } from './type-texts.ts';

/**
 * The edits that make the variables properties of an object that the SDK saves and restores; `undefined` where a use of one
 * of them, or its first value, could not stay what it is.
 */
export function useStateChanges(plan: Plan): readonly Change[] | undefined {
  const { variables } = plan;
  const call = sdkCalls(plan).useState;
  if (call === undefined || variables.some(isUnsuited)) return undefined;
  const isObject = isStateObject(variables) && plan.place.kind !== 'functions';
  const changes = isObject ? objectChanges(plan, call.name) : propertyChanges(plan, call.name);
  return changes && [...call.imports, ...changes];
}

/** What an object of the SDK cannot hold, or what other files see as a variable. */
export function isUnsuited({ kind, declaration, uses }: KeptVariable): boolean {
  return (
    kind === 'map' ||
    kind === 'date' ||
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0 ||
    uses.some((use) => use.getSourceFile() !== declaration.getSourceFile())
  );
}

/** `const state = { page: 1 }` alone: the SDK can keep this object as it is. */
function isStateObject(variables: readonly KeptVariable[]): boolean {
  const [variable, ...others] = variables;
  return variable !== undefined && others.length === 0 && variable.kind === 'object' && !variable.isReassigned;
}

function objectChanges(plan: Plan, useState: string): readonly Change[] | undefined {
  const [variable] = plan.variables;
  const { declaration, holder, name } = variable;
  const { initializer, type } = declaration;
  if (initializer === undefined) return undefined;
  const style = styleOf(plan.file);
  const generic = type === undefined ? '' : `<${textOf(type)}>`;
  const opening = `await ${useState}${generic}(${style.quote}${freeKey(plan.actor)}${style.quote}, `;
  if (plan.place.kind === 'here') {
    return [insertion(plan.file, startOf(initializer), opening), insertion(plan.file, initializer.end, ')')];
  }
  if (!isStable(initializer, (used) => standsForConst(plan, used)) || !ts.isVariableStatement(holder)) return undefined;
  const value = `${opening}${textOf(initializer)})`;
  return atStart(plan, { name, type: type && textOf(type), value, style });
}

function propertyChanges(plan: Plan, useState: string): readonly Change[] | undefined {
  const { variables, file, actor } = plan;
  if (!firstValuesAreOwn(plan)) return undefined;
  const style = styleOf(file);
  const state = freeName(file, ['state', 'progress', 'actorState']);
  const uses = variables.map((variable) => useChanges(variable, variables, state));
  if (uses.includes(undefined)) return undefined;
  const isTyped = style.isTypeScript && variables.some(needsType);
  const type = isTyped || (style.isTypeScript && isSplit(plan)) ? recordType(actor.code, variables) : undefined;
  const opening = `await ${useState}${isTyped && type !== undefined ? `<${type}>` : ''}`;
  const write = (indent: string, anchor: ts.Node | undefined): string =>
    `${opening}(${style.quote}${freeKey(actor)}${style.quote}, ${objectText(plan, style, indent, anchor, opening.length)})`;
  const placed = placedState(plan, { name: state, type, write, style });
  return placed && [...placed, ...uses.flatMap((each) => each ?? [])];
}

interface StateWriting {
  readonly name: string;
  readonly type: string | undefined;
  readonly write: (indent: string, anchor: ts.Node | undefined) => string;
  readonly style: FileStyle;
}

function placedState(plan: Plan, { name, type, write, style }: StateWriting): readonly Change[] | undefined {
  switch (plan.place.kind) {
    case 'here':
      return besideDeclarations(plan, (anchor) => `const ${name} = ${write(indentOf(anchor), anchor)}`, style);
    case 'start':
      return atStart(plan, { name, type, value: write(startIndent(plan, style), undefined), style });
    case 'functions':
      return inFunctions(plan, name, write, style);
  }
}

/** A function that hands out the state, in the place of the declarations; each that uses them asks it at its begin. */
function inFunctions(
  plan: Plan,
  state: string,
  write: StateWriting['write'],
  style: FileStyle,
): readonly Change[] | undefined {
  if (plan.place.kind !== 'functions') return undefined;
  const load = freeName(plan.file, ['loadState', 'loadProgress']);
  const made = besideDeclarations(
    plan,
    (anchor) => `const ${load} = () => ${write(indentOf(anchor), anchor).replace(/^await /u, '')}`,
    style,
  );
  const line = `const ${state} = await ${load}()${style.semicolon}`;
  return made && [...made, ...plan.place.bodies.flatMap((body) => linesAtBegin(body, [line], style))];
}

/** No first value is made from another of the variables: they come to be at the same time. */
function firstValuesAreOwn({ variables }: Plan): boolean {
  const uses = new Set(variables.flatMap((variable) => variable.uses));
  return variables.every(({ declaration: { initializer } }) => {
    return (
      initializer === undefined || [...uses].every((use) => use.pos < initializer.pos || use.end > initializer.end)
    );
  });
}

/** The state is made in the place of the first declaration, or of the last where first values need what stands between. */
function besideDeclarations(
  plan: Plan,
  write: (anchor: ts.Node) => string,
  style: FileStyle,
): readonly Change[] | undefined {
  const holders = holdersOf(plan.variables);
  const [first] = holders;
  const last = holders.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const others = plan.variables.filter(({ holder }) => holder !== first);
  const anchor = others.every(({ declaration }) => isConstant(declaration.initializer)) ? first : last;
  if (anchor === last && last !== first && !mayMoveTo(plan, first, last)) return undefined;
  const line = `${write(anchor)}${style.semicolon}`;
  const declared = new Set(plan.variables.map(({ declaration }) => declaration));
  if (ts.isVariableStatement(anchor) && isWholly(anchor, declared)) {
    const removed = removals(
      holders.filter((holder) => holder !== anchor),
      plan.variables,
    );
    const { behind, end } = commentsOf(anchor);
    const isTaken = behind !== undefined && line.includes(behind);
    const replaced = replacement(plan.file, startOf(anchor), isTaken ? end : anchor.end, line);
    return removed && [replaced, ...removed];
  }
  const removed = removals(holders, plan.variables);
  const [firstDeclared] = ts.isVariableStatement(anchor) ? anchor.declarationList.declarations : [];
  const isBefore = firstDeclared === undefined || declared.has(firstDeclared);
  return removed && [isBefore ? linesBefore(anchor, [line], style) : linesAfter(anchor, [line], style), ...removed];
}

/** Whether declarations may come to be where the last of them is: nothing between uses them or changes what they are made from. */
function mayMoveTo(plan: Plan, first: ts.Node, last: ts.Node): boolean {
  const isUsed = plan.variables.some(({ uses }) => uses.some((use) => use.pos > first.pos && use.end < startOf(last)));
  const others = plan.variables.filter(({ holder }) => holder !== last);
  return (
    !isUsed &&
    others.every(({ declaration }) => isStable(declaration.initializer, (used) => standsForConst(plan, used)))
  );
}

interface StateLine {
  readonly name: string;
  readonly type: string | undefined;
  readonly value: string;
  readonly style: FileStyle;
}

/** The state is made behind the start; where not all see what is declared there, it is declared before. */
function atStart(plan: Plan, { name, type, value, style }: StateLine): readonly Change[] | undefined {
  const { place, variables, file } = plan;
  if (place.kind !== 'start') return undefined;
  if (!variables.every(({ declaration }) => isStable(declaration.initializer, (used) => standsForConst(plan, used))))
    return undefined;
  const holders = holdersOf(variables);
  const split = isSplit(plan);
  const line = `${split ? '' : 'const '}${name} = ${value}${style.semicolon}`;
  const made =
    place.after === undefined ? linesAtBegin(place.list, [line], style) : linesAfter(place.after, [line], style);
  const [firstHolder, ...otherHolders] = holders;
  const removed = removals(split ? otherHolders : holders, variables);
  if (!split || removed === undefined) return removed && [made, ...removed];
  const declared = new Set(variables.map(({ declaration }) => declaration));
  if (firstHolder === undefined || !ts.isVariableStatement(firstHolder) || !isWholly(firstHolder, declared))
    return undefined;
  const { start, end } = commentsOf(firstHolder);
  const declaration = `let ${name}${type === undefined ? '' : `: ${type}`}${style.semicolon}`;
  return [replacement(file, start, end, declaration), ...removed, made];
}

function isSplit({ place }: Plan): boolean {
  return place.kind === 'start' && !place.isVisible;
}

function startIndent({ place }: Plan, style: FileStyle): string {
  if (place.kind !== 'start') return '';
  const sibling = place.after ?? place.list.statements[0];
  return sibling === undefined ? style.indent : indentOf(sibling);
}

function standsForConst(plan: Plan, name: ts.Identifier): boolean {
  const declaration = plan.actor.code.symbolOf(name)?.valueDeclaration;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && isConst(declaration);
}
