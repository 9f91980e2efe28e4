import { posix } from 'node:path';
import type { DirectoryEntry, FileSystem } from './file-system.ts';

/** Folders that never hold an Actor's own source, whatever lies beside them. */
const NEVER_SOURCE = new Set(['node_modules', 'bower_components', 'jspm_packages', 'coverage', '__pycache__', 'venv']);

/** Where the SDKs put a run's storages on a developer's disk. */
const STORAGE_NAMES = new Set(['storage', 'apify_storage', 'crawlee_storage']);
const STORAGE_KINDS = new Set(['key_value_stores', 'datasets', 'request_queues']);

/** Where builds usually put what they make. `lib` and `out` often hold source: only a tsconfig makes them output. */
const OUTPUT_NAMES = new Set(['dist', 'build']);

/** True for a folder that is skipped without a word. Hidden ones are, but `.actor`, which describes the Actor. */
export function isSkippedFolder(path: string, fs: FileSystem): boolean {
  const name = posix.basename(path);
  if (NEVER_SOURCE.has(name)) return true;
  if (name.startsWith('.')) return name !== '.actor';
  return STORAGE_NAMES.has(name) && holdsStorages(path, fs);
}

/**
 * True for a folder that a build fills. Its parent says so by what else it holds: the source it was built from, or a
 * TypeScript configuration. An Actor that ships `dist` alone has its code there, and is read.
 */
export function isOutputByName(name: string, siblings: readonly DirectoryEntry[]): boolean {
  if (!OUTPUT_NAMES.has(name)) return false;
  return siblings.some((sibling) =>
    sibling.kind === 'folder'
      ? sibling.name === 'src' || sibling.name === 'source'
      : sibling.name === 'tsconfig.json' || /\.[cm]?tsx?$/.test(sibling.name),
  );
}

function holdsStorages(path: string, fs: FileSystem): boolean {
  const listed = fs.readDirectory(path);
  return listed.ok && listed.entries.some((entry) => STORAGE_KINDS.has(entry.name));
}
