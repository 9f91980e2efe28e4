import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import type { RecordedEvent } from '../../recording.ts';
import { setBytes, startTestPlatform } from '../testing/test-platform.ts';

describe('records', () => {
  test('come back as they were set, with their content types', async () => {
    await using platform = await startTestPlatform();
    const store = platform.client().keyValueStore('default');
    const bytes = randomBytes(100);
    await store.setRecord({ key: 'json', value: { a: [1, 'ä'] } });
    await store.setRecord({ key: 'text', value: 'Grüße' });
    await setBytes(store, { key: 'bytes', value: bytes });
    await store.setRecord({ key: 'page', value: '<p>', contentType: 'text/html; charset=iso-8859-1' });
    await setBytes(store, { key: 'own', value: bytes, contentType: 'application/x-unheard-of' });
    await store.setRecord({ key: 'none', value: null });
    expect(await store.getRecord('json')).toEqual({
      key: 'json',
      value: { a: [1, 'ä'] },
      contentType: 'application/json; charset=utf-8',
    });
    expect(await store.getRecord('text')).toMatchObject({ value: 'Grüße', contentType: 'text/plain; charset=utf-8' });
    expect(await store.getRecord('bytes')).toMatchObject({ value: bytes, contentType: 'application/octet-stream' });
    expect(await store.getRecord('page')).toMatchObject({ contentType: 'text/html; charset=iso-8859-1' });
    expect(await store.getRecord('own')).toMatchObject({ value: bytes, contentType: 'application/x-unheard-of' });
    expect(await store.getRecord('none')).toMatchObject({ value: null });
  });

  test('come back as buffers and streams, and go in as streams', async () => {
    await using platform = await startTestPlatform();
    const store = platform.client().keyValueStore('default');
    await setBytes(store, { key: 'S', value: Readable.from(['ab', 'cd']), contentType: 'text/plain' });
    expect((await store.getRecord('S', { buffer: true }))?.value).toEqual(Buffer.from('abcd'));
    const streamed = await store.getRecord('S', { stream: true });
    expect(streamed && (await text(streamed.value))).toBe('abcd');
  });

  test('are missing until they are set, and after they were deleted', async () => {
    await using platform = await startTestPlatform();
    const store = platform.client().keyValueStore('default');
    expect(await store.getRecord('S')).toBeUndefined();
    expect(await store.recordExists('S')).toBe(false);
    await store.deleteRecord('S');
    await store.setRecord({ key: 'S', value: 1 });
    expect(await store.recordExists('S')).toBe(true);
    await store.deleteRecord('S');
    expect(await store.getRecord('S')).toBeUndefined();
    const response = await fetch(`${platform.url}/v2/key-value-stores/default/records/S`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { type: 'record-not-found' } });
  });

  test('of 10 MB come back whole', async () => {
    await using platform = await startTestPlatform();
    const store = platform.client().keyValueStore('default');
    const value = randomBytes(10 * 1024 * 1024);
    await setBytes(store, { key: 'big', value });
    const record = await store.getRecord('big', { buffer: true });
    expect(record?.value.equals(value)).toBe(true);
    expect(platform.events.findLast(({ kind }) => kind === 'record-read')).toMatchObject({
      value: { bytes: value.length },
    });
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['identity', (plain: string) => Buffer.from(plain)],
  ])('sent with the encoding %s are kept without it', async (encoding, encode) => {
    await using platform = await startTestPlatform();
    const json = `{ "a" : ${' '.repeat(2000)} 1.0 }`;
    const url = `${platform.url}/v2/key-value-stores/default/records/S`;
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    expect((await fetch(url, { method: 'PUT', headers, body: Uint8Array.from(encode(json)) })).status).toBe(201);
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(await response.text()).toBe(json);
  });

  test.each([
    ['an encoding that nobody knows', 'zstd', 'x'],
    ['a body that is not what its encoding says', 'gzip', 'x'],
  ])('with %s are refused', async (_, encoding, body) => {
    await using platform = await startTestPlatform();
    const url = `${platform.url}/v2/key-value-stores/default/records/S`;
    const response = await fetch(url, { method: 'PUT', headers: { 'content-encoding': encoding }, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid-content-encoding' } });
    expect(outcomes(platform.events)).toEqual(['pending', 'refused']);
  });
});

describe('keys', () => {
  const ODD = [
    "a-zA-Z0-9!_.'()",
    'data.json',
    'data',
    'DATA',
    'picture.png',
    'json',
    'con',
    'aux.txt',
    '.hidden',
    'ends.',
    'a.__metadata__.b',
    '__metadata__',
    'x.actor-state-unfinished',
    'page.12',
    'k'.repeat(256),
  ];

  test('may be whatever the platform allows, and are kept apart, also by a platform that starts anew', async () => {
    await using platform = await startTestPlatform();
    const { storageFolder } = platform;
    for (const key of ODD) await platform.client().keyValueStore('default').setRecord({ key, value: { key } });
    await using anew = await startTestPlatform({ storageFolder });
    for (const { url } of [platform, anew]) {
      for (const key of ODD) {
        const response = await fetch(`${url}/v2/key-value-stores/default/records/${key}`);
        expect([key, await response.json()]).toEqual([key, { key }]);
      }
    }
    const listed = await anew.client().keyValueStore('default').listKeys();
    expect(listed.items.map(({ key }) => key)).toEqual(ODD.toSorted());
    // Apart also on disks where names that differ in case only are one.
    const files = await readdir(path.join(storageFolder, 'key_value_stores/default'));
    expect(new Set(files.map((name) => name.toLowerCase())).size).toBe(files.length);
  });

  test('keep a picture whose key has its extension already', async () => {
    await using platform = await startTestPlatform();
    const value = randomBytes(50);
    const record = { key: 'shot.png', value, contentType: 'image/png' };
    await setBytes(platform.client().keyValueStore('default'), record);
    expect(await readFile(path.join(platform.storageFolder, 'key_value_stores/default/shot.png'))).toEqual(value);
    await using anew = await startTestPlatform({ storageFolder: platform.storageFolder });
    expect(await anew.client().keyValueStore('default').getRecord('shot.png')).toEqual(record);
  });

  test.each(['a b', 'ä', 'a%2Fb', 'a:b', 'k'.repeat(257)])('like %s are refused', async (key) => {
    await using platform = await startTestPlatform();
    const url = `${platform.url}/v2/key-value-stores/default/records/${key}`;
    const response = await fetch(url, { method: 'PUT', body: '1' });
    expect(response.status).toBe(400);
    expect(outcomes(platform.events)).toEqual(['pending', 'refused']);
    expect((await fetch(url)).status).toBe(400);
  });

  test('are listed in order, in pages, by prefix', async () => {
    await using platform = await startTestPlatform();
    const store = platform.client().keyValueStore('default');
    for (const key of ['b2', 'a1', 'B1', 'b1', 'b3']) await store.setRecord({ key, value: key });
    expect((await store.listKeys()).items.map(({ key }) => key)).toEqual(['B1', 'a1', 'b1', 'b2', 'b3']);
    const page = await store.listKeys({ prefix: 'b', limit: 2 });
    expect(page).toMatchObject({ isTruncated: true, nextExclusiveStartKey: 'b2', count: 2, limit: 2 });
    const all: string[] = [];
    for await (const { key, size } of store.listKeys({ prefix: 'b', limit: 3, exclusiveStartKey: 'b1' })) {
      all.push(`${key} ${size}`);
    }
    expect(all).toEqual(['b2 2', 'b3 2']);
    await expect(store.listKeys({ collection: 'c' })).rejects.toMatchObject({ type: 'not-served-locally' });
  });
});

test('INPUT is read as the platform completed it, and its file stays', async () => {
  await using platform = await startTestPlatform({}, { input: async () => Buffer.from('{"completed":true}') });
  const store = platform.client().keyValueStore('default');
  expect(await store.getRecord('INPUT')).toMatchObject({ value: { completed: true } });
  expect(await store.recordExists('INPUT')).toBe(true);
  const named = await platform.client().keyValueStores().getOrCreate('named');
  expect(await platform.client().keyValueStore(named.id).getRecord('INPUT')).toBeUndefined();
  await expect(readdir(path.join(platform.storageFolder, 'key_value_stores/default'))).rejects.toThrow('ENOENT');
});

test('the public URL of a record is served', async () => {
  await using platform = await startTestPlatform();
  const client = platform.client({ publicBaseUrl: platform.url });
  await client.keyValueStore('default').setRecord({ key: 'S', value: { a: 1 } });
  const recordUrl = await client.keyValueStore('default').getRecordPublicUrl('S');
  expect(await (await fetch(recordUrl)).json()).toEqual({ a: 1 });
  const keysUrl = await client.keyValueStore('default').createKeysPublicUrl({ limit: 5 });
  expect(await (await fetch(keysUrl)).json()).toMatchObject({ data: { items: [{ key: 'S' }] } });
});

test('reads are recorded, what is asked for only is not', async () => {
  await using platform = await startTestPlatform();
  const store = platform.client().keyValueStore('default');
  await store.setRecord({ key: 'S', value: { a: 1 } });
  await store.recordExists('S');
  await store.getRecord('S');
  await store.getRecord('T');
  const { events } = platform;
  const record = { store: { kind: 'key-value-store', name: 'default' }, key: 'S' };
  expect(events.filter(({ kind }) => kind === 'record-read')).toMatchObject([
    { record, value: { contentType: 'application/json; charset=utf-8', bytes: 12, json: '{\n  "a": 1\n}' } },
    { record: { ...record, key: 'T' }, value: undefined },
  ]);
  const written = events.find((event) => event.kind === 'write');
  const read = events.find((event) => event.kind === 'record-read');
  expect(written?.change).toEqual({ type: 'set-record', record, value: read?.value });
});

function outcomes(events: readonly RecordedEvent[]): readonly string[] {
  return events.flatMap((event) => (event.kind === 'write' ? [event.outcome] : []));
}
