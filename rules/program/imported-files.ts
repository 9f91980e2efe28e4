import type { ts } from 'ts-morph';

import { indexOf } from '../syntax/file-index.ts';

/**
 * These files and all that they reach by import, require, `import()` and workers, in the order in which they are met.
 *
 * @param fileOf the file of the project that a module specifier names
 */
export function withImports(
  files: readonly ts.SourceFile[],
  fileOf: (specifier: ts.StringLiteralLike) => ts.SourceFile | undefined,
): readonly ts.SourceFile[] {
  const reached = new Set<ts.SourceFile>();
  const reach = (file: ts.SourceFile): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const specifier of indexOf(file).imports) {
      const imported = fileOf(specifier);
      if (imported !== undefined) reach(imported);
    }
  };
  for (const file of files) reach(file);
  return [...reached];
}
