import { ts } from 'ts-morph';

import type { Change } from '../changes.ts';
import { insertion, startOf } from '../changes.ts';
import { indentOf } from '../file-style.ts';

/** Adds properties behind the last one of an object, on lines of their own where the others have such. */
export function propertyChange(literal: ts.ObjectLiteralExpression, properties: readonly string[]): Change {
  return itemsChange(literal, literal.properties, properties, ',', literal.properties.hasTrailingComma);
}

/** Adds members behind the last one of a type. */
export function memberChange(type: ts.TypeLiteralNode, members: readonly string[]): Change {
  const last = type.members.at(-1);
  const separator = last !== undefined && last.getText().endsWith(',') ? ',' : ';';
  return itemsChange(type, type.members, members, separator, last !== undefined && /[;,]$/u.test(last.getText()));
}

/** Adds names to what a pattern takes apart. */
export function elementChange(pattern: ts.ObjectBindingPattern, elements: readonly string[]): Change | undefined {
  if (pattern.elements.some(({ dotDotDotToken }) => dotDotDotToken !== undefined)) return undefined;
  return itemsChange(pattern, pattern.elements, elements, ',', pattern.elements.hasTrailingComma);
}

function itemsChange(
  around: ts.Node,
  items: readonly ts.Node[],
  added: readonly string[],
  separator: string,
  hasTrailing: boolean | undefined,
): Change {
  const file = around.getSourceFile();
  const last = items.at(-1);
  if (last === undefined) return insertion(file, startOf(around) + 1, ` ${added.join(`${separator} `)} `);
  const lineEnd = file.text.includes('\r\n') ? '\r\n' : '\n';
  const isOnLines = file.text.slice(startOf(around), startOf(last)).includes('\n');
  const between = isOnLines ? `${lineEnd}${indentOf(last)}` : ' ';
  const isSeparatorInside = ts.isTypeElement(last) && hasTrailing === true;
  const comma = file.text.indexOf(',', last.end);
  const at = isSeparatorInside || hasTrailing !== true ? last.end : comma + 1;
  const joined = added.map((each) => `${between}${each}`).join(separator);
  const opening = hasTrailing === true ? '' : separator;
  return insertion(file, at, `${opening}${joined}${hasTrailing === true && isOnLines ? separator : ''}`);
}
