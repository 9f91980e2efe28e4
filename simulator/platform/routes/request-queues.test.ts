import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { RequestQueueClientRequestSchema } from 'apify-client';
import { describe, expect, test } from 'vitest';

import { startTestPlatform } from '../testing/test-platform.ts';

/** A loaded machine takes its time. */
const PATIENTLY = { timeout: 20_000 };

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

describe('the order', () => {
  test('is that of adding; the last one at the forefront is the first', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    for (const name of ['a', 'b', 'c']) await queue.addRequest(request(name));
    for (const name of ['y', 'z']) await queue.addRequest(request(name), { forefront: true });
    expect(names(await queue.listHead())).toEqual(['z', 'y', 'a', 'b', 'c']);
    expect(names(await queue.listHead({ limit: 2 }))).toEqual(['z', 'y']);
    const { items } = await queue.listHead();
    await queue.updateRequest({ ...request('z'), id: items[0]?.id ?? '' });
    await queue.updateRequest({ ...request('c'), id: items[4]?.id ?? '' }, { forefront: true });
    expect(names(await queue.listHead())).toEqual(['c', 'y', 'a', 'b', 'z']);
  });
});

describe('locks', () => {
  test('are on what was handed out, until they end', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default', { clientKey: 'one' });
    const other = platform.client().requestQueue('default', { clientKey: 'two' });
    await queue.batchAddRequests(['a', 'b', 'c'].map(request));
    const first = await queue.listAndLockHead({ lockSecs: 0.05, limit: 2 });
    expect(first).toMatchObject({
      limit: 2,
      lockSecs: 0.05,
      clientKey: 'one',
      queueHasLockedRequests: true,
      hadMultipleClients: false,
      items: [{ uniqueKey: 'a', lockExpiresAt: expect.any(Date) }, { uniqueKey: 'b' }],
    });
    const rest = await other.listAndLockHead({ lockSecs: 60 });
    expect(names(rest)).toEqual(['c']);
    expect(rest.hadMultipleClients).toBe(true);
    await expect.poll(async () => names(await other.listAndLockHead({ lockSecs: 60 })), PATIENTLY).toEqual(['a', 'b']);
    expect(await other.listAndLockHead({ lockSecs: 60 })).toMatchObject({ items: [], queueHasLockedRequests: true });
  });

  test('are prolonged and ended by whoever is in the run', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default', { clientKey: 'one' });
    const other = platform.client().requestQueue('default', { clientKey: 'two' });
    await queue.batchAddRequests(['a', 'b', 'c'].map(request));
    const { items } = await queue.listAndLockHead({ lockSecs: 60, limit: 2 });
    const [a, b] = items.map(({ id }) => id);
    const before = Date.now();
    const { lockExpiresAt } = await other.prolongRequestLock(a ?? '', { lockSecs: 1000 });
    expect(lockExpiresAt.getTime()).toBeGreaterThanOrEqual(before + 1_000_000);
    await other.deleteRequestLock(a ?? '');
    await other.deleteRequestLock(b ?? '', { forefront: true });
    await other.deleteRequestLock(b ?? '');
    const again = await queue.listAndLockHead({ lockSecs: 60 });
    expect(names(again)).toEqual(['b', 'c', 'a']);
    await expect(queue.deleteRequestLock('nobody')).rejects.toMatchObject({ statusCode: 404 });
    await expect(queue.prolongRequestLock('nobody', { lockSecs: 1 })).rejects.toMatchObject({ statusCode: 404 });
    await expect(queue.listAndLockHead({ lockSecs: 0 })).rejects.toMatchObject({ statusCode: 400 });
  });

  test('outlive an update, but for that which marks the request as handled', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    await queue.batchAddRequests(['a', 'b'].map(request));
    const { items } = await queue.listAndLockHead({ lockSecs: 60 });
    const [a, b] = items.map(({ id }) => id);
    await queue.updateRequest({ ...request('a'), id: a ?? '', retryCount: 1 }, { forefront: true });
    expect(await queue.listAndLockHead({ lockSecs: 60 })).toMatchObject({ items: [] });
    await queue.deleteRequestLock(a ?? '');
    expect((await queue.listAndLockHead({ lockSecs: 60 })).items).toMatchObject([{ uniqueKey: 'a', retryCount: 1 }]);
    await queue.updateRequest({ ...request('b'), id: b ?? '', handledAt: new Date().toISOString() });
    await expect(queue.prolongRequestLock(b ?? '', { lockSecs: 1 })).rejects.toMatchObject({ statusCode: 404 });
    await queue.updateRequest({ ...request('a'), id: a ?? '', handledAt: new Date().toISOString() });
    expect(await queue.listAndLockHead({ lockSecs: 60 })).toMatchObject({ queueHasLockedRequests: false });
  });

  test('end all at once, in the order in which they were', async () => {
    await using platform = await startTestPlatform();
    const { storages } = platform.services;
    const queue = platform.client().requestQueue('default');
    await queue.batchAddRequests(['a', 'b', 'c'].map(request));
    await queue.addRequest(request('x'), { forefront: true });
    await queue.addRequest(request('y'), { forefront: true });
    const order = names(await queue.listAndLockHead({ lockSecs: 60 }));
    expect(order).toEqual(['y', 'x', 'a', 'b', 'c']);
    expect(await queue.unlockRequests()).toEqual({ unlockedCount: 5 });
    expect(names(await queue.listAndLockHead({ lockSecs: 60 }))).toEqual(order);
    expect(storages.unlockAll()).toBe(5);
    expect(names(await queue.listAndLockHead({ lockSecs: 60 }))).toEqual(order);
  });

  test('that end by themselves leave the order as it was', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    await queue.batchAddRequests(['a', 'b'].map(request));
    for (const name of ['x', 'y']) await queue.addRequest(request(name), { forefront: true });
    const order = names(await queue.listAndLockHead({ lockSecs: 0.05 }));
    expect(order).toEqual(['y', 'x', 'a', 'b']);
    const pending = async (): Promise<number> => (await queue.listRequests({ filter: ['pending'] })).items.length;
    await expect.poll(pending, PATIENTLY).toBe(4);
    expect(names(await queue.listHead())).toEqual(order);
  });

  test('stand still while a debugger holds the Actor', async () => {
    await using platform = await startTestPlatform();
    const queue = platform.client().requestQueue('default');
    await queue.addRequest(request('a'));
    platform.clock.pause();
    const { items } = await queue.listAndLockHead({ lockSecs: 0.02 });
    const lockEnd = items[0]?.lockExpiresAt?.getTime() ?? Infinity;
    await expect.poll(() => Date.now(), PATIENTLY).toBeGreaterThan(lockEnd);
    expect((await queue.listAndLockHead({ lockSecs: 1 })).items).toEqual([]);
    platform.clock.resume();
    await expect.poll(async () => names(await queue.listAndLockHead({ lockSecs: 60 })), PATIENTLY).toEqual(['a']);
  });
});
