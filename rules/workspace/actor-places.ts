import { posix } from 'node:path';
import { readDockerfile } from './dockerfile.ts';
import type { Image } from './entry-points.ts';
import { parseJsonObject, stringAt } from './parse-json.ts';
import type { TextReader } from './read-text.ts';
import { packageAround } from './resolve-module.ts';
import type { FolderScan, PackageFolder } from './scan.ts';
import { isInside } from './scope.ts';

/** A folder `.actor` with its actor.json. */
export interface ActorDescription {
  readonly folder: string;
  readonly file: string;
  readonly name: string | undefined;
  readonly image: Image | undefined;
}

/** A folder whose sources belong together: a package, an Actor without a package.json of its own, or loose code. */
export interface Place {
  readonly root: string;
  readonly package: PackageFolder | undefined;
  /** The descriptions of the Actors that this code is; several where they differ in their image or input only. */
  readonly descriptions: readonly ActorDescription[];
  /** Its own sources: not those of a place inside it. */
  readonly sources: readonly string[];
}

export interface Places {
  readonly places: readonly Place[];
  /** Actors whose code is not here, or is no JavaScript. */
  readonly withoutCode: readonly ActorDescription[];
}

/** Divides the sources of a scan among packages and Actors, and brings each actor.json to the code that it describes. */
export function placesOf(scan: FolderScan, read: TextReader): Places {
  const descriptions = scan.actorJsons.map((file) => describe(file, scan, read));
  const described = descriptions.map((description) => description.folder);
  const roots = [...new Set([...scan.roots, ...scan.packages.map((found) => found.root), ...described])];
  const sources = divide(scan.sources, roots);
  const withoutCode: ActorDescription[] = [];
  const byRoot = new Map<string, ActorDescription[]>();
  for (const description of descriptions) {
    const owners = ownersOf(description, scan, sources, read);
    if (owners.length === 0) withoutCode.push(description);
    for (const owner of owners) byRoot.set(owner, [...(byRoot.get(owner) ?? []), description]);
  }
  const packages = new Map(scan.packages.map((found) => [found.root, found]));
  const places = roots.toSorted().map((root) => ({
    root,
    package: packages.get(root),
    descriptions: byRoot.get(root) ?? [],
    sources: sources.get(root) ?? [],
  }));
  return { places: places.filter((place) => place.sources.length > 0), withoutCode };
}

/** The roots of the places whose code an Actor is: its own folder, a package in it, or what its image is made of. */
function ownersOf(
  description: ActorDescription,
  scan: FolderScan,
  sources: ReadonlyMap<string, readonly string[]>,
  read: TextReader,
): readonly string[] {
  const { folder, image } = description;
  if (sources.has(folder)) return [folder];
  const inside = scan.packages.filter((found) => found.root !== folder && isInside(found.root, folder));
  const [only] = inside;
  if (only && inside.length === 1 && sources.has(only.root)) return [only.root];
  const text = image && read(image.dockerfile);
  if (!image || text === undefined) return [];
  const copied = readDockerfile(text, { scripts: {}, shellScript: () => undefined }).packageFolders;
  const roots = copied.map((path) => posix.join(image.context, path)).filter((root) => root !== folder);
  return roots.filter((root) => sources.has(root) && scan.packages.some((found) => found.root === root));
}

function describe(file: string, scan: FolderScan, read: TextReader): ActorDescription {
  const actorFolder = posix.dirname(file);
  const folder = posix.dirname(actorFolder);
  const { value } = parseJsonObject(file, read(file) ?? '{}');
  const contextDir = stringAt(value, 'dockerContextDir');
  const context = contextDir === undefined ? folder : withoutSlash(posix.join(actorFolder, contextDir));
  const named = stringAt(value, 'dockerfile');
  const candidates = [
    ...(named === undefined ? [] : [posix.join(actorFolder, named), posix.join(folder, named)]),
    posix.join(actorFolder, 'Dockerfile'),
    posix.join(folder, 'Dockerfile'),
  ];
  const dockerfile = candidates.find((path) => scan.describing.has(path) || read(path) !== undefined);
  const image = dockerfile === undefined ? undefined : { dockerfile, context };
  return { folder, file, name: stringAt(value, 'name'), image };
}

/** Each source belongs to the innermost of the roots around it. */
function divide(sources: readonly string[], roots: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const known = new Set(roots);
  const rootOf = new Map<string, string | undefined>();
  const find = (folder: string): string | undefined => {
    if (known.has(folder)) return folder;
    if (rootOf.has(folder)) return rootOf.get(folder);
    const parent = posix.dirname(folder);
    const root = parent === folder ? undefined : find(parent);
    rootOf.set(folder, root);
    return root;
  };
  const divided = new Map<string, string[]>();
  for (const source of sources) {
    const root = find(posix.dirname(source)) ?? roots[0];
    if (root === undefined) continue;
    const list = divided.get(root);
    if (list) list.push(source);
    else divided.set(root, [source]);
  }
  return divided;
}

/** The images of a place that no actor.json describes: its Dockerfile or, without one, its Dockerfiles. */
export function plainImages(root: string, scan: FolderScan): readonly Image[] {
  const own = [...scan.describing].filter((path) => isDockerfileOf(path, root));
  const plain =
    own.find((path) => path === `${root}/.actor/Dockerfile`) ?? own.find((path) => path === `${root}/Dockerfile`);
  const chosen = plain === undefined ? own.toSorted() : [plain];
  if (chosen.length > 0) return chosen.map((dockerfile) => ({ dockerfile, context: root }));
  // A package in `code/` or `src/` is built by the Dockerfile beside its folder.
  const above = posix.dirname(root);
  const isCodeFolder = ['code', 'src', 'actor'].includes(posix.basename(root));
  const dockerfile = `${above}/Dockerfile`;
  return isCodeFolder && scan.describing.has(dockerfile) ? [{ dockerfile, context: above }] : [];
}

/** The package whose scripts and dependencies hold for a place: its own, else the nearest above. */
export function packageFor(place: Place, scan: FolderScan): PackageFolder | undefined {
  return place.package ?? packageAround(place.root, scan.packages);
}

function isDockerfileOf(path: string, root: string): boolean {
  if (!/dockerfile/i.test(posix.basename(path))) return false;
  const folder = posix.dirname(path);
  return folder === root || folder === `${root}/.actor`;
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
