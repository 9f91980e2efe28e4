import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { FileSystem } from './file-system.ts';
import {
  allDependencies,
  dependsOnSdk,
  parsePackageJson,
  parsePnpmWorkspace,
  type PackageManifest,
} from './package-json.ts';
import type { TextReader } from './read-text.ts';

/** How far up a package is looked for: further up it is somebody else's. */
const MAX_LEVELS = 12;

/** How deep a workspace pattern with `**` is followed. */
const MAX_DEPTH = 6;

/**
 * The folder to read when a person asks for `asked`. A file, or a folder inside an Actor (its `src`), makes sense only
 * with the rest of the Actor: entry point, SDK version, the modules that it imports. Else it is the folder itself.
 */
export function rootFor(asked: string, fs: FileSystem, read: TextReader): string {
  const kind = fs.stat(asked)?.kind;
  if (kind === undefined) return asked;
  const start = kind === 'file' ? posix.dirname(asked) : asked;
  if (isPackageRoot(start, fs)) return start;
  const above = foldersAbove(start, fs).find((folder) => isPackageRoot(folder, fs));
  if (above === undefined) return start;
  const manifest = manifestIn(above, read);
  // A stray package.json in a home folder must not make the whole home folder a thing to read.
  const isActor = hasActorJson(above, fs) || (manifest !== undefined && dependsOnSdk(manifest));
  return isActor ? above : start;
}

/** The folders above, nearest first, up to and with the one that holds the repository. */
export function foldersAbove(folder: string, fs: FileSystem): readonly string[] {
  const above: string[] = [];
  let current = folder;
  while (above.length < MAX_LEVELS && posix.dirname(current) !== current && !isRepository(current, fs)) {
    current = posix.dirname(current);
    above.push(current);
  }
  return above;
}

/**
 * The folders of the workspace packages that the given packages need, directly or through each other, and that lie
 * outside `root`: linting one Actor of a monorepo must see the shared packages that it runs.
 */
export function neededWorkspaceFolders(
  root: string,
  manifests: readonly PackageManifest[],
  fs: FileSystem,
  read: TextReader,
): readonly string[] {
  const members = workspaceMembersAround(root, fs, read);
  const wanted = manifests.flatMap((manifest) => Object.keys(allDependencies(manifest)));
  const needed = new Set<string>();
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const member = members.get(name);
    if (!member || needed.has(member.folder) || isInside(member.folder, root)) continue;
    needed.add(member.folder);
    wanted.push(...Object.keys(allDependencies(member.manifest)));
  }
  return [...needed];
}

/** True for the folder itself and for all below it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || folder === '/' || path.startsWith(`${folder}/`);
}

interface Member {
  readonly folder: string;
  readonly manifest: PackageManifest;
}

function workspaceMembersAround(root: string, fs: FileSystem, read: TextReader): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  for (const folder of foldersAbove(root, fs)) {
    const patterns = workspacePatterns(folder, read);
    if (patterns.length === 0) continue;
    for (const member of expandPatterns(folder, patterns, fs)) {
      const manifest = manifestIn(member, read);
      if (manifest?.name !== undefined) members.set(manifest.name, { folder: member, manifest });
    }
    break;
  }
  return members;
}

function workspacePatterns(folder: string, read: TextReader): readonly string[] {
  const pnpm = read(posix.join(folder, 'pnpm-workspace.yaml'));
  const fromPnpm = pnpm === undefined ? [] : parsePnpmWorkspace(pnpm);
  return [...fromPnpm, ...(manifestIn(folder, read)?.workspaces ?? [])];
}

/** The folders that workspace patterns name, `!` patterns taken away. */
export function expandPatterns(folder: string, patterns: readonly string[], fs: FileSystem): readonly string[] {
  const clean = patterns.map((pattern) => pattern.replace(/^(!?)\.\//, '$1').replace(/\/+$/, ''));
  const excluded = picomatch(clean.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)));
  const found = new Set<string>();
  const visit = (path: string, segments: readonly string[], depth: number): void => {
    const [segment, ...rest] = segments;
    if (segment === undefined) {
      found.add(path);
      return;
    }
    if (segment === '**') visit(path, rest, depth);
    if (depth > MAX_DEPTH) return;
    const matches = picomatch(segment === '**' ? '*' : segment);
    for (const name of subfolders(path, fs)) {
      if (matches(name)) visit(posix.join(path, name), segment === '**' ? segments : rest, depth + 1);
    }
  };
  for (const pattern of clean) if (!pattern.startsWith('!')) visit(folder, pattern.split('/'), 0);
  return [...found].filter((path) => !excluded(posix.relative(folder, path)));
}

function subfolders(path: string, fs: FileSystem): readonly string[] {
  const listed = fs.readDirectory(path);
  if (!listed.ok) return [];
  return listed.entries
    .filter((entry) => entry.kind === 'folder' && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

function manifestIn(folder: string, read: TextReader): PackageManifest | undefined {
  const file = posix.join(folder, 'package.json');
  const text = read(file);
  return text === undefined ? undefined : parsePackageJson(file, text).manifest;
}

function isPackageRoot(folder: string, fs: FileSystem): boolean {
  return fs.stat(posix.join(folder, 'package.json'))?.kind === 'file' || hasActorJson(folder, fs);
}

function hasActorJson(folder: string, fs: FileSystem): boolean {
  return fs.stat(posix.join(folder, '.actor/actor.json'))?.kind === 'file';
}

function isRepository(folder: string, fs: FileSystem): boolean {
  return fs.stat(posix.join(folder, '.git')) !== undefined;
}
