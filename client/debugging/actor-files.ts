import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** As much of a package.json as starting an Actor needs. */
export interface Manifest {
  readonly name: string | undefined;
  readonly main: string | undefined;
  readonly scripts: Readonly<Record<string, string>>;
  /** Names of what it depends on. */
  readonly dependencies: readonly string[];
}

/** What is asked of the disk about an Actor; handed in, so that a test can answer. */
export interface ActorFiles {
  readonly isFile: (path: string) => boolean;
  /** The package.json of a folder; `undefined` where there is none that can be read. */
  readonly manifestIn: (folder: string) => Manifest | undefined;
  /** Where a package is installed for the modules of a folder; `undefined` where it is not. */
  readonly packageFor: (folder: string, name: string) => string | undefined;
}

export const filesOnDisk: ActorFiles = { isFile, manifestIn, packageFor };

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function manifestIn(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json');
  if (!isFile(file)) return undefined;
  try {
    return readManifest(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whether a folder has a package.json that is no JSON: neither npm nor Node starts anything in it. */
export function hasBrokenManifest(folder: string): boolean {
  return isFile(join(folder, 'package.json')) && manifestIn(folder) === undefined;
}

function readManifest(value: unknown): Manifest | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (name: string): unknown => Reflect.get(value, name);
  const name = field('name');
  const main = field('main');
  return {
    name: typeof name === 'string' ? name : undefined,
    main: typeof main === 'string' ? main : undefined,
    scripts: textsOf(field('scripts')),
    dependencies: ['dependencies', 'devDependencies'].flatMap((kind) => Object.keys(textsOf(field(kind)))),
  };
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  const entries: readonly (readonly [string, unknown])[] =
    typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function packageFor(folder: string, name: string): string | undefined {
  for (let place = folder; ; place = dirname(place)) {
    const found = join(place, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (place === dirname(place)) return undefined;
  }
}
