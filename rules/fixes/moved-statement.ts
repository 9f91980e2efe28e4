import { ts } from 'ts-morph';

import type { Change } from '../catalogue/rule.ts';
import { insertion, replacement, startOf } from './changes.ts';
import { isWithin } from '../model/functions.ts';
import { indentOf, lineStart, nextLine, styleOf } from './file-style.ts';

/**
 * The edits that move a statement, with the comments right above it, behind another one: of the same block, or of one around it.
 * `undefined` where one of them shares its line with something else.
 */
export function movedBehind(statement: ts.Statement, other: ts.Statement): readonly Change[] | undefined {
  const file = statement.getSourceFile();
  if (!isWithin(statement, other.parent) || !standsAlone(statement) || !standsAlone(other)) return undefined;
  const start = lineStart(file.text, startWithComments(statement));
  const end = nextLine(file.text, statement.end);
  const text = file.text.slice(start, end).replace(new RegExp(`^${indentOf(statement)}`, 'gmu'), indentOf(other));
  const { lineEnd } = styleOf(file);
  const at = nextLine(file.text, other.end);
  const isLast = !file.text.slice(0, at).endsWith('\n');
  const whole = isLast ? `${lineEnd}${text.replace(/\r?\n$/u, '')}` : text.endsWith('\n') ? text : `${text}${lineEnd}`;
  return [replacement(file, start, end, ''), insertion(file, at, whole)];
}

function startWithComments(statement: ts.Statement): number {
  const file = statement.getSourceFile();
  const comments = ts.getLeadingCommentRanges(file.text, statement.getFullStart()) ?? [];
  let first = startOf(statement);
  for (const { pos, end } of comments.toReversed()) {
    const isAbove = /^[ \t]*\r?\n?[ \t]*$/u.test(file.text.slice(end, first));
    if (!isAbove || file.text.slice(lineStart(file.text, pos), pos).trim() !== '') break;
    first = pos;
  }
  return first;
}

function standsAlone(statement: ts.Statement): boolean {
  const { text } = statement.getSourceFile();
  const before = text.slice(lineStart(text, startOf(statement)), startOf(statement));
  const after = text.slice(statement.end, nextLine(text, statement.end));
  return before.trim() === '' && /^\s*(?:\/\/.*)?\s*$/u.test(after);
}

/** The statement of a block, a module or a function's body around a node. */
export function statementAround(node: ts.Node): ts.Statement | undefined {
  for (let current = node; !ts.isSourceFile(current); current = current.parent) {
    if (ts.isStatement(current) && (ts.isBlock(current.parent) || ts.isSourceFile(current.parent))) return current;
  }
  return undefined;
}
