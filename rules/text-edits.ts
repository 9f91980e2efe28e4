import type { TextEdit } from './finding.ts';
import type { Position, Range } from './program/locations.ts';

export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Whether two edits cannot both be made: they change the same text of a file, or insert at the same place. */
export function conflict(a: TextEdit, b: TextEdit): boolean {
  if (a.file !== b.file) return false;
  const sameStart = comparePositions(a.range.start, b.range.start) === 0;
  return (
    sameStart || (comparePositions(a.range.start, b.range.end) < 0 && comparePositions(b.range.start, a.range.end) < 0)
  );
}

type Edit = Pick<TextEdit, 'range' | 'newText'>;

/** A piece of a text: kept from the original, or new. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: string };

/** A text through one round of edits after the other, which knows what all of them together make of the original. */
export class EditedText {
  readonly original: string;
  readonly #lineEnd: string;
  #pieces: readonly Piece[];

  constructor(original: string) {
    this.original = original;
    this.#lineEnd = endOfLines(original);
    this.#pieces = [{ start: 0, end: original.length }];
  }

  /** The text as it is now. */
  get text(): string {
    return this.#pieces.map((piece) => this.#textOf(piece)).join('');
  }

  /** Makes edits of the text as it is now. Inserted lines end as the text's own lines do. */
  apply(edits: readonly Edit[]): void {
    const text = this.text;
    const offsetIn = offsets(text);
    const pieces: Piece[] = [];
    let done = 0;
    // Of two edits at one place the one that is named first comes first.
    for (const { range, newText } of edits.toSorted((a, b) => comparePositions(a.range.start, b.range.start))) {
      pieces.push(...this.#cut(done, offsetIn(range.start)), { text: newText.replace(/\r\n|\n/g, this.#lineEnd) });
      done = Math.max(done, offsetIn(range.end));
    }
    this.#pieces = [...pieces, ...this.#cut(done, text.length)];
  }

  /** The edits that make the text of the original, all in one go. */
  edits(): readonly Edit[] {
    const edits: Edit[] = [];
    let done = 0;
    let newText = '';
    for (const piece of [...this.#pieces, { start: this.original.length, end: this.original.length }]) {
      if ('text' in piece) {
        newText += piece.text;
        continue;
      }
      if (newText !== '' || piece.start > done) edits.push({ range: this.#rangeOf(done, piece.start), newText });
      newText = '';
      done = piece.end;
    }
    return edits;
  }

  /** The pieces between two offsets of the text as it is now. */
  #cut(from: number, to: number): readonly Piece[] {
    const pieces: Piece[] = [];
    let start = 0;
    for (const piece of this.#pieces) {
      const { length } = this.#textOf(piece);
      const [first, last] = [Math.max(from - start, 0), Math.min(to - start, length)];
      start += length;
      if (first >= last) continue;
      pieces.push(
        'text' in piece
          ? { text: piece.text.slice(first, last) }
          : { start: piece.start + first, end: piece.start + last },
      );
    }
    return pieces;
  }

  #textOf(piece: Piece): string {
    return 'text' in piece ? piece.text : this.original.slice(piece.start, piece.end);
  }

  #rangeOf(start: number, end: number): Range {
    const starts = lineStarts(this.original);
    const position = (offset: number): Position => {
      const line = starts.findLastIndex((each) => each <= offset);
      return { line, character: offset - (starts[line] ?? 0) };
    };
    return { start: position(start), end: position(end) };
  }
}

function offsets(text: string): (position: Position) => number {
  const starts = lineStarts(text);
  return ({ line, character }) => Math.min((starts[line] ?? text.length) + character, text.length);
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
