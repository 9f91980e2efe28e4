import { ts } from 'ts-morph';

/** A tree never changes: a new text has a new one. */
const known = new WeakMap<ts.SourceFile, boolean>();

/** Whether a file does not parse as a whole: somebody is typing, and what is not found now may be found in a moment. */
export function hasSyntaxErrors(file: ts.SourceFile): boolean {
  const hasErrors = known.get(file) ?? hasErrorsIn(file);
  known.set(file, hasErrors);
  return hasErrors;
}

function hasErrorsIn(node: ts.Node): boolean {
  if ((node.flags & ts.NodeFlags.ThisNodeHasError) !== 0) return true;
  return ts.forEachChild(node, (child) => (hasErrorsIn(child) ? true : undefined)) === true;
}
