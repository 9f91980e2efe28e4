import { once } from 'node:events';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';

import { describe, expect, test } from 'vitest';

import type { WriteOutcome } from '../../recording.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

/** A loaded machine takes its time. */
const PATIENTLY = { timeout: 60_000 };

function outcomes({ events }: TestPlatform): readonly WriteOutcome[] {
  return events.flatMap((event) => (event.kind === 'write' ? [event.outcome] : []));
}

/** Every kind of write, and whether it was stored. */
const WRITES = [
  {
    name: 'a record',
    method: 'PUT',
    path: '/v2/key-value-stores/default/records/S',
    body: '{"a":1}',
    stored: async (platform: TestPlatform) =>
      (await platform.client().keyValueStore('default').listKeys()).items.length,
  },
  {
    name: 'items',
    method: 'POST',
    path: '/v2/datasets/default/items',
    body: '[{"a":1}]',
    stored: async (platform: TestPlatform) => (await platform.client().dataset('default').get())?.itemCount,
  },
  {
    name: 'a request',
    method: 'POST',
    path: '/v2/request-queues/default/requests',
    body: '{"url":"http://a","uniqueKey":"a"}',
    stored: async (platform: TestPlatform) =>
      (await platform.client().requestQueue('default').get())?.totalRequestCount,
  },
] as const;

describe.each(WRITES)('a write of $name', (write) => {
  test('counts when its latency is over, not before', async () => {
    await using platform = await startTestPlatform({ latencyMs: 20 });
    platform.clock.pause();
    const answer = fetch(`${platform.url}${write.path}`, { method: write.method, body: write.body });
    await expect.poll(() => outcomes(platform), PATIENTLY).toEqual(['pending']);
    expect(await write.stored(platform)).toBe(0);
    platform.clock.resume();
    expect((await answer).status).toBe(201);
    expect(outcomes(platform)).toEqual(['pending', 'landed']);
    expect(await write.stored(platform)).toBe(1);
  });

  test('is not stored when its connection goes within the latency', async () => {
    await using platform = await startTestPlatform({ latencyMs: 20 });
    platform.clock.pause();
    const call = request(`${platform.url}${write.path}`, { method: write.method });
    call.on('error', () => undefined);
    call.end(write.body);
    await expect.poll(() => outcomes(platform), PATIENTLY).toEqual(['pending']);
    call.destroy();
    await expect.poll(() => outcomes(platform), PATIENTLY).toEqual(['pending', 'cut']);
    platform.clock.resume();
    expect(await write.stored(platform)).toBe(0);
  });

  test('is not stored when its body does not arrive whole', async () => {
    await using platform = await startTestPlatform();
    const headers = { 'content-length': 1000, expect: '100-continue' };
    const call = request(`${platform.url}${write.path}`, { method: write.method, headers });
    call.on('error', () => undefined);
    call.flushHeaders();
    await once(call, 'continue');
    call.write(write.body);
    call.destroy();
    await expect.poll(() => outcomes(platform), PATIENTLY).toEqual(['pending', 'cut']);
    expect(await write.stored(platform)).toBe(0);
  });

  test('under way at a kill is cut without an answer', async () => {
    await using platform = await startTestPlatform({ latencyMs: 20 });
    platform.clock.pause();
    const answer = fetch(`${platform.url}${write.path}`, { method: write.method, body: write.body });
    await expect.poll(() => outcomes(platform), PATIENTLY).toEqual(['pending']);
    platform.services.writes.close();
    await expect(answer).rejects.toThrow('fetch failed');
    expect(outcomes(platform)).toEqual(['pending', 'cut']);
    platform.services.writes.open();
    platform.clock.resume();
    expect(await write.stored(platform)).toBe(0);
  });
});

describe('a storage folder that cannot be written to', () => {
  test('fails the write at once, with a sentence for the person', async () => {
    const troubles: string[] = [];
    await using platform = await startTestPlatform({}, { onStorageTrouble: (sentence) => troubles.push(sentence) });
    await writeFile(path.join(platform.storageFolder, 'key_value_stores'), 'a file in the place of the folder');
    const write = platform.client().keyValueStore('default').setRecord({ key: 'S', value: 1 });
    await expect(write).rejects.toMatchObject({ statusCode: 400, type: 'storage-not-writable' });
    expect(outcomes(platform)).toEqual(['pending', 'failed']);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/key_value_stores.* cannot be .*--storage/);
  });

  // /dev/full takes no byte, as a full disk.
  describe.skipIf(process.platform !== 'linux')('since its disk is full', () => {
    test('keeps the record that was there', async () => {
      await using platform = await startTestPlatform();
      const store = platform.client().keyValueStore('default');
      await store.setRecord({ key: 'S', value: 'before' });
      const folder = path.join(platform.storageFolder, 'key_value_stores/default');
      await symlink('/dev/full', path.join(folder, 'S.txt.actor-state-unfinished'));
      const write = store.setRecord({ key: 'S', value: 'after' });
      await expect(write).rejects.toMatchObject({ message: expect.stringContaining('the disk is full') });
      expect((await store.getRecord('S'))?.value).toBe('before');
      expect(await readdir(folder)).toEqual(['S.txt']);
    });

    test('stores all items of a push or none', async () => {
      await using platform = await startTestPlatform();
      const dataset = platform.client().dataset('default');
      const folder = path.join(platform.storageFolder, 'datasets/default');
      await mkdir(folder, { recursive: true });
      await dataset.pushItems({ n: 1 });
      await symlink('/dev/full', path.join(folder, '000000003.json.actor-state-unfinished'));
      await expect(dataset.pushItems([{ n: 2 }, { n: 3 }])).rejects.toMatchObject({ type: 'storage-not-writable' });
      expect(await readdir(folder)).toEqual(['000000001.json']);
      await dataset.pushItems({ n: 4 });
      expect((await dataset.listItems()).items).toEqual([{ n: 1 }, { n: 4 }]);
    });

    test('adds all requests of a batch or none', async () => {
      await using platform = await startTestPlatform();
      const queue = platform.client().requestQueue('default');
      await queue.addRequest({ url: 'http://a', uniqueKey: 'a' });
      const folder = path.join(platform.storageFolder, 'request_queues/default');
      await symlink('/dev/full', path.join(folder, 'PiPoFgA5WUoziU9.json.actor-state-unfinished'));
      const body = JSON.stringify(['c', 'b'].map((uniqueKey) => ({ url: 'http://x', uniqueKey })));
      const url = `${platform.url}/v2/request-queues/default/requests/batch`;
      expect((await fetch(url, { method: 'POST', body })).status).toBe(400);
      expect(await queue.get()).toMatchObject({ totalRequestCount: 1 });
      expect(await readdir(folder)).toEqual(['ypeBEsobvcr6wjG.json']);
    });
  });
});

test('a write whose turn comes after the drop of its storage is refused, and leaves no folder', async () => {
  await using platform = await startTestPlatform();
  const { datasets } = platform.services.storages;
  const dataset = await datasets.getOrCreate('mine');
  const change = { type: 'push-items', dataset: dataset.recorded, items: [] } as const;
  await datasets.drop(dataset);
  const late = platform.services.writes.pass(new AbortController().signal, change, async () => {
    await dataset.push([{ a: 1 }]);
  });
  await expect(late).rejects.toThrow('was dropped');
  expect(outcomes(platform)).toEqual(['pending', 'refused']);
  expect(await readdir(path.join(platform.storageFolder, 'datasets'))).toEqual([]);
});
