import type { ts } from 'ts-morph';

import type { Change } from '../catalogue/rule.ts';

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
