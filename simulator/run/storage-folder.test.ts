import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareStorage } from './storage-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const OLD_RUN = [
  'key_value_stores/default/INPUT.json',
  'key_value_stores/default/STATE.json',
  'key_value_stores/default/INPUT_2.json',
  'key_value_stores/my-store/STATE.json',
  'key_value_stores/__OLD_DEFAULT_0__/STATE.json',
  'datasets/default/000000001.json',
  'datasets/my-data/000000001.json',
  'datasets/__CRAWLEE_TEMPORARY_0__/000000001.json',
  'request_queues/default/abc.json',
  'request_queues/my-queue/abc.json',
];
const STAYS = [
  'datasets/my-data/000000001.json',
  'key_value_stores/default/INPUT.json',
  'key_value_stores/my-store/STATE.json',
  'request_queues/my-queue/abc.json',
];

function write(root: string, files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '{}');
  }
}

function filesIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll('\\', '/'))
    .toSorted();
}

test('a project keeps its input and its named storages, and nothing else; a storage of another name is not touched', async () => {
  const storage = join(folder, 'storage');
  write(storage, OLD_RUN);
  write(join(folder, 'apify_storage'), OLD_RUN);
  expect(await prepareStorage({ kind: 'project', folder: storage }, join(folder, 'fresh'))).toBe(storage);
  expect(filesIn(storage)).toEqual(STAYS);
  expect(filesIn(join(folder, 'apify_storage'))).toHaveLength(OLD_RUN.length);
  expect(existsSync(join(folder, 'fresh'))).toBe(false);
});

test('a project without a storage gets one', async () => {
  const storage = join(folder, 'storage');
  expect(await prepareStorage({ kind: 'project', folder: storage }, join(folder, 'fresh'))).toBe(storage);
  expect(filesIn(storage)).toEqual([]);
});

test('a fresh storage gets the input and the named storages, and leaves those it came from as they are', async () => {
  const from = join(folder, 'storage');
  write(from, OLD_RUN);
  const fresh = await prepareStorage({ kind: 'fresh', from }, join(folder, 'fresh'));
  expect(filesIn(fresh)).toEqual(STAYS);
  expect(filesIn(from)).toHaveLength(OLD_RUN.length);
});

test('a fresh storage needs none that it comes from', async () => {
  const fresh = await prepareStorage({ kind: 'fresh', from: join(folder, 'gone') }, join(folder, 'fresh'));
  expect(filesIn(fresh)).toEqual([]);
});

test('a named folder is taken as it is', async () => {
  write(folder, OLD_RUN);
  expect(await prepareStorage({ kind: 'folder', folder }, join(folder, 'fresh'))).toBe(folder);
  expect(filesIn(folder)).toHaveLength(OLD_RUN.length);
});

test('a named folder that is new is filled like a fresh storage', async () => {
  write(folder, OLD_RUN);
  const named = await prepareStorage({ kind: 'folder', folder: join(folder, 'a', 'new'), from: folder }, '');
  expect(filesIn(named)).toEqual(STAYS);
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder that may not be written is refused with what to do',
  async () => {
    chmodSync(folder, 0o500);
    await expect(prepareStorage({ kind: 'folder', folder }, join(folder, 'fresh'))).rejects.toMatchObject({
      kind: 'storage',
      message: `The storage ${folder} cannot be written. Allow it, or name another folder.`,
    });
  },
);
