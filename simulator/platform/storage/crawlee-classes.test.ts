import { Configuration, Dataset, KeyValueStore, RequestQueue } from 'crawlee';
import { expect, test } from 'vitest';

import { startTestPlatform } from '../testing/test-platform.ts';

test('Crawlee’s key-value store finds all that it needs', async () => {
  await using platform = await startTestPlatform();
  const config = new Configuration();
  const options = { storageClient: platform.client(), config };
  const store = await KeyValueStore.open('my-store', options);
  expect(store.name).toBe('my-store');
  await store.setValue('S', { a: 1 });
  await store.setValue('page', '<p>', { contentType: 'text/html' });
  expect(await store.getValue('S')).toEqual({ a: 1 });
  expect(await store.getValue('page')).toBe('<p>');
  expect(await store.getValue('none', 'otherwise')).toBe('otherwise');
  expect(await store.recordExists('S')).toBe(true);
  const seen: string[] = [];
  await store.forEachKey((key, _, { size }) => void seen.push(`${key} ${size}`));
  expect(seen).toEqual(['S 12', 'page 3']);
  await store.setValue('S', null);
  expect(await store.getValue('S')).toBeNull();
  await store.drop();
  expect(await platform.client().keyValueStore('my-store').get()).toBeUndefined();
});

test('Crawlee’s dataset finds all that it needs', async () => {
  await using platform = await startTestPlatform();
  const config = new Configuration();
  const options = { storageClient: platform.client(), config };
  const dataset = await Dataset.open<{ readonly n: number }>('my-data', options);
  await dataset.pushData({ n: 1 });
  await dataset.pushData([{ n: 2 }, { n: 3 }]);
  // More than one call can bring.
  await dataset.pushData(Array.from({ length: 12 }, () => ({ n: 0, text: 'x'.repeat(1_000_000) })));
  expect(await dataset.getInfo()).toMatchObject({ name: 'my-data', itemCount: 15 });
  expect((await dataset.getData({ limit: 2, desc: true, fields: ['n'] })).items).toEqual([{ n: 0 }, { n: 0 }]);
  expect(await dataset.reduce((sum: number, { n }) => sum + n, 0)).toBe(6);
  expect(await dataset.export({ fields: ['n'] })).toHaveLength(15);
  await dataset.drop();
  expect(await platform.client().dataset('my-data').get()).toBeUndefined();
});

test('Crawlee’s request queue finds all that it needs', async () => {
  await using platform = await startTestPlatform();
  const config = new Configuration();
  const options = { storageClient: platform.client(), config };
  const queue = await RequestQueue.open('my-queue', options);
  const many = Array.from({ length: 1200 }, (_, n) => ({ url: `http://example.com/${n}`, userData: { n } }));
  const { waitForAllRequestsToBeAdded } = await queue.addRequestsBatched(many);
  await waitForAllRequestsToBeAdded;
  expect(await queue.addRequest({ url: 'http://example.com/7' })).toMatchObject({ wasAlreadyPresent: true });
  expect(queue.getTotalCount()).toBe(1200);
  const request = await queue.fetchNextRequest();
  expect(request?.userData).toMatchObject({ n: expect.any(Number) });
  if (request !== null) await queue.markRequestHandled(request);
  expect(await queue.handledCount()).toBe(1);
  expect(await queue.isEmpty()).toBe(false);
  await queue.drop();
  expect(await platform.client().requestQueue('my-queue').get()).toBeUndefined();
});
