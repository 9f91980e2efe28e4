import { posix } from 'node:path';
import type { FolderScan, PackageFolder } from './scan.ts';
import { SOURCE_EXTENSIONS } from './source-files.ts';
import type { Tsconfig } from './tsconfig.ts';

/** Finds sources among those that were scanned. It never touches the disk: each look-up is a few set look-ups. */
export interface SourceIndex {
  /** The source that a path without extension, with a compiled one (`.js` for `.ts`), or of a folder means. */
  find(path: string): string | undefined;
  /** The same for a path that a build has made: `dist/main.js` is `src/main.ts`. */
  findBehind(path: string, root: string, tsconfig: Tsconfig | undefined): string | undefined;
}

/** What compiled files are written as in source, source before what is built of it. */
const WRITTEN_AS: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs']],
  ['.jsx', ['.tsx', '.jsx']],
  ['.mjs', ['.mts', '.mjs', '.ts']],
  ['.cjs', ['.cts', '.cjs', '.ts']],
]);

/** Folders that compilers write to, where no tsconfig that can be read says it. */
const OUTPUT_FOLDER = /^(?:dist|build|out|lib|output|\.build|compiled)$/;
const SOURCE_FOLDERS = ['src', '', 'source', 'lib', 'app'];

export function createSourceIndex(scan: Pick<FolderScan, 'sources' | 'links' | 'packages'>): SourceIndex {
  const sources = new Set(scan.sources);
  const packages = new Map(scan.packages.map((found) => [found.root, found]));

  const findFile = (path: string): string | undefined => {
    const extension = extensionOf(path);
    const stem = extension === '' ? path : path.slice(0, -extension.length);
    for (const written of WRITTEN_AS.get(extension) ?? []) if (sources.has(stem + written)) return stem + written;
    if (sources.has(path)) return path;
    for (const added of SOURCE_EXTENSIONS) if (sources.has(path + added)) return path + added;
    return undefined;
  };
  const find = (path: string): string | undefined => {
    const found = findFile(path) ?? mainOf(packages.get(path), findFile) ?? findFile(`${path}/index`);
    if (found !== undefined || scan.links.size === 0) return found;
    const real = throughLinks(path, scan.links);
    return real === undefined ? undefined : (findFile(real) ?? findFile(`${real}/index`));
  };
  return {
    find,
    findBehind(path, root, tsconfig) {
      const behind = candidatesBehind(path, root, tsconfig).map(find);
      return behind.find((source) => source !== undefined) ?? find(path);
    },
  };
}

/** Where the source of a built file may be; empty where the file is in no output folder. */
function candidatesBehind(path: string, root: string, tsconfig: Tsconfig | undefined): readonly string[] {
  const candidates: string[] = [];
  const outDir = tsconfig?.outDir;
  if (outDir !== undefined && path.startsWith(`${outDir}/`)) {
    const inside = posix.relative(outDir, path);
    if (tsconfig?.rootDir !== undefined) candidates.push(posix.join(tsconfig.rootDir, inside));
    candidates.push(...SOURCE_FOLDERS.map((folder) => posix.join(root, folder, inside)));
    // A project that is compiled from a monorepo's root keeps the folders above: dist/actors/a/src/main.js.
    candidates.push(...suffixesOf(inside).map((suffix) => posix.join(root, suffix)));
  }
  const segments = posix.relative(root, path).split('/');
  const output = segments.findIndex((segment) => OUTPUT_FOLDER.test(segment));
  if (output !== -1 && segments[0] !== '..') {
    const before = segments.slice(0, output);
    const after = segments.slice(output + 1);
    // `dist/esm/main.js`, too.
    const bundled = /^(?:esm|cjs|es|node|prod|production)$/.test(after[0] ?? '') ? [after, after.slice(1)] : [after];
    for (const rest of bundled) {
      candidates.push(...SOURCE_FOLDERS.map((folder) => posix.join(root, ...before, folder, ...rest)));
    }
  }
  return candidates.filter((candidate) => candidate !== path);
}

/** `a/b/c` gives `a/b/c`, `b/c`, `c`. */
export function suffixesOf(path: string): readonly string[] {
  const segments = path.split('/').filter(Boolean);
  return segments.map((_, index) => segments.slice(index).join('/'));
}

function mainOf(folder: PackageFolder | undefined, findFile: (path: string) => string | undefined): string | undefined {
  const main = folder?.manifest.main;
  return folder === undefined || main === undefined ? undefined : findFile(posix.join(folder.root, main));
}

function throughLinks(path: string, links: ReadonlyMap<string, string>): string | undefined {
  for (const [link, real] of links) {
    if (path === link || path.startsWith(`${link}/`)) return real + path.slice(link.length);
    // A specifier without extension may mean a linked file.
    for (const added of SOURCE_EXTENSIONS) if (path + added === link) return real;
  }
  return undefined;
}

function extensionOf(path: string): string {
  return /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '';
}
