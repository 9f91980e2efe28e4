import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes a folder with all that an Actor may have put into it, also what lies in folders that may not be written, such as a
 * package manager's cache. One that is not there is removed already.
 *
 * @throws {Error} when something in it cannot be removed all the same
 */
export async function removeFolder(folder: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 5 } as const;
  try {
    await rm(folder, options);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')))
      throw error;
    await allowWriting(folder);
    await rm(folder, options);
  }
}

async function allowWriting(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await allowWriting(join(folder, entry.name));
  }
}
