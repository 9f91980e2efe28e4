import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ProcessNumber } from '../recording.ts';

/** Beyond it the folder is no Actor's source, and looking at it takes longer than a restart. */
const MOST_FILES = 5000;
/** Not the disk that a migration loses: the storages, what is installed, the history. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'storage', 'apify_storage', 'crawlee_storage']);
/** No state: code that its author edits while it runs, or that the start command builds anew. */
const CODE = /\.(?:tsbuildinfo|[cm]?[jt]sx?(?:\.map)?)$/;

/** What tells whether a file was written and read: times in nanoseconds since 1970. */
interface FileTimes {
  readonly inode: bigint;
  readonly written: bigint;
  readonly read: bigint;
}

interface Candidate {
  readonly path: string;
  readonly writtenBy: ProcessNumber;
  /** When that process was gone. */
  readonly times: FileTimes;
}

/** A file that one process wrote and a later one read: on the platform it would not be there. */
export interface FoundFile {
  /** Relative to the Actor's folder, with forward slashes. */
  readonly path: string;
  readonly writtenBy: ProcessNumber;
}

/**
 * Watches the Actor's folder over the processes of a run, by the times that the disk keeps; it changes nothing there. Linux
 * and macOS move the time of access at the first read after a write (`relatime`); a disk that never does names no file.
 */
export class LocalDisk {
  readonly #folder: string;
  readonly #storageFolder: string;
  #before: ReadonlyMap<string, FileTimes> | undefined;
  #candidates: readonly Candidate[] = [];
  #looked: Promise<unknown> = Promise.resolve();

  constructor(folder: string, storageFolder: string) {
    this.#folder = folder;
    this.#storageFolder = storageFolder;
  }

  /**
   * Notes how it is before the first process.
   *
   * @returns whether the folder is small enough to be watched
   */
  async start(): Promise<boolean> {
    this.#before = await this.#times();
    return this.#before !== undefined;
  }

  /** The files that were written since {@link start}, relative to the Actor's folder, with forward slashes. */
  async written(): Promise<readonly string[]> {
    const [before, now] = [this.#before, this.#before === undefined ? undefined : await this.#times()];
    if (before === undefined || now === undefined) return [];
    const paths = [...now].filter(([path, times]) => !isUnchanged(before.get(path), times)).map(([path]) => path);
    return paths.map((path) => this.#named(path));
  }

  /** A process is gone: what it wrote must not be read by the next. */
  async processGone(number: ProcessNumber): Promise<void> {
    const [before, now] = [this.#before, this.#before === undefined ? undefined : await this.#times()];
    this.#before = now;
    if (before === undefined || now === undefined) return;
    const written = [...now].filter(([path, times]) => !isUnchanged(before.get(path), times));
    const fresh = written.map(([path, times]) => ({ path, writtenBy: number, times }));
    const paths = new Set(fresh.map(({ path }) => path));
    const older = this.#candidates.filter(({ path }) => !paths.has(path) && now.has(path));
    this.#candidates = [...older, ...fresh];
  }

  /** The files that were read since the process that wrote them was gone; each is told once. */
  async look(): Promise<readonly FoundFile[]> {
    // One after the other, so that two do not tell the same.
    const found = this.#looked.then(async () => await this.#lookNow());
    this.#looked = found;
    return await found;
  }

  async #lookNow(): Promise<readonly FoundFile[]> {
    const looked = await Promise.all(
      this.#candidates.map(async (candidate) => ({
        candidate,
        seen: verdictOn(candidate, await this.#timesOf(candidate.path)),
      })),
    );
    this.#candidates = looked.flatMap(({ candidate, seen }) => (seen === 'untouched' ? [candidate] : []));
    return looked.flatMap(({ candidate: { path, writtenBy }, seen }) =>
      seen === 'read' ? [{ path: this.#named(path), writtenBy }] : [],
    );
  }

  #named(path: string): string {
    return relative(this.#folder, path).split(sep).join('/');
  }

  /** Of every file; `undefined` where there are too many. */
  async #times(): Promise<ReadonlyMap<string, FileTimes> | undefined> {
    const files: string[] = [];
    const folders = [this.#folder];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for (const entry of await entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isFile() && !CODE.test(entry.name)) files.push(path);
        else if (entry.isDirectory() && !LEFT_OUT.has(entry.name) && path !== this.#storageFolder) folders.push(path);
      }
      if (files.length + folders.length > MOST_FILES) return undefined;
    }
    const times = await Promise.all(files.map(async (path) => [path, await this.#timesOf(path)] as const));
    return new Map(times.flatMap(([path, of]) => (of === undefined ? [] : [[path, of] as const])));
  }

  async #timesOf(path: string): Promise<FileTimes | undefined> {
    try {
      const { ino, mtimeNs, atimeNs } = await stat(path, { bigint: true });
      return { inode: ino, written: mtimeNs, read: atimeNs };
    } catch {
      // It was removed meanwhile, or may not be looked at.
      return undefined;
    }
  }
}

/**
 * Whether a candidate was read as its process had left it. Read after it had been written anew is no fault, and where both
 * happened since the last look and the read came last, nobody can tell.
 */
function verdictOn({ times }: Candidate, now: FileTimes | undefined): 'read' | 'untouched' | 'no fault' {
  if (now === undefined || now.inode !== times.inode) return 'no fault';
  const wasRead = now.read > times.read;
  if (now.written === times.written) return wasRead ? 'read' : 'untouched';
  return wasRead && now.read < now.written ? 'read' : 'no fault';
}

function isUnchanged(before: FileTimes | undefined, now: FileTimes): boolean {
  return before !== undefined && before.inode === now.inode && before.written === now.written;
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // Removed meanwhile, or not ours to read: nothing in it can be named.
    return [];
  }
}
