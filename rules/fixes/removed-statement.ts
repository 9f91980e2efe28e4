import type { ts } from 'ts-morph';

import type { Change } from './changes.ts';
import { replacement, startOf } from './changes.ts';
import { lineStart, nextLine } from './file-style.ts';

/** Takes a statement out, with its line where nothing else stands on it, and one of the blank lines around it. Comments stay. */
export function removedStatement(statement: ts.Statement): Change {
  const file = statement.getSourceFile();
  const { text } = file;
  const start = startOf(statement);
  const [from, to] = [lineStart(text, start), nextLine(text, statement.end)];
  const isAlone = `${text.slice(from, start)}${text.slice(statement.end, to)}`.trim() === '';
  if (isAlone) return replacement(file, from, endWithBlankLine(text, from, to), '');
  const followedBySpace = text[statement.end] === ' ' ? 1 : 0;
  return replacement(file, start, statement.end + followedBySpace, '');
}

/** Where a blank line stands before and behind, one of them is enough; a file does not begin with one. */
function endWithBlankLine(text: string, from: number, to: number): number {
  const isBlankBefore = from === 0 || text.slice(lineStart(text, from - 1), from).trim() === '';
  const next = nextLine(text, to);
  return isBlankBefore && to < text.length && text.slice(to, next).trim() === '' ? next : to;
}
