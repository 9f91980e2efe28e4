import { ts } from 'ts-morph';

import type { Change } from './changes.ts';
import { insertion, replacement, startOf } from './changes.ts';
import { isWithin } from '../syntax/functions.ts';
import { indentOf, lineStart, nextLine, styleOf } from './file-style.ts';

/**
 * The edits that move statements, with the comments right above each, behind another one: of the same block, or of one around it.
 * `undefined` where one of them shares its line with something else.
 *
 * @param changes other edits to be made at the same time, also of what is moved; they are among those that are returned
 */
export function movedBehind(
  statements: readonly ts.Statement[],
  other: ts.Statement,
  changes: readonly Change[] = [],
): readonly Change[] | undefined {
  const file = other.getSourceFile();
  if (!statements.every((each) => isWithin(each, other.parent)) || ![...statements, other].every(standsAlone))
    return undefined;
  const removals = statements.map((statement) => {
    const start = lineStart(file.text, startWithComments(statement));
    return replacement(file, start, nextLine(file.text, statement.end), '');
  });
  const texts = removals.map((removal, index) => {
    const indent = indentOf(statements[index] ?? other);
    const own = changes.filter((change) => isPartOf(change, removal));
    return textWith(own, removal).replaceAll(new RegExp(`^${indent}`, 'gmu'), indentOf(other));
  });
  const { lineEnd } = styleOf(file);
  const text = texts.map((each) => (each.endsWith('\n') ? each : `${each}${lineEnd}`)).join('');
  const at = nextLine(file.text, other.end);
  const isLast = !file.text.slice(0, at).endsWith('\n');
  const whole = isLast ? `${lineEnd}${text.replace(/\r?\n$/u, '')}` : text;
  const rest = changes.filter((change) => !removals.some((removal) => isPartOf(change, removal)));
  return [...rest, ...removals, insertion(file, at, whole)];
}

function isPartOf(change: Change, { file, start, end }: Change): boolean {
  return change.file === file && change.start >= start && change.end <= end && change.start < end;
}

/** The text of a piece of a file when some changes in it have been made. */
function textWith(changes: readonly Change[], { file, start, end }: Change): string {
  let text = '';
  let done = start;
  for (const change of changes.toSorted((a, b) => a.start - b.start)) {
    text += file.text.slice(done, change.start) + change.newText;
    done = change.end;
  }
  return text + file.text.slice(done, end);
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
