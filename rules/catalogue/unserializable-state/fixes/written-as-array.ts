import { ts } from 'ts-morph';

import { insertion, replacement, startOf, textOf } from '../../../fixes/changes.ts';
import { indentOf, nextLine, styleOf } from '../../../fixes/file-style.ts';
import type { JsonLoss } from '../../../actor/records/json-losses.ts';
import { outermostDefaulted } from '../../../flow/forward-slice.ts';
import type { SavedValue } from '../../../actor/records/saved-values.ts';
import type { Change } from '../../../fixes/changes.ts';

/**
 * The edits that save the items of a Set or a Map, and make one of them again where they are read; `undefined` where it is
 * not plain how.
 */
export function arrayChanges(saved: SavedValue, loss: JsonLoss): readonly Change[] | undefined {
  const [name, ...deeper] = loss.path;
  if (deeper.length > 0) return undefined;
  const onSave = saveChanges(saved.value, loss, name);
  const onRestore = restoreChanges(saved, loss.what, name);
  return onSave && onRestore && [...onSave, ...onRestore];
}

function saveChanges(
  value: ts.Expression,
  { place }: JsonLoss,
  name: string | undefined,
): readonly Change[] | undefined {
  const file = value.getSourceFile();
  if (name === undefined) return isName(value) ? spread(value) : undefined;
  if (ts.isIdentifier(value)) {
    const text = `{ ...${value.text}, ${name}: [...${value.text}.${name}] }`;
    return [replacement(file, startOf(value), value.end, text)];
  }
  if (place.parent !== value) return undefined;
  if (ts.isShorthandPropertyAssignment(place)) return [insertion(file, place.end, `: [...${name}]`)];
  return ts.isPropertyAssignment(place) && isName(place.initializer) ? spread(place.initializer) : undefined;
}

function spread(value: ts.Expression): readonly Change[] {
  const file = value.getSourceFile();
  return [insertion(file, startOf(value), '[...'), insertion(file, value.end, ']')];
}

function isName(value: ts.Expression): boolean {
  return ts.isIdentifier(value) || ts.isPropertyAccessExpression(value);
}

function restoreChanges(
  { value, reads }: SavedValue,
  what: string,
  name: string | undefined,
): readonly Change[] | undefined {
  const changes: Change[] = [];
  for (const { reads: restored } of reads) {
    // An object that is restored as a whole gets its Set back in one line behind.
    const whole = name === undefined || !ts.isIdentifier(value) ? undefined : restored.wholes[0];
    const places = name === undefined ? restored.wholes.slice(0, 1) : (restored.fields.get(name) ?? []);
    const made =
      whole === undefined || name === undefined
        ? allOf(places.map((place) => rebuilt(place, what)))
        : rebuiltBehind(whole, what, name);
    if (made === undefined || !restored.isFollowed) return undefined;
    changes.push(...made);
  }
  return changes;
}

function allOf(parts: readonly (readonly Change[] | undefined)[]): readonly Change[] | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

/** `saved?.seen ?? new Set()` becomes `new Set(saved?.seen ?? [])`; what is made into one already stays. */
function rebuilt(place: ts.Node, what: string): readonly Change[] | undefined {
  if (!ts.isExpression(place)) return undefined;
  const value = outermostDefaulted(place);
  const { parent } = value;
  const file = place.getSourceFile();
  if (ts.isNewExpression(parent) && textOf(parent.expression) === what) return [];
  if (ts.isSpreadElement(parent) || (ts.isForOfStatement(parent) && parent.expression === value)) return [];
  const isTaken =
    (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) ||
    (ts.isBinaryExpression(parent) && parent.right === value);
  if (!isTaken) return undefined;
  const around = [insertion(file, startOf(value), `new ${what}(`), insertion(file, value.end, ')')];
  if (!ts.isBinaryExpression(value)) return around;
  const first = value.right;
  if (!ts.isNewExpression(first) || textOf(first.expression) !== what) return undefined;
  const [items] = first.arguments ?? [];
  const [opening, closing] = around;
  if (opening === undefined || closing === undefined) return undefined;
  return [opening, replacement(file, startOf(first), first.end, items === undefined ? '[]' : textOf(items)), closing];
}

/** `state.seen = new Set(state.seen);` behind the statement that restores the object: it suits its first value too. */
function rebuiltBehind(whole: ts.Expression, what: string, name: string): readonly Change[] | undefined {
  const declaration = whole.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const statement = declaration.parent.parent;
  if (!ts.isVariableStatement(statement) || !ts.isBinaryExpression(whole)) return undefined;
  const file = whole.getSourceFile();
  const { semicolon, lineEnd } = styleOf(file);
  const target = `${declaration.name.text}.${name}`;
  const line = `${indentOf(statement)}${target} = new ${what}(${target})${semicolon}${lineEnd}`;
  return [insertion(file, nextLine(file.text, statement.end), line)];
}
