import { constants } from 'node:fs';
import { access, cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RunProblem, type StorageChoice } from './run.ts';

const KEY_VALUE_STORES = 'key_value_stores';
const KINDS = [KEY_VALUE_STORES, 'datasets', 'request_queues'] as const;
const DEFAULT = 'default';
/** What a purge keeps of the default store (@crawlee/memory-storage 3.18.1, `handleDefaultKeyValueStore`). */
const INPUT_FILES = new Set(['INPUT', 'INPUT.json', 'INPUT.bin', 'INPUT.txt']);

/**
 * Makes the storages ready for the first process of a run; never called at a restart.
 *
 * @param freshFolder where a fresh storage is put; it belongs to the run
 * @returns the folder to use
 * @throws {RunProblem} `storage` when it is no folder or cannot be written
 */
export async function prepareStorage(choice: StorageChoice, freshFolder: string): Promise<string> {
  const folder = choice.kind === 'fresh' ? freshFolder : choice.folder;
  try {
    await mkdir(folder, { recursive: true });
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    if (choice.kind === 'project') await purge(folder);
    else if (choice.from !== undefined && (await entriesOf(folder)).length === 0)
      await copyWhatStays(choice.from, folder);
    return folder;
  } catch (error) {
    throw new RunProblem('storage', sentenceOf(error, folder));
  }
}

/** As `apify run` and Crawlee do at the start: the default storages go, the input and named storages stay. */
async function purge(storage: string): Promise<void> {
  for (const kind of KINDS) {
    for (const name of await entriesOf(join(storage, kind))) {
      const folder = join(storage, kind, name);
      if (/^__(?:CRAWLEE_TEMPORARY|OLD)/.test(name)) await rm(folder, { recursive: true, force: true });
      else if (name === DEFAULT) await empty(folder, kind === KEY_VALUE_STORES ? INPUT_FILES : new Set());
    }
  }
}

async function empty(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const goes = (await entriesOf(folder)).filter((name) => !kept.has(name));
  await Promise.all(goes.map(async (name) => await rm(join(folder, name), { recursive: true, force: true })));
}

/** What a new run finds on the platform: its input, and the named storages. */
async function copyWhatStays(from: string, to: string): Promise<void> {
  for (const kind of KINDS) {
    for (const name of await entriesOf(join(from, kind))) {
      if (name.startsWith('__')) continue;
      const [source, target] = [join(from, kind, name), join(to, kind, name)];
      if (name !== DEFAULT) await cp(source, target, { recursive: true });
      else if (kind === KEY_VALUE_STORES) await copyInput(source, target);
    }
  }
}

async function copyInput(source: string, target: string): Promise<void> {
  for (const name of await entriesOf(source)) {
    if (INPUT_FILES.has(name)) await cp(join(source, name), join(target, name));
  }
}

/** The names in a folder; none where there is no folder. */
async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function sentenceOf(error: unknown, folder: string): string {
  switch (codeOf(error)) {
    case 'EEXIST':
    case 'ENOTDIR':
      return `The storage ${folder} is not a folder, or holds a file where a folder must be. Move the file away, or name another storage.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The storage ${folder} cannot be written. Allow it, or name another folder.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `There is no space left for the storage ${folder}. Free some, or name a folder on another disk.`;
    default:
      return `The storage ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
