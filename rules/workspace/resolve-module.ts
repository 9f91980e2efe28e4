import { posix } from 'node:path';
import { isSdkPackage } from './package-json.ts';
import { isObject } from './parse-json.ts';
import { tsconfigFor, type FolderScan, type PackageFolder } from './scan.ts';
import { isInside } from './scope.ts';
import { createSourceIndex, type SourceIndex } from './source-index.ts';

/** The packages whose declarations the analysis brings itself. */
export type SpecialModule = 'apify' | 'crawlee' | 'apify-client';

export interface ModuleResolver {
  /** The scanned source that a specifier means; `undefined` for what is not the project's own. */
  readonly resolve: (specifier: string, containingFile: string) => string | undefined;
  readonly specialOf: (specifier: string) => SpecialModule | undefined;
}

/**
 * Resolves imports among the sources of a scan: relative ones, tsconfig paths, `#imports`, workspace packages by name
 * (a built `main` leads to its source). It reads no disk and no node_modules.
 */
export function createModuleResolver(scan: FolderScan): ModuleResolver {
  const index = createSourceIndex(scan);
  const byName = packagesByName(scan.packages);
  const known = new Map<string, string | undefined>();
  const resolveNow = (specifier: string, folder: string): string | undefined => {
    if (/^\.{0,2}\/|^\.{1,2}$/.test(specifier)) return resolvePath(posix.join(folder, specifier), scan, index);
    if (specifier.startsWith('node:') || specialOf(specifier) !== undefined) return undefined;
    if (specifier.startsWith('#')) {
      const found = resolveImports(specifier, folder, scan, index);
      if (found !== undefined) return found;
    }
    return resolveWithPaths(specifier, folder, scan, index) ?? resolvePackage(specifier, folder, scan, index, byName);
  };
  return {
    resolve(specifier, containingFile) {
      const folder = posix.dirname(containingFile);
      const key = `${folder}\0${specifier}`;
      if (known.has(key)) return known.get(key);
      const found = resolveNow(specifier, folder);
      known.set(key, found);
      return found;
    },
    specialOf,
  };
}

/** The package that is nearest above a path. */
export function packageAround(path: string, packages: readonly PackageFolder[]): PackageFolder | undefined {
  // Sorted outermost first: the last that holds the path is the nearest.
  return packages.findLast((candidate) => isInside(path, candidate.root));
}

function specialOf(specifier: string): SpecialModule | undefined {
  const segments = specifier.split('/');
  const name = specifier.startsWith('@') ? segments.slice(0, 2).join('/') : segments[0];
  if (name === 'apify' || name === 'apify-client') return name;
  return name !== undefined && isSdkPackage(name) ? 'crawlee' : undefined;
}

function resolvePath(path: string, scan: FolderScan, index: SourceIndex): string | undefined {
  const clean = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const found = index.find(clean);
  if (found !== undefined) return found;
  const root = packageAround(clean, scan.packages)?.root ?? scan.roots[0] ?? '/';
  return index.findBehind(clean, root, tsconfigFor(scan, root));
}

function resolveWithPaths(specifier: string, folder: string, scan: FolderScan, index: SourceIndex): string | undefined {
  const tsconfig = tsconfigFor(scan, folder);
  if (!tsconfig) return undefined;
  for (const target of matchPattern(specifier, tsconfig.paths)) {
    const found = resolvePath(target, scan, index);
    if (found !== undefined) return found;
  }
  return tsconfig.baseUrl === undefined ? undefined : index.find(posix.join(tsconfig.baseUrl, specifier));
}

/** The targets of the pattern that fits best: the exact one, else the one with the longest part before its `*`. */
function matchPattern(specifier: string, patterns: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const exact = patterns.get(specifier);
  if (exact) return exact;
  let best = '';
  let targets: readonly string[] = [];
  for (const [pattern, candidates] of patterns) {
    const matched = matchStar(pattern, specifier);
    if (matched === undefined || pattern.indexOf('*') < best.indexOf('*')) continue;
    best = pattern;
    targets = candidates.map((target) => target.replace('*', () => matched));
  }
  return targets;
}

function matchStar(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star === -1) return undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits = text.startsWith(before) && text.endsWith(after) && text.length >= before.length + after.length;
  return fits ? text.slice(before.length, text.length - after.length) : undefined;
}

function resolveImports(specifier: string, folder: string, scan: FolderScan, index: SourceIndex): string | undefined {
  const around = packageAround(folder, scan.packages);
  return around && resolveTable(around.manifest.imports, specifier, around, scan, index);
}

function resolvePackage(
  specifier: string,
  folder: string,
  scan: FolderScan,
  index: SourceIndex,
  byName: ReadonlyMap<string, readonly PackageFolder[]>,
): string | undefined {
  const segments = specifier.split('/');
  const name = segments.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const target = nearest(byName.get(name) ?? [], folder);
  if (!target) return undefined;
  const { manifest, root } = target;
  const rest = segments.slice(name.split('/').length).join('/');
  const exported = resolveTable(manifest.exports, rest === '' ? '.' : `./${rest}`, target, scan, index);
  if (exported !== undefined) return exported;
  const paths =
    rest === ''
      ? [manifest.module, manifest.main, manifest.types, 'src/index', 'index', 'src/main']
      : [rest, `src/${rest}`];
  return firstSource(
    paths.flatMap((path) => path ?? []),
    root,
    scan,
    index,
  );
}

/** Looks a name up in `exports` or `imports`, whatever the conditions: all of them lead to the same source. */
function resolveTable(
  table: unknown,
  name: string,
  target: PackageFolder,
  scan: FolderScan,
  index: SourceIndex,
): string | undefined {
  const isTable = isObject(table) && Object.keys(table).some((key) => key.startsWith('.') || key.startsWith('#'));
  const entries = new Map(isTable ? Object.entries(table) : [['.', table]]);
  const patterns = new Map([...entries].map(([key, value]) => [key, pathsIn(value)]));
  return firstSource(matchPattern(name, patterns), target.root, scan, index);
}

function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(pathsIn);
  return isObject(value) ? Object.values(value).flatMap(pathsIn) : [];
}

function firstSource(paths: readonly string[], root: string, scan: FolderScan, index: SourceIndex): string | undefined {
  const tsconfig = tsconfigFor(scan, root);
  for (const path of paths) {
    // Declarations stand for the module that they were made from.
    const module = path.replace(/\.d\.([cm]?)ts$/, '.$1js');
    const absolute = posix.join(root, module);
    const found = index.find(absolute) ?? index.findBehind(absolute, root, tsconfig);
    if (found !== undefined) return found;
  }
  return undefined;
}

function packagesByName(packages: readonly PackageFolder[]): ReadonlyMap<string, readonly PackageFolder[]> {
  const byName = new Map<string, PackageFolder[]>();
  for (const folder of packages) {
    const { name } = folder.manifest;
    if (name === undefined) continue;
    const same = byName.get(name);
    if (same) same.push(folder);
    else byName.set(name, [folder]);
  }
  return byName;
}

/** Of several packages of one name (templates, copies), the one that shares most of its path. */
function nearest(candidates: readonly PackageFolder[], folder: string): PackageFolder | undefined {
  const shared = ({ root }: PackageFolder): number => {
    const [a, b] = [root.split('/'), folder.split('/')];
    const differs = a.findIndex((segment, at) => segment !== b[at]);
    return differs === -1 ? a.length : differs;
  };
  return candidates.toSorted((a, b) => shared(b) - shared(a))[0];
}
