import type { Position, TextEdit } from '../rules/index.ts';

/** Whether two edits of one file cannot both be made: they change the same text, or insert at the same place. */
export function conflict(a: TextEdit, b: TextEdit): boolean {
  if (a.file !== b.file) return false;
  const sameStart = compare(a.range.start, b.range.start) === 0;
  return sameStart || (compare(a.range.start, b.range.end) < 0 && compare(b.range.start, a.range.end) < 0);
}

/** The text after edits that do not conflict. Inserted lines end as the text's own lines do. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, character }: Position): number =>
    Math.min((starts[line] ?? text.length) + character, text.length);
  const lineEnd = endOfLines(text);
  let result = text;
  for (const { range, newText } of edits.toSorted((a, b) => compare(b.range.start, a.range.start))) {
    const inserted = newText.replace(/\r\n|\n/g, lineEnd);
    result = result.slice(0, offset(range.start)) + inserted + result.slice(offset(range.end));
  }
  return result;
}

export function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** What most lines of a text end with. */
function endOfLines(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  return windows > all / 2 ? '\r\n' : '\n';
}

/** Lines as the Language Server Protocol counts them: ended by \n, \r\n or a lone \r. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
