import type { Tone } from './report.ts';

/** How a terminal shows a piece of text: nothing, unless it is told. */
export type Paint = (style: Tone | 'dim' | 'strong', text: string) => string;

const COLUMNS = 100;

/** A point of a list. */
export function bullet(text: string): readonly string[] {
  const [first = '', ...rest] = wrapped(text, '    ');
  return [`  - ${first.trimStart()}`, ...rest];
}

/** The text in lines that begin with the indent. */
export function wrapped(text: string, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of printable(text).split(/\s+/)) {
    if (line.length > indent.length && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  return [...lines, line];
}

/** What an Actor wrote must not move the cursor or change the colours. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
