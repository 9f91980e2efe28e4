import type { ts } from 'ts-morph';

import type { ActorFolder } from '../workspace/actors.ts';
import { Code } from './code.ts';
import { indexOf } from './file-index.ts';
import type { SourceProject } from './source-project.ts';

/** An Actor as the rules see it: a view over the program that its entry points reach. */
export interface ActorModel {
  readonly folder: ActorFolder;
  readonly code: Code;
  /** The files that the entry points reach; of a shared package, all its sources. */
  readonly files: readonly ts.SourceFile[];
  readonly entryPoints: readonly ts.SourceFile[];
}

/**
 * Builds the model of an Actor. What costs time is found when a rule first asks for it.
 *
 * @param folder what the disk says of the Actor
 * @param project the sources, of this Actor and of the packages that it shares
 * @param files the Actor's program, as `programOf` gives it
 */
export function modelOf(folder: ActorFolder, project: SourceProject, files: readonly ts.SourceFile[]): ActorModel {
  const code = new Code(project, files);
  return { folder, code, files, entryPoints: entriesOf(folder, project) };
}

/** The files that an Actor's entry points reach by import, require, `import()` and workers, entry points first. */
export function programOf(folder: ActorFolder, project: SourceProject): readonly ts.SourceFile[] {
  const reached = new Set<ts.SourceFile>();
  const reach = (file: ts.SourceFile): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const specifier of indexOf(file).imports) {
      const imported = project.importedFile(specifier);
      if (imported !== undefined) reach(imported);
    }
  };
  for (const file of entriesOf(folder, project)) reach(file);
  if (reached.size > 0) return [...reached];
  return folder.sources.flatMap((path) => project.sourceFile(path) ?? []);
}

function entriesOf(folder: ActorFolder, project: SourceProject): readonly ts.SourceFile[] {
  return folder.entryPoints.flatMap((path) => project.sourceFile(path) ?? []);
}
