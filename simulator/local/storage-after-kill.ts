import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isObject } from '../platform/json.ts';

const STORES = 'key_value_stores';
const QUEUES = 'request_queues';

/**
 * Removes what only local files leave behind: folders that lock a file while it is written, which would hold the next write to
 * it up for ten seconds (facts of `@crawlee/memory-storage` 3.18.1 on proper-lockfile).
 *
 * @returns records that were cut in the middle, relative to the storage, with forward slashes
 */
export async function clearAfterKill(storage: string): Promise<readonly string[]> {
  const torn: string[] = [];
  for (const kind of [STORES, 'datasets', QUEUES]) {
    for (const name of await namesIn(join(storage, kind))) {
      const folder = join(storage, kind, name);
      for (const file of await namesIn(folder)) {
        if (file.endsWith('.lock')) await rm(join(folder, file), { recursive: true, force: true });
        else if (file.endsWith('.json') && !(await isWhole(join(folder, file)))) torn.push(`${kind}/${name}/${file}`);
      }
    }
  }
  return torn;
}

/**
 * Ends the locks that a killed process held on requests: `orderNo` is when a lock ends, negative for the forefront, null for
 * what is handled. Only while no process lives that uses the storage.
 *
 * @returns how many requests were unlocked
 */
export async function unlockRequests(storage: string): Promise<number> {
  let unlocked = 0;
  for (const name of await namesIn(join(storage, QUEUES))) {
    const folder = join(storage, QUEUES, name);
    for (const file of await namesIn(folder)) {
      const request = file.endsWith('.json') ? await readJson(join(folder, file)) : undefined;
      const orderNo = isObject(request) ? request['orderNo'] : undefined;
      const now = Date.now();
      if (!isObject(request) || typeof orderNo !== 'number' || Math.abs(orderNo) <= now) continue;
      const free = { ...request, orderNo: Math.sign(orderNo) * (now - 1000) };
      await writeFile(join(folder, file), JSON.stringify(free, undefined, '\t'));
      unlocked += 1;
    }
  }
  return unlocked;
}

async function isWhole(file: string): Promise<boolean> {
  return (await readJson(file)) !== undefined;
}

/** `undefined` where it is no JSON. */
async function readJson(file: string): Promise<unknown> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return value;
  } catch {
    return undefined;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    // The Actor uses no such storage.
    return [];
  }
}
