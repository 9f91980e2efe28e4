import type { ts } from 'ts-morph';

/** Lines and characters count from 0, characters in UTF-16 code units, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place in a file. `file` is an absolute path with forward slashes. */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

/** Where a node stands, without the comments before it. */
export function locationOf(node: ts.Node): Location {
  const file = node.getSourceFile();
  return { file: file.fileName, range: rangeOf(file, node.getStart(file), node.getEnd()) };
}

/** The range between two offsets of a file's text. */
export function rangeOf(file: ts.SourceFile, start: number, end: number): Range {
  return { start: positionOf(file, start), end: positionOf(file, end) };
}

function positionOf(file: ts.SourceFile, offset: number): Position {
  return file.getLineAndCharacterOfPosition(offset);
}
