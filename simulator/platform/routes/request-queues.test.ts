import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { RequestQueueClientRequestSchema } from 'apify-client';
import { describe, expect, test } from 'vitest';

import { startTestPlatform } from '../testing/test-platform.ts';

function request(name: string): Omit<RequestQueueClientRequestSchema, 'id'> & { readonly uniqueKey: string } {
  return { url: `http://example.com/${name}`, uniqueKey: name, method: 'GET', userData: { name } };
}

function names(head: { readonly items: readonly { readonly uniqueKey: string }[] }): readonly string[] {
  return head.items.map(({ uniqueKey }) => uniqueKey);
}

describe('requests', () => {
  test('are added once, one by one or in batches', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    const added = await queue.addRequest(request('a'));
    expect(added).toMatchObject({ requestId: 'ypeBEsobvcr6wjG', wasAlreadyPresent: false, wasAlreadyHandled: false });
    expect(await queue.addRequest(request('a'))).toMatchObject({ wasAlreadyPresent: true, wasAlreadyHandled: false });
    const batch = await queue.batchAddRequests([request('a'), request('b'), request('b')]);
    expect(batch.processedRequests).toMatchObject([
      { uniqueKey: 'a', wasAlreadyPresent: true },
      { uniqueKey: 'b', wasAlreadyPresent: false },
      { uniqueKey: 'b', wasAlreadyPresent: true },
    ]);
    expect(batch.unprocessedRequests).toEqual([]);
    expect(await queue.get()).toMatchObject({ totalRequestCount: 2, handledRequestCount: 0, pendingRequestCount: 2 });
  });

  test('come back whole, and are noted as fetched', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    // Crawlee takes no null back.
    const { requestId } = await queue.addRequest(Object.assign(request('a'), { payload: null }));
    expect(await queue.getRequest(requestId)).toEqual({ ...request('a'), id: requestId });
    expect(await queue.getRequest('nobody')).toBeUndefined();
    expect(platform.events.filter(({ kind }) => kind === 'request-fetched')).toMatchObject([
      { queue: { name: 'default' }, request: { id: requestId, uniqueKey: 'a', url: 'http://example.com/a' } },
    ]);
  });

  test('that are only looked at are not in flight, where clients lock what they take', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default', { clientKey: 'client' });
    const { requestId: taken } = await queue.addRequest(request('a'));
    const { requestId: lookedAt } = await queue.addRequest(request('b'));
    await queue.listAndLockHead({ limit: 1, lockSecs: 60 });
    for (const id of [lookedAt, taken]) await queue.getRequest(id);
    await queue.addRequest(request('c'));
    const last = platform.events.findLast((event) => event.kind === 'write');
    expect(last?.during).toMatchObject([{ request: { uniqueKey: 'a' } }]);
    await queue.deleteRequest(taken);
    await queue.addRequest(request('d'));
    expect(platform.events.findLast((event) => event.kind === 'write')?.during).toEqual([]);
  });

  test('that are handled leave the queue, and are not added again', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    const { requestId: id } = await queue.addRequest(request('a'));
    await queue.getRequest(id);
    const handled = { ...request('a'), id, handledAt: new Date().toISOString() };
    expect(await queue.updateRequest(handled)).toMatchObject({ wasAlreadyPresent: true, wasAlreadyHandled: false });
    expect(await queue.updateRequest(handled)).toMatchObject({ wasAlreadyHandled: true });
    expect(await queue.addRequest(request('a'))).toMatchObject({ wasAlreadyHandled: true });
    expect(names(await queue.listHead())).toEqual([]);
    expect(await queue.get()).toMatchObject({ totalRequestCount: 1, handledRequestCount: 1, pendingRequestCount: 0 });
    const write = platform.events.find((event) => event.kind === 'write' && event.change.type === 'update-request');
    expect(write).toMatchObject({
      change: { handled: true, request: { id, uniqueKey: 'a' } },
      during: [{ request: { id } }],
    });
    // A handled request that is looked at is not in flight again.
    await queue.getRequest(id);
    expect(platform.events.filter(({ kind }) => kind === 'request-fetched')).toHaveLength(1);
  });

  test('that are updated but were not there are added', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    const update = { ...request('a'), id: 'ypeBEsobvcr6wjG' };
    expect(await queue.updateRequest(update)).toMatchObject({ wasAlreadyPresent: false });
    expect(names(await queue.listHead())).toEqual(['a']);
  });

  test('are deleted, one by one or in batches', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    const { processedRequests } = await queue.batchAddRequests(['a', 'b', 'c'].map(request));
    await queue.deleteRequest(processedRequests[0]?.requestId ?? '');
    await queue.deleteRequest('nobody');
    const b = { id: processedRequests[1]?.requestId ?? '' };
    expect(await queue.batchDeleteRequests([b, { uniqueKey: 'c' }])).toMatchObject({
      processedRequests: [b, { uniqueKey: 'c' }],
    });
    // A body that is large enough to be compressed.
    const long = Array.from({ length: 25 }, (_, n) => request(`${n}-${'x'.repeat(100)}`));
    await queue.batchAddRequests(long);
    await queue.batchDeleteRequests(long.map(({ uniqueKey }) => ({ uniqueKey })));
    expect(await queue.get()).toMatchObject({ totalRequestCount: 0, pendingRequestCount: 0 });
    expect(names(await queue.listHead())).toEqual([]);
    expect(await readdir(path.join(platform.storageFolder, 'request_queues/default'))).toEqual([]);
  });

  test('that no queue can hold are refused', async () => {
    await using platform = await startTestPlatform();
    const client = platform.client();
    const refused = { statusCode: 400 };
    const nameless = { ...request('a'), uniqueKey: '' };
    await expect(client.requestQueue('default').addRequest(nameless)).rejects.toMatchObject(refused);
    await expect(client.requestQueue('default').updateRequest({ ...request('a'), id: 'other' })).rejects.toMatchObject(
      refused,
    );
    await expect(client.requestQueue('nobody').addRequest(request('a'))).rejects.toMatchObject({ statusCode: 404 });
    const url = `${platform.url}/v2/request-queues/default/requests/batch`;
    const tooMany = JSON.stringify(Array.from({ length: 26 }, (_, n) => request(`${n}`)));
    expect((await fetch(url, { method: 'POST', body: tooMany })).status).toBe(400);
    expect((await fetch(url, { method: 'DELETE', body: '[{}]' })).status).toBe(400);
    expect((await fetch(url, { method: 'POST', body: 'no JSON' })).status).toBe(400);
    expect(await client.requestQueue('default').get()).toMatchObject({ totalRequestCount: 0 });
  });

  test('are listed in pages, by their state', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default', { clientKey: 'one' });
    await queue.batchAddRequests(['a', 'b', 'c', 'd', 'e'].map(request));
    const seen: string[] = [];
    for await (const { uniqueKey } of queue.listRequests({ limit: 4 })) seen.push(uniqueKey);
    expect(new Set(seen).size).toBe(4);
    const pages: number[] = [];
    for await (const { items } of queue.paginateRequests({ maxPageLimit: 2 })) pages.push(items.length);
    expect(pages).toEqual([2, 2, 1]);
    const locked = await queue.listAndLockHead({ lockSecs: 60, limit: 2 });
    const byState = await queue.listRequests({ filter: ['locked'] });
    expect(names(byState).toSorted()).toEqual(names(locked).toSorted());
    expect(byState.items[0]).toMatchObject({ lockByClient: 'one', lockExpiresAt: locked.items[0]?.lockExpiresAt });
    expect((await queue.listRequests({ filter: ['pending'] })).items).toHaveLength(3);
  });

  test('are files as Crawlee writes them', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    const { requestId: id } = await queue.addRequest(request('a'), { forefront: true });
    const file = path.join(platform.storageFolder, `request_queues/default/${id}.json`);
    const text = await readFile(file, 'utf8');
    const stored: { readonly json: string; readonly orderNo: number } = JSON.parse(text);
    expect(stored).toMatchObject({ id, method: 'GET', retryCount: 0, uniqueKey: 'a', url: 'http://example.com/a' });
    expect(JSON.parse(stored.json)).toEqual({ ...request('a'), id });
    expect(stored.orderNo).toBeLessThan(0);
    expect(text).toBe(JSON.stringify(stored, null, '\t'));
    await queue.updateRequest({ ...request('a'), id, handledAt: new Date().toISOString() });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ orderNo: null });
  });

  test('10,000 of them are added, locked and handled; the next run finds them as they were left', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    const all = Array.from({ length: 10_000 }, (_, n) => request(`r${n}`));
    const added = await queue.batchAddRequests(all, { maxParallel: 1 });
    expect(added.processedRequests).toHaveLength(10_000);
    const { items } = await queue.listAndLockHead({ lockSecs: 60 });
    expect(names({ items })).toEqual(all.slice(0, 25).map(({ uniqueKey }) => uniqueKey));
    for (const { id, uniqueKey } of items) {
      await queue.updateRequest({ ...request(uniqueKey), id, handledAt: new Date().toISOString() });
    }
    await using anew = await startTestPlatform({ storageFolder: platform.storageFolder });
    const counts = { totalRequestCount: 10_000, handledRequestCount: 25, pendingRequestCount: 9975 };
    expect(await anew.client().requestQueue('default').get()).toMatchObject(counts);
  });
});
