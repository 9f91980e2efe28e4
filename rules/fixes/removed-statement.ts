import type { ts } from 'ts-morph';

import type { Change } from '../catalogue/rule.ts';
import { replacement, startOf } from './changes.ts';

/** Takes a statement out, with its line where nothing else stands on it. Comments stay. */
export function removedStatement(statement: ts.Statement): Change {
  const file = statement.getSourceFile();
  const { text } = file;
  const start = startOf(statement);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineBreak = text.indexOf('\n', statement.end);
  const lineEnd = lineBreak < 0 ? text.length : lineBreak + 1;
  const isAlone = `${text.slice(lineStart, start)}${text.slice(statement.end, lineEnd)}`.trim() === '';
  if (isAlone) return replacement(file, lineStart, lineEnd, '');
  const followedBySpace = text[statement.end] === ' ' ? 1 : 0;
  return replacement(file, start, statement.end + followedBySpace, '');
}
