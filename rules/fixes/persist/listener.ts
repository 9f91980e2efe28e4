import { ts } from 'ts-morph';

import type { Change } from '../changes.ts';
import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isWithin } from '../../syntax/functions.ts';
import { insertion, replacement, startOf, textOf } from '../changes.ts';
import { styleOf } from '../file-style.ts';
import type { FileStyle } from '../file-style.ts';
import { freeKey, freeName } from '../free-names.ts';
import { holdersOf, linesAfter, linesAtBegin, linesBefore, removals } from './declaration-edits.ts';
import type { KeptVariable } from './kept-variables.ts';
import type { Plan } from './plan.ts';
import { inlineRestore, restoreLines, savedObject } from './record.ts';
import { sdkCalls } from './sdk-names.ts';
import { stopChange, stoppingOf } from './stopping.ts';
import type { Stopping } from './stopping.ts';
import { recordType } from './type-texts.ts';

/**
 * The edits that save the variables when the SDK asks for it, each minute and before a migration, and that restore them at
 * the start. A loop that would work on after the save stops, where the SDK does not reboot the run. The listener is registered
 * when they are restored: before, it could save first values over what was saved (sdk-facts.md, section 10).
 */
export function listenerChanges(plan: Plan): readonly Change[] | undefined {
  const { getValue, setValue, on } = sdkCalls(plan);
  if (getValue === undefined || setValue === undefined || on === undefined) return undefined;
  if (plan.place.kind === 'functions') return undefined;
  if (plan.place.kind === 'start' && plan.variables.some(({ holder }) => ts.isForStatement(holder))) return undefined;
  const { file, variables, actor } = plan;
  const style = styleOf(file);
  const { quote, semicolon } = style;
  const saved = freeName(file, ['saved', 'savedState']);
  const key = `${quote}${freeKey(actor)}${quote}`;
  const read = `const ${saved} = ${readOf(plan, getValue.name, key, style)}${semicolon}`;
  const stopping = stoppingOf(plan);
  const save = `await ${setValue.name}(${key}, ${savedObject(variables)})${semicolon}`;
  const listen = listenLines(on.name, save, stopping, style);
  const placed = place(plan, saved, read, listen, style);
  const stop = stopping === undefined ? [] : [stopChange(plan, stopping, style)];
  return placed && [...getValue.imports, ...placed, ...stop];
}

function listenLines(
  on: string,
  save: string,
  stopping: Stopping | undefined,
  { quote, semicolon, indent }: FileStyle,
): readonly string[] {
  const body = `${indent}${save}`;
  const event = `${quote}persistState${quote}`;
  if (stopping === undefined) return [`${on}(${event}, async () => {`, body, `})${semicolon}`];
  return [
    `const ${stopping.save} = async () => {`,
    body,
    `}${semicolon}`,
    `${on}(${event}, ${stopping.save})${semicolon}`,
    `let ${stopping.flag} = false${semicolon}`,
    `${on}(${quote}migrating${quote}, () => {`,
    `${indent}${stopping.flag} = true${semicolon}`,
    `})${semicolon}`,
  ];
}

/** The types of the older generations know no record, so what was saved has to be asserted. */
function readOf({ actor, variables }: Plan, getValue: string, key: string, style: FileStyle): string {
  if (!style.isTypeScript) return `await ${getValue}(${key})`;
  const type = recordType(actor.code, variables);
  const isLegacy = (actor.folder.sdk?.generation ?? 3) < 3;
  return isLegacy ? `(await ${getValue}(${key})) as ${type} | null` : `await ${getValue}<${type}>(${key})`;
}

function place(
  plan: Plan,
  saved: string,
  read: string,
  listen: readonly string[],
  style: FileStyle,
): readonly Change[] | undefined {
  if (plan.place.kind === 'here' && allowsModernSyntax(plan)) {
    return besideDeclarations(plan, saved, read, listen, style);
  }
  const restore = restoreLines(plan.variables, saved, style);
  if (restore === undefined) return undefined;
  const lines = [read, ...restore, ...listen];
  return plan.place.kind === 'here' ? behindDeclarations(plan, lines, style) : atStart(plan, lines, style);
}

/** `?.` and `??` need Node 14, which the SDK asks for from its second generation on. */
function allowsModernSyntax({ actor, file }: Plan): boolean {
  return (actor.folder.sdk?.generation ?? 3) >= 2 || /\?\?|\?\.(?=[\w[(])/u.test(file.text);
}

function atStart({ place: start }: Plan, lines: readonly string[], style: FileStyle): readonly Change[] | undefined {
  if (start.kind !== 'start') return undefined;
  return [start.after === undefined ? linesAtBegin(start.list, lines, style) : linesAfter(start.after, lines, style)];
}

/** Each declaration takes what was saved, or its first value. */
function besideDeclarations(
  plan: Plan,
  saved: string,
  read: string,
  listen: readonly string[],
  style: FileStyle,
): readonly Change[] | undefined {
  const holders = holdersOf(plan.variables);
  const [first] = holders;
  const last = holders.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const changes = plan.variables.map((variable) => restoring(plan.actor.code, variable, saved));
  if (changes.includes(undefined)) return undefined;
  const inPlace = changes.flatMap((each) => each ?? []);
  if (ts.isForStatement(last)) {
    const head = hoisted(plan, last, saved, style);
    const lines = first === last ? [read, ...head.lines, ...listen] : [...head.lines, ...listen];
    const before = [linesBefore(last, lines, style), ...head.changes];
    return first === last ? before : [linesBefore(first, [read], style), ...inPlace, ...before];
  }
  if (holders.some(ts.isForStatement)) return undefined;
  return [linesBefore(first, [read], style), ...inPlace, linesAfter(last, listen, style)];
}

/** The variable of a `for` is declared before it. */
function hoisted(
  plan: Plan,
  loop: ts.ForStatement,
  saved: string,
  style: FileStyle,
): { readonly lines: readonly string[]; readonly changes: readonly Change[] } {
  const declared = plan.variables.filter(({ holder }) => holder === loop);
  const lines = declared.map((variable) => {
    const type = variable.declaration.type === undefined ? '' : `: ${textOf(variable.declaration.type)}`;
    return `let ${variable.name}${type} = ${inlineRestore(variable, saved)}${style.semicolon}`;
  });
  return { lines, changes: removals([loop], declared) ?? [] };
}

function restoring(code: Code, variable: KeptVariable, saved: string): readonly Change[] | undefined {
  const { declaration, holder } = variable;
  if (ts.isForStatement(holder)) return isFree(code, variable) ? [] : undefined;
  const file = declaration.getSourceFile();
  const { initializer } = declaration;
  const restore = inlineRestore(variable, saved);
  if (initializer === undefined) return [insertion(file, (declaration.type ?? declaration.name).end, ` = ${restore}`)];
  return [replacement(file, startOf(initializer), initializer.end, restore)];
}

/** Whether the name of a loop's variable means nothing else in the block around the loop. */
function isFree(code: Code, { declaration, holder, name, uses }: KeptVariable): boolean {
  const block = holder.parent;
  const same = indexOf(declaration.getSourceFile()).identifiers.get(name) ?? [];
  return same.every((each) => {
    if (each === declaration.name || uses.some((use) => use === each) || !isWithin(each, block)) return true;
    if (ts.isPropertyAccessExpression(each.parent) && each.parent.name === each) return true;
    if (ts.isPropertyAssignment(each.parent) && each.parent.name === each) return true;
    const other = code.symbolOf(each)?.valueDeclaration;
    return other !== undefined && isWithin(other, block) && listOf(other) !== block;
  });
}

/** The block in whose scope a declaration stands, if it stands in a block's own. */
function listOf(declaration: ts.Declaration): ts.Node {
  if (!ts.isVariableDeclaration(declaration)) return declaration.parent;
  const holder = declaration.parent.parent;
  return ts.isVariableStatement(holder) ? holder.parent : holder;
}

/** The declarations stay; behind them what was saved is put in. */
function behindDeclarations(plan: Plan, lines: readonly string[], style: FileStyle): readonly Change[] | undefined {
  const last = holdersOf(plan.variables).at(-1);
  if (last === undefined) return undefined;
  if (!ts.isForStatement(last)) return [linesAfter(last, lines, style)];
  const declared = plan.variables.filter(({ holder }) => holder === last);
  if (
    holdersOf(plan.variables).slice(0, -1).some(ts.isForStatement) ||
    !declared.every((variable) => isFree(plan.actor.code, variable))
  )
    return undefined;
  const hoists = declared.map(({ declaration }) => `let ${textOf(declaration)}${style.semicolon}`);
  return [linesBefore(last, [...hoists, ...lines], style), ...(removals([last], declared) ?? [])];
}
