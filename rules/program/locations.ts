import type { ts } from 'ts-morph';

import type { Location, Position, Range } from '../finding.ts';

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
