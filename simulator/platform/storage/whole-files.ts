import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The storage folder takes no more, or cannot be read. The message is a sentence for the person. */
export class StorageTrouble extends Error {
  constructor(sentence: string, cause: unknown) {
    super(sentence, { cause });
    this.name = 'StorageTrouble';
  }
}

/**
 * Ends the name of a file that is being written. A crash leaves it behind, and it must not be taken for a record then:
 * this is why write-file-atomic, whose temporary names may be those of records, does not serve here.
 */
const UNFINISHED = '.actor-state-unfinished';

/**
 * Writes a file whole or not at all, also where our process is killed meanwhile. Not made for a loss of power: nothing is
 * synced to the disk. One writer a file at a time.
 *
 * @throws {StorageTrouble}
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${file}${UNFINISHED}`;
  try {
    await inItsFolder(file, async () => await writeFile(unfinished, content));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw trouble(error, path.dirname(file), 'written to');
  }
}

async function inItsFolder(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await mkdir(path.dirname(file), { recursive: true });
    await write();
  }
}

/** @throws {StorageTrouble} */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw trouble(error, folder, 'made');
  }
}

/** @throws {StorageTrouble} */
export async function renameFolder(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return await makeFolder(to);
    throw trouble(error, from, 'renamed');
  }
}

/**
 * Removes a file, or a folder with all that is in it. One that is not there is fine.
 *
 * @throws {StorageTrouble}
 */
export async function remove(fileOrFolder: string): Promise<void> {
  try {
    await rm(fileOrFolder, { recursive: true, force: true });
  } catch (error) {
    throw trouble(error, fileOrFolder, 'removed');
  }
}

/**
 * The names of the files in a folder, or of the folders; none where it is not there. What a crash left half written is
 * removed.
 *
 * @throws {StorageTrouble}
 */
export async function namesIn(folder: string, of: 'files' | 'folders'): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => (of === 'files' ? entry.isFile() : entry.isDirectory())).map((e) => e.name);
    const unfinished = of === 'files' ? names.filter((name) => name.endsWith(UNFINISHED)) : [];
    await Promise.all(unfinished.map(async (name) => await rm(path.join(folder, name), { force: true })));
    return names.filter((name) => !unfinished.includes(name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw trouble(error, folder, 'read');
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space, or name another folder with --storage',
  EDQUOT: 'your disk quota is used up. Free some space, or name another folder with --storage',
  EACCES: 'you have no right to. Change its permissions, or name another folder with --storage',
  EPERM: 'you have no right to. Change its permissions, or name another folder with --storage',
  EROFS: 'its disk is read-only. Name another folder with --storage',
  ENOTDIR: 'a file is in the place of one of its folders. Move it away, or name another folder with --storage',
};

/** What the disk refused, as a sentence; anything else is ours and stays as it is. */
function trouble(error: unknown, where: string, what: string): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof StorageTrouble) return error;
  const reason = REASONS[code] ?? 'the disk refused. Name another folder with --storage';
  return new StorageTrouble(`${where} cannot be ${what} (${code}): ${reason}.`, error);
}
