import { posix } from 'node:path';
import type { Notice } from './notice.ts';
import type { DirectoryEntry, FileSystem } from './file-system.ts';
import type { TextReader } from './read-text.ts';
import { isInside } from './scope.ts';
import { isOutputByName, isSkippedFolder } from './skipped-folders.ts';
import { compiledBeside, isSourceName, readSource } from './source-files.ts';
import { readTsconfig, type Tsconfig } from './tsconfig.ts';

/** More files than any workspace of Actors has; beyond it the folder is something else (a home folder, a disk). */
const MAX_SOURCES = 20_000;

/** Files that say what a folder is. They are few; those that matter are read later. */
const DESCRIBING =
  /^(?:package\.json|actor\.json|(?:[\w.-]+\.)?Dockerfile(?:\.[\w.-]+)?|tsconfig(?:\.[\w.-]+)?\.json|jsconfig\.json|requirements\.txt|pyproject\.toml)$/i;

/** What was met on the way. Filled by {@link walk}; read by scan.ts. */
export interface Walked {
  readonly texts: Map<string, string>;
  readonly describing: Set<string>;
  readonly tsconfigs: Map<string, Tsconfig>;
  readonly outputFolders: Set<string>;
  /** From a link to what it leads to. */
  readonly links: Map<string, string>;
  readonly notices: Notice[];
}

interface Walk extends Walked {
  readonly fs: FileSystem;
  readonly read: TextReader;
  /** Where the walked trees really lie: a link that leads into one of them is not walked, it would be seen twice. */
  readonly realRoots: string[];
  full: boolean;
}

/** Walks the folders given, none twice, links followed at most once: a circle of links ends. */
export function walk(roots: readonly string[], fs: FileSystem, read: TextReader): Walked {
  const state: Walk = {
    texts: new Map(),
    describing: new Set(),
    tsconfigs: new Map(),
    outputFolders: new Set(),
    links: new Map(),
    notices: [],
    fs,
    read,
    realRoots: roots.map((root) => fs.realPath(root) ?? root),
    full: false,
  };
  for (const root of roots) walkFolder(root, state);
  return state;
}

function walkFolder(folder: string, state: Walk): void {
  const listed = state.fs.readDirectory(folder);
  if (!listed.ok) {
    state.notices.push({ file: folder, reason: `cannot be read: ${listed.reason}` });
    return;
  }
  const entries = listed.entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const compiled = compiledBeside(entries.map((entry) => entry.name));
  noteDescribing(folder, entries, state);
  for (const entry of entries) {
    const path = posix.join(folder, entry.name);
    if (compiled.has(entry.name)) continue;
    if (entry.kind === 'file') addSource(path, state);
    else if (entry.kind === 'folder') enter(path, entries, state);
    else if (entry.kind === 'link') followLink(path, entries, state);
  }
}

/** Notes package.json and its like first: a tsconfig tells which folders beside it are output. */
function noteDescribing(folder: string, entries: readonly DirectoryEntry[], state: Walk): void {
  for (const { name, kind } of entries) {
    if (kind === 'folder' || !DESCRIBING.test(name)) continue;
    const path = posix.join(folder, name);
    state.describing.add(path);
    if (!/^[tj]sconfig/.test(name)) continue;
    const tsconfig = readTsconfig(path, state.read);
    if (name === 'tsconfig.json' || (name === 'jsconfig.json' && !state.tsconfigs.has(folder))) {
      state.tsconfigs.set(folder, tsconfig);
    }
    // An outDir of `.` or `..` is beside or around the source, and no folder of its own.
    const { outDir } = tsconfig;
    if (outDir !== undefined && !isInside(folder, outDir)) state.outputFolders.add(outDir);
  }
}

function enter(path: string, siblings: readonly DirectoryEntry[], state: Walk): void {
  if (state.full || isSkippedFolder(path, state.fs)) return;
  if (state.outputFolders.has(path) || isOutputByName(posix.basename(path), siblings)) {
    state.outputFolders.add(path);
    return;
  }
  walkFolder(path, state);
}

function followLink(path: string, siblings: readonly DirectoryEntry[], state: Walk): void {
  if (isSkippedFolder(path, state.fs)) return;
  const kind = state.fs.stat(path)?.kind;
  const real = state.fs.realPath(path);
  if (real === undefined || (kind !== 'folder' && kind !== 'file')) return;
  if (kind === 'file' && !isSourceName(posix.basename(path))) return;
  state.links.set(path, real);
  // What a link leads to inside the walked trees is met there; what contains them would never end.
  if (state.realRoots.some((root) => isInside(real, root) || isInside(root, real))) return;
  if (kind === 'file') {
    addSource(real, state);
    return;
  }
  state.realRoots.push(real);
  if (isSkippedFolder(real, state.fs)) return;
  enter(real, siblings, state);
}

function addSource(path: string, state: Walk): void {
  if (!isSourceName(posix.basename(path)) || state.full) return;
  if (state.texts.size >= MAX_SOURCES) {
    state.full = true;
    const reason = `only the first ${MAX_SOURCES} files are read from here: open or name the folder of the Actor instead`;
    state.notices.push({ file: posix.dirname(path), reason });
    return;
  }
  const source = readSource(path, state.fs);
  if (source.ok) state.texts.set(path, source.text);
  else state.notices.push({ file: path, reason: source.reason });
}
