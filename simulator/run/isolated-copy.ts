import { constants, existsSync } from 'node:fs';
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { RunProblem } from './run.ts';

const MODULES = 'node_modules';
/** What a build does not have of the Actor's folder, or has installed by itself. */
const LEFT_OUT = new Set([MODULES, '.git', 'storage', 'apify_storage', 'crawlee_storage']);

/**
 * Copies an Actor's folder, so that a process finds the disk as a build leaves it and nothing that another process wrote.
 * Installed packages are linked, also those in the folders above, where a workspace keeps them.
 *
 * @param into an empty folder for it
 * @returns the copy of the Actor's folder
 * @throws {RunProblem} when it cannot be copied
 */
export async function isolatedCopy(actorFolder: string, into: string): Promise<string> {
  const above = foldersAbove(actorFolder).filter((folder) => existsSync(join(folder, MODULES)));
  const outermost = above.at(-1) ?? actorFolder;
  const copyOf = (folder: string): string => join(into, basename(outermost), relative(outermost, folder));
  const copy = copyOf(actorFolder);
  try {
    await mkdir(copy, { recursive: true });
    for (const folder of above) await symlink(join(folder, MODULES), join(copyOf(folder), MODULES), 'junction');
    for (const name of await readdir(actorFolder)) {
      const source = join(actorFolder, name);
      // The temporary folder of the system may lie within the Actor's, and a copy not within itself.
      if (LEFT_OUT.has(name) || into.startsWith(source + sep)) continue;
      await cp(source, join(copy, name), {
        recursive: true,
        verbatimSymlinks: true,
        preserveTimestamps: true,
        mode: constants.COPYFILE_FICLONE,
      });
    }
    return copy;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RunProblem('not-started', `${actorFolder} could not be copied for --isolated: ${why}`);
  }
}

/** The folder and all above it, from the inside. */
function foldersAbove(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}
