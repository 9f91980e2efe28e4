import { ts } from 'ts-morph';

import type { Change } from '../changes.ts';
import { insertion, replacement, startOf } from '../changes.ts';
import { indentOf, lineStart, nextLine } from '../file-style.ts';
import type { FileStyle } from '../file-style.ts';
import type { KeptVariable } from './kept-variables.ts';
import type { StatementList } from './start.ts';

/** The comments that belong to a declaration: those right above it, and the one behind it. */
export interface Comments {
  readonly above: readonly string[];
  readonly behind: string | undefined;
  /** Where the first of those above starts, or the statement itself. */
  readonly start: number;
  readonly end: number;
}

/** Finds the comments that are to move with a statement. */
export function commentsOf(statement: ts.Statement): Comments {
  const { text } = statement.getSourceFile();
  let start = startOf(statement);
  const above: string[] = [];
  for (const { pos, end } of (ts.getLeadingCommentRanges(text, statement.pos) ?? []).toReversed()) {
    const between = text.slice(end, start);
    const isOwnLine = text.slice(lineStart(text, pos), pos).trim() === '';
    if (!isOwnLine || between.trim() !== '' || between.split('\n').length !== 2) break;
    above.unshift(text.slice(pos, end));
    start = pos;
  }
  const [behind] = ts.getTrailingCommentRanges(text, statement.end) ?? [];
  return {
    above,
    behind: behind && text.slice(behind.pos, behind.end),
    start,
    end: behind?.end ?? statement.end,
  };
}

/** The statements of some variables, each once, in the order of the text. */
export function holdersOf(variables: readonly KeptVariable[]): readonly KeptVariable['holder'][] {
  return [...new Set(variables.map(({ holder }) => holder))];
}

/**
 * Takes declarations out of their statements, with the lines where nothing stays behind.
 * `undefined` where what is left stands on both sides, and code between them could not be put anywhere.
 */
export function removals(
  holders: readonly KeptVariable['holder'][],
  variables: readonly KeptVariable[],
): readonly Change[] | undefined {
  const removed = new Set(variables.map(({ declaration }) => declaration));
  const whole = holders.filter(ts.isVariableStatement).filter((holder) => isWholly(holder, removed));
  const parts = holders
    .filter((holder) => !whole.some((each) => each === holder))
    .map((holder) => (ts.isForStatement(holder) ? headRemoval(holder) : partRemoval(holder, removed)));
  return parts.includes(undefined)
    ? undefined
    : [...linesRemovals(whole), ...parts.filter((change) => change !== undefined)];
}

/** Whether nothing of a statement stays. */
export function isWholly(holder: ts.VariableStatement, removed: ReadonlySet<ts.VariableDeclaration>): boolean {
  return holder.declarationList.declarations.every((each) => removed.has(each));
}

function headRemoval(loop: ts.ForStatement): Change | undefined {
  const { initializer } = loop;
  return initializer && replacement(loop.getSourceFile(), startOf(initializer), initializer.end, '');
}

function partRemoval(holder: ts.VariableStatement, removed: ReadonlySet<ts.VariableDeclaration>): Change | undefined {
  const file = holder.getSourceFile();
  const { declarations } = holder.declarationList;
  const isRemoved = declarations.map((each) => removed.has(each));
  const firstKept = declarations[isRemoved.indexOf(false)];
  const lastKept = declarations[isRemoved.lastIndexOf(false)];
  const [first] = declarations;
  if (first === undefined || firstKept === undefined || lastKept === undefined) return undefined;
  if (isRemoved.slice(isRemoved.indexOf(false), isRemoved.lastIndexOf(false)).includes(true)) return undefined;
  if (first === firstKept) return replacement(file, lastKept.end, holder.declarationList.end, '');
  return isRemoved.at(-1) === true ? undefined : replacement(file, startOf(first), startOf(firstKept), '');
}

/** Statements that follow each other are removed as one, so that what stays is as far apart as before. */
function linesRemovals(statements: readonly ts.Statement[]): readonly Change[] {
  const groups: { readonly first: ts.Statement; last: ts.Statement }[] = [];
  for (const statement of statements) {
    const group = groups.at(-1);
    const between =
      group && statement.getSourceFile().text.slice(commentsOf(group.last).end, commentsOf(statement).start);
    if (group !== undefined && between !== undefined && between.trim() === '') group.last = statement;
    else groups.push({ first: statement, last: statement });
  }
  return groups.map(({ first, last }) => linesRemoval(first, last));
}

/** Removes statements, their comments, and the lines they stand on; one of two blank lines around them as well. */
function linesRemoval(first: ts.Statement, last: ts.Statement): Change {
  const file = first.getSourceFile();
  const { text } = file;
  const { start } = commentsOf(first);
  const { end } = commentsOf(last);
  const from = lineStart(text, start);
  const to = nextLine(text, end);
  const isAlone = text.slice(from, start).trim() === '' && text.slice(end, to).trim() === '';
  if (!isAlone) return replacement(file, start, end + (/^[ \t]+/u.exec(text.slice(end))?.[0].length ?? 0), '');
  const before = text.slice(lineStart(text, Math.max(from - 1, 0)), from);
  const after = nextLine(text, to);
  const hasBlankLines = before.trim() === '' && text.slice(to, after).trim() === '';
  return replacement(file, from, hasBlankLines ? after : to, '');
}

/** Puts lines before a statement and the comments above it. */
export function linesBefore(statement: ts.Statement, lines: readonly string[], style: FileStyle): Change {
  const { start } = commentsOf(statement);
  const indent = indentOf(statement);
  return insertion(statement.getSourceFile(), start, lines.map((line) => `${line}${style.lineEnd}${indent}`).join(''));
}

/** Puts lines behind a statement, and behind what else stands on its last line. */
export function linesAfter(statement: ts.Statement, lines: readonly string[], style: FileStyle): Change {
  const { end } = commentsOf(statement);
  const indent = indentOf(statement);
  return insertion(statement.getSourceFile(), end, lines.map((line) => `${style.lineEnd}${indent}${line}`).join(''));
}

/** Puts lines at the begin of a block, with an indentation of their own where it is empty. */
export function linesAtBegin(list: StatementList, lines: readonly string[], style: FileStyle): Change {
  const [first] = list.statements;
  if (first !== undefined) {
    const isSameLine = ts.isBlock(list) && !list.getSourceFile().text.slice(list.pos, startOf(first)).includes('\n');
    if (!isSameLine) return linesBefore(first, lines, style);
    return insertion(list.getSourceFile(), startOf(first), lines.map((line) => `${line} `).join(''));
  }
  const at = ts.isBlock(list) ? startOf(list) + 1 : list.end;
  return insertion(list.getSourceFile(), at, ` ${lines.join(' ')} `);
}
