import { ts } from 'ts-morph';

import { isConst } from '../../flow/bindings.ts';
import { awaited } from '../../syntax/operands.ts';
import { textOf } from '../changes.ts';
import type { FileStyle } from '../file-style.ts';
import type { KeptVariable } from './kept-variables.ts';

/** What is saved: `{ page, seen: [...seen] }`. Of a Set and a Map JSON keeps nothing, so their items are written down. */
export function savedObject(variables: readonly KeptVariable[]): string {
  return `{ ${variables.map(savedProperty).join(', ')} }`;
}

/** One property of what is saved. A Date needs nothing: JSON makes a text of it. */
export function savedProperty({ name, kind }: KeptVariable): string {
  return kind === 'set' || kind === 'map' ? `${name}: [...${name}]` : name;
}

/** A first value that gives way to what was saved: `saved?.page ?? 1`, which also keeps a saved 0. */
export function inlineRestore(variable: KeptVariable, saved: string): string {
  return restoredFrom(variable, `${saved}?.${variable.name}`);
}

/** As `inlineRestore`, from an expression that gives nothing where nothing was saved. */
export function restoredFrom(
  { declaration, kind }: Pick<KeptVariable, 'declaration' | 'kind'>,
  source: string,
): string {
  const { initializer } = declaration;
  if (initializer === undefined) return source;
  const first = textOf(initializer);
  const value = awaited(initializer);
  if ((kind === 'set' || kind === 'map') && ts.isNewExpression(value)) {
    const types = value.typeArguments === undefined ? '' : `<${value.typeArguments.map(textOf).join(', ')}>`;
    const [items] = value.arguments ?? [];
    const restored = items === undefined ? source : `${source} ?? ${operand(items)}`;
    return `new ${textOf(value.expression)}${types}(${restored})`;
  }
  if (kind === 'date') return `${source} ? new Date(${source}) : ${first}`;
  return `${source} ?? ${operand(initializer)}`;
}

/** Beside `??`, an operator that binds less needs parentheses. */
function operand(expression: ts.Expression): string {
  const needsParentheses =
    ts.isBinaryExpression(expression) ||
    ts.isConditionalExpression(expression) ||
    ts.isArrowFunction(expression) ||
    ts.isYieldExpression(expression);
  return needsParentheses ? `(${textOf(expression)})` : textOf(expression);
}

/** The statements that put what was saved into variables that are declared already. */
export function restoreLines(
  variables: readonly KeptVariable[],
  saved: string,
  style: FileStyle,
): readonly string[] | undefined {
  // What nothing is known of but that it changes in place cannot be filled again.
  if (variables.some(({ kind, declaration }) => kind === 'plain' && isConst(declaration))) return undefined;
  const lines = variables.flatMap((variable) => fillLines(variable, `${saved}.${variable.name}`, style));
  return [`if (${saved}) {`, ...lines.map((line) => `${style.indent}${line}`), '}'];
}

function fillLines(variable: KeptVariable, source: string, { semicolon }: FileStyle): readonly string[] {
  const { name, kind, declaration } = variable;
  if (!isConst(declaration)) return [`${name} = ${restoredValue(kind, source)}${semicolon}`];
  const isEmpty = isEmptyAtFirst(declaration.initializer);
  switch (kind) {
    case 'set':
      return [
        ...emptied(isEmpty, `${name}.clear()${semicolon}`),
        `for (const item of ${source}) ${name}.add(item)${semicolon}`,
      ];
    case 'map':
      return [
        ...emptied(isEmpty, `${name}.clear()${semicolon}`),
        `for (const [key, value] of ${source}) ${name}.set(key, value)${semicolon}`,
      ];
    case 'array':
      return [
        ...emptied(isEmpty, `${name}.length = 0${semicolon}`),
        `for (const item of ${source}) ${name}.push(item)${semicolon}`,
      ];
    case 'date':
      return [`${name}.setTime(Date.parse(${source}))${semicolon}`];
    case 'object':
    case 'plain':
      return [`Object.assign(${name}, ${source})${semicolon}`];
  }
}

function restoredValue(kind: KeptVariable['kind'], source: string): string {
  if (kind === 'set') return `new Set(${source})`;
  if (kind === 'map') return `new Map(${source})`;
  return kind === 'date' ? `new Date(${source})` : source;
}

function emptied(isEmpty: boolean, line: string): readonly string[] {
  return isEmpty ? [] : [line];
}

function isEmptyAtFirst(initializer: ts.Expression | undefined): boolean {
  if (initializer === undefined) return true;
  const value = awaited(initializer);
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  return ts.isNewExpression(value) && (value.arguments ?? []).length === 0;
}
