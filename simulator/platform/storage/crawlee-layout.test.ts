import { MemoryStorage } from 'crawlee';
import { expect, test } from 'vitest';

import { setBytes, startTestPlatform } from '../testing/test-platform.ts';

/** Crawlee's own local storage in the same folder. */
function crawlee(localDataDirectory: string): MemoryStorage {
  return new MemoryStorage({ localDataDirectory, persistStorage: true, writeMetadata: false });
}

const request = (name: string) => ({ url: `http://example.com/${name}`, uniqueKey: name, userData: { name } });

test('Crawlee reads the records that we have written', async () => {
  await using platform = await startTestPlatform();
  const records = [
    { key: 'S', value: { a: 1 }, contentType: 'application/json; charset=utf-8' },
    { key: 'note', value: 'Grüße', contentType: 'text/plain; charset=utf-8' },
    { key: 'page', value: '<p>', contentType: 'text/html' },
    { key: 'data.json', value: { b: 2 }, contentType: 'application/json; charset=utf-8' },
    { key: 'bytes', value: Buffer.from([0, 1, 255]), contentType: 'application/octet-stream' },
    { key: 'own', value: Buffer.from('own'), contentType: 'application/x-unheard-of' },
  ];
  await platform.client().keyValueStores().getOrCreate('named');
  for (const store of ['default', 'named']) {
    for (const record of records) await setBytes(platform.client().keyValueStore(store), record);
    const local = crawlee(platform.storageFolder).keyValueStore(store);
    for (const record of records) expect(await local.getRecord(record.key)).toMatchObject(record);
  }
});

test('we read the records that Crawlee has written', async () => {
  await using platform = await startTestPlatform();
  const storage = crawlee(platform.storageFolder);
  await storage.keyValueStores().getOrCreate('default');
  const local = storage.keyValueStore('default');
  await local.setRecord({ key: 'S', value: { a: 1 } });
  await local.setRecord({ key: 'text', value: 'Grüße' });
  await local.setRecord({ key: 'bytes', value: Buffer.from([0, 1, 255]) });
  const store = platform.client().keyValueStore('default');
  expect(await store.getRecord('S')).toMatchObject({ value: { a: 1 } });
  expect(await store.getRecord('text')).toMatchObject({ value: 'Grüße' });
  expect(await store.getRecord('bytes')).toMatchObject({ value: Buffer.from([0, 1, 255]) });
});

test('Crawlee and we go on with each other’s datasets', async () => {
  await using platform = await startTestPlatform();
  await platform
    .client()
    .dataset('default')
    .pushItems([{ n: 1 }, { n: 2 }]);
  const local = crawlee(platform.storageFolder).dataset('default');
  expect((await local.listItems()).items).toEqual([{ n: 1 }, { n: 2 }]);
  await local.pushItems({ n: 3 });
  await using anew = await startTestPlatform({ storageFolder: platform.storageFolder });
  await anew.client().dataset('default').pushItems({ n: 4 });
  expect((await anew.client().dataset('default').listItems()).items).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
});

test('Crawlee goes on with a queue that we have written', async () => {
  await using platform = await startTestPlatform();
  const queue = platform.client().requestQueue('default');
  const { processedRequests } = await queue.batchAddRequests(['a', 'b', 'c'].map(request));
  await queue.listAndLockHead({ lockSecs: 1000, limit: 2 });
  await queue.updateRequest({
    ...request('a'),
    id: processedRequests[0]?.requestId ?? '',
    handledAt: new Date().toISOString(),
  });
  const local = crawlee(platform.storageFolder).requestQueue('default');
  const { items } = await local.listAndLockHead({ lockSecs: 60 });
  expect(items.map(({ uniqueKey }) => uniqueKey).toSorted()).toEqual(['b', 'c']);
  expect(await local.getRequest(items[0]?.id ?? '')).toMatchObject({ userData: expect.any(Object) });
  expect(await local.addRequest(request('a'))).toMatchObject({ wasAlreadyHandled: true });
});

test('we go on with a queue that Crawlee has written, and take its locks for ended', async () => {
  await using platform = await startTestPlatform();
  const storage = crawlee(platform.storageFolder);
  await storage.requestQueues().getOrCreate('default');
  const local = storage.requestQueue('default');
  await local.batchAddRequests(['a', 'b', 'c'].map(request));
  await local.addRequest(request('first'), { forefront: true });
  const locked = await local.listAndLockHead({ lockSecs: 1000, limit: 2 });
  const handled = locked.items[1];
  await local.updateRequest({
    ...request(handled?.uniqueKey ?? ''),
    id: handled?.id ?? '',
    handledAt: new Date().toISOString(),
  });
  const queue = platform.client().requestQueue('default');
  expect(await queue.get()).toMatchObject({ totalRequestCount: 4, handledRequestCount: 1, pendingRequestCount: 3 });
  const head = await queue.listAndLockHead({ lockSecs: 60 });
  expect(head.items[0]).toMatchObject({ uniqueKey: 'first' });
  expect(head.items).toHaveLength(3);
});
