import { ts } from 'ts-morph';

import { textOf } from '../changes.ts';
import type { FileStyle } from '../file-style.ts';
import { commentsOf } from './declaration-edits.ts';
import type { KeptVariable } from './kept-variables.ts';
import type { Plan } from './plan.ts';

/** The longest line that an object is written on. */
const LONGEST_LINE = 110;

/**
 * The first state, `{ page: 1, seen: [] }`, on lines of its own where comments come along.
 *
 * @param anchor the statement in whose place the state is made: the comments above it stay there
 * @param before how many characters stand before it on its line
 */
export function objectText(
  plan: Plan,
  style: FileStyle,
  indent: string,
  anchor: ts.Node | undefined,
  before: number,
): string {
  const properties = plan.variables.map((variable, position) => {
    const { holder, name } = variable;
    const isFirst = plan.variables.findIndex((each) => each.holder === holder) === position;
    const comments = isFirst && ts.isVariableStatement(holder) ? commentsOf(holder) : undefined;
    const above = holder === anchor ? [] : (comments?.above ?? []);
    return { text: `${name}: ${firstValue(variable)}`, above, behind: comments?.behind, isAnchor: holder === anchor };
  });
  const line = `{ ${properties.map(({ text }) => text).join(', ')} }`;
  const hasComments = properties.some(
    ({ above, behind, isAnchor }) => above.length > 0 || (behind !== undefined && !isAnchor),
  );
  if (!hasComments && before + line.length + indent.length < LONGEST_LINE) return line;
  const inner = `${style.lineEnd}${indent}${style.indent}`;
  const lines = properties.flatMap(({ text, above, behind }) => [
    ...above.flatMap(linesOfComment),
    `${text},${behind === undefined ? '' : ` ${behind}`}`,
  ]);
  return `{${lines.map((each) => `${inner}${each}`).join('')}${style.lineEnd}${indent}}`;
}

/** The lines of a comment, without the indentation that they had. */
function linesOfComment(comment: string): readonly string[] {
  return comment.split(/\r?\n/u).map((line) => line.replace(/^\s+(?=\*)/u, ' '));
}

/** The first value of a property of the state: that of the variable, of a Set the array of its items. */
export function firstValue({ declaration, kind }: KeptVariable): string {
  const { initializer } = declaration;
  if (initializer === undefined) return 'undefined';
  if (kind !== 'set') return textOf(initializer);
  const given = ts.isNewExpression(initializer) ? (initializer.arguments ?? []) : [initializer];
  return given.length === 0 ? '[]' : `[...${textOf(initializer)}]`;
}
