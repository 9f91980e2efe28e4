import { ts } from 'ts-morph';

import { textOf } from '../../fixes/changes.ts';
import { propertyChange } from '../../fixes/persist/object-literals.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { assignmentTo } from '../../syntax/assignments.ts';
import type { Code } from '../../flow/code.ts';
import { visit } from '../../syntax/functions.ts';
import { awaited } from '../../syntax/operands.ts';
import { DEFAULT_STORE } from '../../actor/keys/keys.ts';
import type { StateVariable } from '../../actor/state/own-state.ts';
import { outermostDefaulted } from '../../flow/forward-slice.ts';
import type { RestoredRecord } from '../../actor/records/restored-records.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report } from '../rule.ts';
import { restoreFixes } from './fixes/restore-field.ts';

/** Fields of a record that are saved and not restored, and such that are restored and not saved. */
export function halfRestored(actor: ActorModel, record: RestoredRecord): readonly Report[] {
  const literals = literalsOf(record);
  const isFollowed = record.restores.every(({ reads }) => reads.isFollowed);
  const read = new Map(record.restores.flatMap(({ reads }) => [...reads.fields]));
  if (literals === undefined || !isFollowed || read.size === 0) return [];
  return [...savedOnly(actor, record, literals, read), ...restoredOnly(actor, record, literals)];
}

/** All that is ever saved under the key, where each save says what: otherwise nothing can be said. */
function literalsOf({ saves }: RestoredRecord): readonly ts.ObjectLiteralExpression[] | undefined {
  const values = saves.map(({ value }) => value && awaited(value));
  const literals = values.flatMap((value) =>
    value !== undefined && ts.isObjectLiteralExpression(value) && value.properties.every(isNamed) ? [value] : [],
  );
  return literals.length > 0 && literals.length === values.length ? literals : undefined;
}

function isNamed(property: ts.ObjectLiteralElementLike): boolean {
  return property.name !== undefined && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name));
}

function nameOf(property: ts.ObjectLiteralElementLike): string {
  const { name } = property;
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '';
}

/** A date or a count that is saved for people to read is fine; a variable that the work depends on is not. */
function savedOnly(
  actor: ActorModel,
  record: RestoredRecord,
  literals: readonly ts.ObjectLiteralExpression[],
  read: ReadonlyMap<string, unknown>,
): readonly Report[] {
  const properties = literals.flatMap((literal) => [...literal.properties]);
  const restored = new Set(
    properties.filter((each) => read.has(nameOf(each))).flatMap((each) => [...symbolsIn(actor.code, each)]),
  );
  return properties.flatMap((property): readonly Report[] => {
    const variable = read.has(nameOf(property)) ? undefined : stateIn(actor, property);
    if (variable === undefined || restored.has(variable.binding.symbol) || !matters(variable, record)) return [];
    return [
      {
        node: property,
        severity: 'warning',
        message: `\`${nameOf(property)}\` is saved, but it is not restored with the rest: after a migration \`${variable.binding.name}\` starts anew`,
        related: [
          ...record.restores.map(({ call }) => ({ node: call.expression, message: 'the record is restored here' })),
          { node: variable.binding.declaration, message: 'it starts anew here' },
        ],
        fixes: restoreFixes(actor, record, property, variable),
      },
    ];
  });
}

function stateIn({ code, regions }: ActorModel, property: ts.ObjectLiteralElementLike): StateVariable | undefined {
  const symbols = symbolsIn(code, property);
  return regions
    .flatMap(({ variables }) => variables)
    .find(
      ({ binding, owner }) => symbols.has(binding.symbol) && owner?.kind !== 'restored' && owner?.kind !== 'auto-saved',
    );
}

function symbolsIn(code: Code, property: ts.Node): ReadonlySet<ts.Symbol> {
  const symbols = new Set<ts.Symbol>();
  visit(property, (node) => {
    const symbol = ts.isIdentifier(node) ? code.symbolOf(node) : undefined;
    if (symbol !== undefined) symbols.add(symbol);
  });
  return symbols;
}

/** Whether more than this record depends on a variable. */
function matters({ significance }: StateVariable, { saves }: RestoredRecord): boolean {
  const { decides, output, position } = significance;
  return decides.size > 0 || position.length > 0 || output.some((write) => !saves.some(({ call }) => call === write));
}

/** In a run's own store, nothing but this program can have saved the field. */
function restoredOnly(
  actor: ActorModel,
  { storeName, restores }: RestoredRecord,
  literals: readonly ts.ObjectLiteralExpression[],
): readonly Report[] {
  if (storeName !== DEFAULT_STORE) return [];
  const saved = new Set(literals.flatMap(({ properties }) => properties.map(nameOf)));
  const fields = restores.flatMap(({ reads }) => [...reads.fields]).filter(([name]) => !saved.has(name));
  return fields.flatMap(([name, places]): readonly Report[] => {
    const [place] = places;
    if (place === undefined || name in Object.prototype || isPutIn(places)) return [];
    return [
      {
        node: place,
        severity: 'warning',
        message: `\`${name}\` is restored, but nothing saves it: after a migration it is undefined`,
        related: literals.map((literal) => ({ node: literal, message: 'this is what is saved' })),
        fixes: addFixes(actor, name, place, literals),
      },
    ];
  });
}

/** `saved.page = …`: then it is there, whoever put it. */
function isPutIn(places: readonly ts.Node[]): boolean {
  return places.some((place) => assignmentTo(place) !== undefined);
}

/** Saves the variable, or the field of a class, that the field is restored into. */
function addFixes(
  { code }: ActorModel,
  name: string,
  place: ts.Node,
  literals: readonly ts.ObjectLiteralExpression[],
): readonly Fix[] {
  const target = targetOf(place);
  if (target === undefined || !literals.every((literal) => isSeen(code, target, literal))) return [];
  const text = textOf(target);
  const changes = literals.map((literal) => propertyChange(literal, [text === name ? name : `${name}: ${text}`]));
  return [{ id: 'save-field', title: `Save \`${name}\` too`, safe: false, changes: () => changes }];
}

/** Whether what is restored into can be named where it is saved. */
function isSeen(code: Code, target: ts.Expression, literal: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(target)) return classAround(target) === classAround(literal);
  const symbol = code.symbolOf(target);
  return symbol !== undefined && code.checker.getSymbolsInScope(literal, ts.SymbolFlags.Variable).includes(symbol);
}

function classAround(node: ts.Node): ts.Node | undefined {
  let current = node;
  while (!ts.isSourceFile(current) && !ts.isClassLike(current)) current = current.parent;
  return ts.isClassLike(current) ? current : undefined;
}

/** What a field is restored into, where that holds the field as it was: a variable, `this.page`. */
function targetOf(place: ts.Node): ts.Identifier | ts.PropertyAccessExpression | undefined {
  if (ts.isBindingElement(place)) return ts.isIdentifier(place.name) ? place.name : undefined;
  if (!ts.isExpression(place)) return undefined;
  const value = outermostDefaulted(place);
  const { parent } = value;
  const target = ts.isVariableDeclaration(parent)
    ? parent.name
    : ts.isBinaryExpression(parent) && parent.right === value
      ? parent.left
      : undefined;
  if (target === undefined) return undefined;
  const isOwn = ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isOwn || ts.isIdentifier(target) ? target : undefined;
}
