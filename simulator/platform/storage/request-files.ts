import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { inParts } from './in-parts.ts';
import { parseRequestFile, printRequestFile, type RequestFile } from './stored-request.ts';
import { namesIn, remove, writeWhole } from './whole-files.ts';

/** All requests in the folder of a queue, the oldest first; what Crawlee left half written is left out. */
export async function readRequests(folder: string): Promise<readonly RequestFile[]> {
  const names = (await namesIn(folder, 'files')).filter((name) => /^[^._].*\.json$/.test(name));
  const read = async (name: string): Promise<RequestFile | undefined> =>
    parseRequestFile(await readFile(path.join(folder, name), 'utf8'));
  const files = (await inParts(names, read)).filter((file) => file !== undefined);
  return files.toSorted((a, b) => Math.abs(a.orderNo ?? 0) - Math.abs(b.orderNo ?? 0));
}

/** @throws {StorageTrouble} */
export async function writeRequest(folder: string, file: RequestFile): Promise<void> {
  await writeWhole(fileOf(folder, file.id), printRequestFile(file));
}

/**
 * Writes requests that were not there before, all or none.
 *
 * @throws {StorageTrouble}
 */
export async function writeNewRequests(folder: string, files: readonly RequestFile[]): Promise<void> {
  try {
    await inParts(files, async (file) => await writeRequest(folder, file));
  } catch (error) {
    await Promise.allSettled(files.map(async ({ id }) => await remove(fileOf(folder, id))));
    throw error;
  }
}

/** @throws {StorageTrouble} */
export async function removeRequest(folder: string, id: string): Promise<void> {
  await remove(fileOf(folder, id));
}

function fileOf(folder: string, id: string): string {
  return path.join(folder, `${id}.json`);
}
