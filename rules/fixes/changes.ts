import type { ts } from 'ts-morph';

/** A text to put in the place of another, in a file of the program. */
export interface Change {
  readonly file: ts.SourceFile;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A piece of a file's text. */
export interface Span {
  readonly file: ts.SourceFile;
  readonly start: number;
  readonly end: number;
}

export interface Fix {
  /** Names the fix within its report. */
  readonly id: string;
  readonly title: string;
  /** True when it changes nothing but the fault: `--fix` applies it unasked. */
  readonly safe: boolean;
  /** Builds the fix, only when someone asks for it. */
  readonly changes: () => readonly Change[];
}

/** Puts a text before a position. */
export function insertion(file: ts.SourceFile, at: number, newText: string): Change {
  return { file, start: at, end: at, newText };
}

/** Puts a text in the place of what stands from `start` to `end`. */
export function replacement(file: ts.SourceFile, start: number, end: number, newText: string): Change {
  return { file, start, end, newText };
}

/** The text of a node, without what stands before it. */
export function textOf(node: ts.Node): string {
  return node.getText(node.getSourceFile());
}

/** The position of a node's first character. */
export function startOf(node: ts.Node): number {
  return node.getStart(node.getSourceFile());
}
