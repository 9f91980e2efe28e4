import { ts } from 'ts-morph';

import { insertion, replacement, startOf, textOf } from '../../fixes/changes.ts';
import { freeName } from '../../fixes/free-names.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { Code } from '../../flow/code.ts';
import { isCopyOf } from '../../actor/records/detached-states.ts';
import type { Detached } from '../../actor/records/detached-states.ts';
import { bare } from '../../syntax/operands.ts';
import type { Change, Fix } from '../../fixes/changes.ts';

/** The ways to change the object that the SDK saves in the place of another one. */
export function fixesOf({ code }: ActorModel, detached: Detached): readonly Fix[] {
  switch (detached.form) {
    case 'replaced':
      return fix('in-place', 'Change the object itself', inPlace(detached.at));
    case 'copied':
      return fix('same-object', 'Use the object itself', sameObject(detached.at));
    case 'taken out':
      return fix('through-object', 'Change it through the object', throughObject(code, detached.at));
    case 'stepped':
      return [];
  }
}

function fix(id: string, title: string, changes: readonly Change[] | undefined): readonly Fix[] {
  return changes === undefined ? [] : [{ id, title, safe: false, changes: () => changes }];
}

/** `state = { ...state, page }` becomes `Object.assign(state, { page })`, `list = [...list, item]` becomes `list.push(item)`. */
function inPlace(assignment: ts.BinaryExpression): readonly Change[] | undefined {
  const name = textOf(assignment.left);
  const literal = bare(assignment.right);
  if (!ts.isExpressionStatement(assignment.parent) || !isCopyOf(literal, name)) return undefined;
  const items = ts.isObjectLiteralExpression(literal)
    ? literal.properties
    : ts.isArrayLiteralExpression(literal)
      ? literal.elements
      : undefined;
  const [first, second] = items ?? [];
  const last = items?.at(-1);
  if (first === undefined || second === undefined || last === undefined) return undefined;
  const file = assignment.getSourceFile();
  const isObject = ts.isObjectLiteralExpression(literal);
  const [opening, closing] = isObject ? [`Object.assign(${name}, {`, '})'] : [`${name}.push(`, ')'];
  const leading = isObject ? file.text.slice(literal.getStart() + 1, startOf(first)) : '';
  const end = isObject ? literal.end - 1 : last.end;
  return [
    replacement(file, startOf(assignment), startOf(second), `${opening}${leading}`),
    replacement(file, end, assignment.end, closing),
  ];
}

/** `{ ...(await useState()) }` becomes `await useState()`. */
function sameObject(copy: ts.Expression): readonly Change[] | undefined {
  const inner = ts.isCallExpression(copy)
    ? copy.arguments[0]
    : ts.isObjectLiteralExpression(copy) && copy.properties.length === 1
      ? spreadOf(copy.properties[0])
      : undefined;
  return inner && [replacement(copy.getSourceFile(), startOf(copy), copy.end, textOf(bare(inner)))];
}

function spreadOf(property: ts.ObjectLiteralElementLike | undefined): ts.Expression | undefined {
  return property !== undefined && ts.isSpreadAssignment(property) ? property.expression : undefined;
}

/** `let { page } = await useState()` becomes `const state = await useState()`, and each `page` becomes `state.page`. */
function throughObject(code: Code, element: ts.BindingElement): readonly Change[] | undefined {
  const pattern = element.parent;
  const declaration = pattern.parent;
  if (!ts.isObjectBindingPattern(pattern) || !ts.isVariableDeclaration(declaration)) return undefined;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length > 1 || declaration.type !== undefined)
    return undefined;
  const file = element.getSourceFile();
  const state = freeName(file, ['state', 'runState']);
  const uses = pattern.elements.map((each) => usesThrough(code, each, state));
  if (uses.includes(undefined)) return undefined;
  const word = replacement(file, startOf(list), startOf(pattern), 'const ');
  return [word, replacement(file, startOf(pattern), pattern.end, state), ...uses.flatMap((each) => each ?? [])];
}

function usesThrough(code: Code, element: ts.BindingElement, state: string): readonly Change[] | undefined {
  const { name, propertyName, initializer, dotDotDotToken } = element;
  if (!ts.isIdentifier(name) || initializer !== undefined || dotDotDotToken !== undefined) return undefined;
  if (propertyName !== undefined && !ts.isIdentifier(propertyName)) return undefined;
  const symbol = code.symbolOf(name);
  if (symbol === undefined) return undefined;
  const place = `${state}.${(propertyName ?? name).text}`;
  const uses = code.referencesOf(symbol).filter((use) => use !== name);
  if (uses.some((use) => use.getSourceFile() !== name.getSourceFile() || ts.isExportSpecifier(use.parent)))
    return undefined;
  return uses.map((use) =>
    ts.isShorthandPropertyAssignment(use.parent)
      ? insertion(use.getSourceFile(), use.end, `: ${place}`)
      : replacement(use.getSourceFile(), startOf(use), use.end, place),
  );
}
