import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import { setBytes, startTestPlatform } from '../testing/test-platform.ts';

describe('the files of a store', () => {
  test('are what Crawlee would write', async () => {
    await using platform = await startTestPlatform();
    const store = platform.client().keyValueStore('default');
    await store.setRecord({ key: 'S', value: { a: 1 } });
    await store.setRecord({ key: 'T', value: 'text' });
    await store.setRecord({ key: 'H', value: '<p>', contentType: 'text/html; charset=utf-8' });
    await setBytes(store, { key: 'B', value: Buffer.from('b') });
    const folder = path.join(platform.storageFolder, 'key_value_stores/default');
    expect((await readdir(folder)).toSorted()).toEqual(['B.bin', 'H.html', 'S.json', 'T.txt']);
    expect(await readFile(path.join(folder, 'S.json'), 'utf8')).toBe('{\n  "a": 1\n}');
  });

  test('go with the content type before', async () => {
    await using platform = await startTestPlatform();
    const store = platform.client().keyValueStore('default');
    await store.setRecord({ key: 'S', value: 'own', contentType: 'text/html' });
    await store.setRecord({ key: 'S', value: { a: 1 } });
    const folder = path.join(platform.storageFolder, 'key_value_stores/default');
    expect(await readdir(folder)).toEqual(['S.json']);
    await store.deleteRecord('S');
    expect(await readdir(folder)).toEqual([]);
  });

  test('that were there before are records, but for those that were half written', async () => {
    await using platform = await startTestPlatform();
    const folder = path.join(platform.storageFolder, 'key_value_stores/default');
    await mkdir(path.join(folder, 'S.json.lock'), { recursive: true });
    await writeFile(path.join(folder, 'S.json'), '{"a":1}');
    await writeFile(path.join(folder, 'torn.json'), '{"a":');
    await writeFile(path.join(folder, 'new.json.actor-state-unfinished'), '{"a":');
    await writeFile(path.join(folder, '.gitkeep'), '');
    await writeFile(path.join(folder, 'shot.png'), 'png');
    const store = platform.client().keyValueStore('default');
    expect((await store.getRecord('S'))?.value).toEqual({ a: 1 });
    expect(await store.getRecord('torn')).toBeUndefined();
    expect(await store.getRecord('shot')).toMatchObject({ contentType: 'image/png' });
    expect((await store.listKeys()).items.map(({ key }) => key)).toEqual(['S', 'shot', 'torn']);
    expect(await readdir(folder)).not.toContain('new.json.actor-state-unfinished');
  });
});

test('of two files of one record, which a crash can leave, the last one written counts', async () => {
  await using platform = await startTestPlatform();
  const folder = path.join(platform.storageFolder, 'key_value_stores/default');
  await mkdir(folder, { recursive: true });
  for (const [file, seconds] of [
    ['S.html', 20],
    ['S.json', 30],
    ['T.html', 30],
    ['T.json', 20],
  ] as const) {
    await writeFile(path.join(folder, file), '1');
    await utimes(path.join(folder, file), seconds, seconds);
  }
  const store = platform.client().keyValueStore('default');
  expect(await store.getRecord('S')).toMatchObject({ contentType: 'application/json; charset=utf-8' });
  expect(await store.getRecord('T')).toMatchObject({ contentType: 'text/html; charset=utf-8' });
});
