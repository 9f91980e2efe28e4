import { posix } from 'node:path';
import { readDockerfile } from './dockerfile.ts';
import { guessEntryPoints } from './entry-text.ts';
import type { PackageManifest } from './package-json.ts';
import type { TextReader } from './read-text.ts';
import { modulesRunBy, type CommandContext } from './run-command.ts';
import { isTestFile } from './source-files.ts';
import { suffixesOf, type SourceIndex } from './source-index.ts';
import type { Tsconfig } from './tsconfig.ts';

/** A Dockerfile that builds an Actor, with the folder that it is built from. */
export interface Image {
  readonly dockerfile: string;
  readonly context: string;
}

/** Where entry points are looked for. */
export interface Runnable {
  readonly root: string;
  /** Of the folder itself or, for an Actor that shares it, of a folder above. */
  readonly manifest: PackageManifest | undefined;
  readonly manifestRoot: string;
  readonly image: Image | undefined;
  readonly tsconfig: Tsconfig | undefined;
  /** Its own sources. An entry point is one of them. */
  readonly sources: readonly string[];
}

/** `by` says what named them; `missing` is a module that was named and of which there is no source. */
export type EntryPoints =
  | { readonly by: 'Dockerfile' | 'start script' | 'main' | 'code'; readonly files: readonly string[] }
  | { readonly by: 'nothing'; readonly files: readonly []; readonly missing: string | undefined };

/** What all Actors of a scan have in common when their entry points are looked for. */
export interface Surroundings {
  readonly texts: ReadonlyMap<string, string>;
  readonly index: SourceIndex;
  readonly read: TextReader;
  /** The modules that import one by a relative path, tests left out. */
  readonly importersOf: (path: string) => readonly string[];
}

/**
 * The modules that an Actor starts with: what its image runs, else its start script, else `main`, each led back from a
 * build to its source, else the modules whose code starts an Actor.
 */
export function entryPointsOf(actor: Runnable, { texts, index, read, importersOf }: Surroundings): EntryPoints {
  const own = new Set(actor.sources.filter((path) => !isTestFile(path, actor.root)));
  let missing: string | undefined;
  for (const { by, modules } of declaredModules(actor, read)) {
    const found = modules.flatMap((module) => locate(module, actor, index) ?? []).filter((path) => own.has(path));
    if (found.length > 0) return { by, files: [...new Set(found)] };
    missing ??= modules[0];
  }
  const guessed = guessEntryPoints([...own], texts, importersOf);
  if (guessed.length > 0) return { by: 'code', files: guessed };
  return { by: 'nothing', files: [], missing };
}

interface Declared {
  readonly by: 'Dockerfile' | 'start script' | 'main';
  readonly modules: readonly string[];
}

function declaredModules(actor: Runnable, read: TextReader): readonly Declared[] {
  const { manifest, image } = actor;
  const scripts = manifest?.scripts ?? {};
  const context: CommandContext = {
    scripts,
    shellScript: (path) =>
      basesOf(actor)
        .map((base) => read(posix.join(base, path)))
        .find((text) => text !== undefined),
  };
  const declared: Declared[] = [];
  const text = image && read(image.dockerfile);
  if (text !== undefined) declared.push({ by: 'Dockerfile', modules: readDockerfile(text, context).modules });
  const start = scripts['start'];
  if (start !== undefined) declared.push({ by: 'start script', modules: modulesRunBy(start, context) });
  const main = manifest?.main ?? manifest?.module;
  if (main !== undefined) declared.push({ by: 'main', modules: [main] });
  return declared;
}

/** Paths in a Dockerfile are those of the image: what is copied there is looked for from the longest path down. */
function locate(module: string, actor: Runnable, index: SourceIndex): string | undefined {
  const paths = posix.isAbsolute(module) ? suffixesOf(module) : [posix.normalize(module)];
  for (const base of basesOf(actor)) {
    for (const path of paths) {
      const absolute = withoutSlash(posix.join(base, path));
      const found = index.findBehind(absolute, actor.root, actor.tsconfig);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function basesOf(actor: Runnable): readonly string[] {
  const bases = [actor.root, actor.manifestRoot];
  if (actor.image) bases.push(actor.image.context, posix.dirname(actor.image.dockerfile));
  return [...new Set(bases)];
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
