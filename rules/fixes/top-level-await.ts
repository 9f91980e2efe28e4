import { ts } from 'ts-morph';

import { visitUnit } from '../syntax/functions.ts';

/**
 * Whether `await` may stand at a module's top level: where it already does, or by the file's name. A `.js` or `.ts` file with
 * imports may be compiled to CommonJS, which has none.
 */
export function allowsTopLevelAwait(file: ts.SourceFile): boolean {
  if (/\.c[jt]s$/u.test(file.fileName)) return false;
  return /\.m[jt]s$/u.test(file.fileName) || hasTopLevelAwait(file);
}

function hasTopLevelAwait(file: ts.SourceFile): boolean {
  let found = false;
  visitUnit(file, (node) => {
    found ||= ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
    return !found;
  });
  return found;
}
