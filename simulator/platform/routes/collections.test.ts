import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { ApifyClient } from 'apify-client';
import { describe, expect, test } from 'vitest';

import { startTestPlatform } from '../testing/test-platform.ts';

const UUID = /^[0-9a-f-]{36}$/;

describe.each([
  { kind: 'key-value-store', folder: 'key_value_stores' },
  { kind: 'dataset', folder: 'datasets' },
  { kind: 'request-queue', folder: 'request_queues' },
] as const)('a $kind', ({ kind, folder }) => {
  const all = (client: ApifyClient) =>
    ({
      'key-value-store': client.keyValueStores(),
      dataset: client.datasets(),
      'request-queue': client.requestQueues(),
    })[kind];
  const one = (client: ApifyClient, id: string) =>
    ({
      'key-value-store': client.keyValueStore(id),
      dataset: client.dataset(id),
      'request-queue': client.requestQueue(id),
    })[kind];

  test('with a name is not there until it is created, and then found by id, name and owner~name', async () => {
    await using platform = await startTestPlatform();
    const client = platform.client();
    expect(await one(client, 'my-own').get()).toBeUndefined();
    const created = await all(client).getOrCreate('my-own');
    expect(created).toMatchObject({ name: 'my-own', createdAt: expect.any(Date) });
    for (const idOrName of [created.id, 'my-own', 'MY-OWN', 'me/my-own']) {
      expect(await one(client, idOrName).get()).toMatchObject({ id: created.id, name: 'my-own' });
    }
    expect((await all(client).getOrCreate('my-own')).id).toBe(created.id);
    expect(await readdir(path.join(platform.storageFolder, folder))).toEqual(['my-own']);
  });

  test('with a name has the same id in the next run, other than the other kinds', async () => {
    await using platform = await startTestPlatform();
    const { id } = await all(platform.client()).getOrCreate('my-own');
    await using anew = await startTestPlatform({ storageFolder: platform.storageFolder });
    expect(await one(anew.client(), id).get()).toMatchObject({ id, name: 'my-own' });
    const others = [anew.client().keyValueStores(), anew.client().datasets(), anew.client().requestQueues()];
    const ids = await Promise.all(others.map(async (other) => (await other.getOrCreate('my-own')).id));
    expect(new Set(ids).size).toBe(3);
  });

  test('without a name is found by its id only, also in the next run', async () => {
    await using platform = await startTestPlatform();
    const created = await all(platform.client()).getOrCreate();
    const other = await all(platform.client()).getOrCreate();
    expect(created.name).toBeUndefined();
    expect(created.id).not.toBe(other.id);
    await using anew = await startTestPlatform({ storageFolder: platform.storageFolder });
    const found = await one(anew.client(), created.id).get();
    expect(found?.id).toMatch(UUID);
    expect(found?.name).toBeUndefined();
  });

  test('of the run is there from the beginning, without a folder', async () => {
    await using platform = await startTestPlatform();
    expect(await one(platform.client(), 'default').get()).toMatchObject({ id: 'default', actRunId: 'test-run' });
    expect(await readdir(platform.storageFolder)).toEqual([]);
  });

  test('is gone once it was deleted, and can be created again', async () => {
    await using platform = await startTestPlatform();
    const client = platform.client();
    await all(client).getOrCreate('my-own');
    for (const id of ['my-own', 'default']) {
      await one(client, id).delete();
      expect(await one(client, id).get()).toBeUndefined();
      await one(client, id).delete();
    }
    expect(await readdir(path.join(platform.storageFolder, folder))).toEqual([]);
    expect(await all(client).getOrCreate('my-own')).toMatchObject({ name: 'my-own' });
    const writes = platform.events.filter((event) => event.kind === 'write');
    expect(writes.map(({ change, outcome }) => ({ change, outcome }))).toEqual(
      ['my-own', 'default'].flatMap((name) =>
        ['pending', 'landed', 'pending', 'refused'].map((outcome) => ({
          change: { type: 'drop-storage', storage: { kind, name } },
          outcome,
        })),
      ),
    );
  });

  test('takes another name and title, if no other one has it', async () => {
    await using platform = await startTestPlatform();
    const client = platform.client();
    const { id } = await all(client).getOrCreate('before');
    await all(client).getOrCreate('taken');
    expect(await one(client, id).update({ name: 'after', title: 'Title' })).toMatchObject({
      id,
      name: 'after',
      title: 'Title',
    });
    expect(await one(client, 'before').get()).toBeUndefined();
    expect(await one(client, 'after').get()).toMatchObject({ id });
    expect((await readdir(path.join(platform.storageFolder, folder))).toSorted()).toEqual(['after', 'taken']);
    await expect(one(client, id).update({ name: 'taken' })).rejects.toMatchObject({ statusCode: 400 });
    await expect(one(client, 'nobody').update({ name: 'x' })).rejects.toMatchObject({ statusCode: 404 });
  });

  test.each(['under_score', '-first', 'last-', 'a b', '..', 'x'.repeat(64)])('cannot be named %s', async (name) => {
    await using platform = await startTestPlatform();
    await expect(all(platform.client()).getOrCreate(name)).rejects.toMatchObject({ statusCode: 400 });
  });

  test('is listed, those without a name when asked for', async () => {
    await using platform = await startTestPlatform();
    await mkdir(path.join(platform.storageFolder, folder, 'by_hand'), { recursive: true });
    await mkdir(path.join(platform.storageFolder, folder, '__CRAWLEE_TEMPORARY_0__'));
    await writeFile(path.join(platform.storageFolder, folder, 'no-folder'), '');
    const client = platform.client();
    await all(client).getOrCreate('one');
    await all(client).getOrCreate();
    const named = await all(client).list();
    expect(named).toMatchObject({ total: 2, count: 2, offset: 0, desc: false });
    expect(named.items.map(({ name }) => name)).toEqual(['by_hand', 'one']);
    expect((await all(client).list({ unnamed: true })).items).toHaveLength(4);
    expect((await all(client).list({ offset: 1, limit: 1 })).items.map(({ name }) => name)).toEqual(['one']);
    expect(await one(client, 'by_hand').get()).toMatchObject({ name: 'by_hand' });
  });
});
