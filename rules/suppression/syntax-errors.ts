import { ts } from 'ts-morph';

/** Whether a file does not parse as a whole: somebody is typing, and what is not found now may be found in a moment. */
export function hasSyntaxErrors(node: ts.Node): boolean {
  if ((node.flags & ts.NodeFlags.ThisNodeHasError) !== 0) return true;
  return ts.forEachChild(node, (child) => (hasSyntaxErrors(child) ? true : undefined)) === true;
}
