import { basename, dirname, sep } from 'node:path';
import type { ActorFiles } from './actor-files.ts';

/** An Actor that could be started. */
export interface FoundActor {
  /** Its folder, absolute. */
  readonly folder: string;
  readonly name: string;
  /** Absolute paths of the modules that it starts with, as far as they are known. */
  readonly entryPoints: readonly string[];
}

export interface ActorQuestion {
  /** The file that the person looks at, absolute. */
  readonly activeFile: string | undefined;
  /** The folders that the window has open. */
  readonly workspaceFolders: readonly string[];
  /** What the analysis knows; empty where it is turned off. */
  readonly known: readonly FoundActor[];
  readonly files: ActorFiles;
}

/**
 * The Actors that a person may mean, best first: the one around the active file, else all that there are. One is meant where
 * there is one; of several the person chooses.
 */
export function actorsMeant({ activeFile, workspaceFolders, known, files }: ActorQuestion): readonly FoundActor[] {
  if (activeFile !== undefined) {
    const around = known.filter(({ folder }) => isIn(activeFile, folder));
    const innermost = around.toSorted((one, other) => other.folder.length - one.folder.length)[0];
    const nearest = innermost ?? nearestActor(activeFile, workspaceFolders, files);
    if (nearest !== undefined) return [nearest];
  }
  if (known.length > 0) return known;
  return workspaceFolders.flatMap((folder) => actorIn(folder, files) ?? []);
}

/** The nearest folder around a file that looks like an Actor's, within the workspace. */
function nearestActor(file: string, workspaceFolders: readonly string[], files: ActorFiles): FoundActor | undefined {
  const top = workspaceFolders.find((folder) => isIn(file, folder));
  if (top === undefined) return undefined;
  for (let folder = dirname(file); isIn(folder, top); folder = dirname(folder)) {
    const found = actorIn(folder, files);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The Actor of a folder that has an `.actor/actor.json`, or a package.json that needs the SDK. */
function actorIn(folder: string, files: ActorFiles): FoundActor | undefined {
  const manifest = files.manifestIn(folder);
  const needsSdk = manifest?.dependencies.some((name) => /^(?:apify|crawlee|@crawlee\/.+)$/u.test(name)) === true;
  if (!needsSdk && !files.isFile(`${folder}${sep}.actor${sep}actor.json`)) return undefined;
  return { folder, name: manifest?.name ?? basename(folder), entryPoints: [] };
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
