import { readdirSync, readFileSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import type { DirectoryEntry, EntryStat, FileSystem, ReadFailure } from './file-system.ts';

/** The disk of this machine. */
export const diskFileSystem: FileSystem = {
  readFile: (path) => attempt(() => ({ ok: true, bytes: readFileSync(path) })),
  readDirectory: (path) =>
    attempt(() => ({ ok: true, entries: readdirSync(path, { withFileTypes: true }).map(entryOf) })),
  realPath(path) {
    try {
      return forwardSlashes(realpathSync(path));
    } catch {
      return undefined;
    }
  },
  stat(path) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats && statOf(stats);
    } catch {
      // A loop of links, or a folder above that may not be entered: for the caller there is nothing here.
      return undefined;
    }
  },
};

/** A path of this platform as the analysis writes paths. On POSIX a backslash is part of a name and stays. */
export function forwardSlashes(path: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

function entryOf(entry: Dirent): DirectoryEntry {
  const { name } = entry;
  if (entry.isFile()) return { name, kind: 'file' };
  if (entry.isDirectory()) return { name, kind: 'folder' };
  return { name, kind: entry.isSymbolicLink() ? 'link' : 'other' };
}

function statOf(stats: Stats): EntryStat {
  if (stats.isFile()) return { kind: 'file', size: stats.size };
  return { kind: stats.isDirectory() ? 'folder' : 'other', size: stats.size };
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'it is no folder'],
  ['ELOOP', 'its links lead in a circle'],
  ['EMFILE', 'too many files are open'],
]);

function attempt<Result>(read: () => Result): Result | ReadFailure {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: (code !== undefined && REASONS.get(code)) || message };
  }
}
