import type { RequestQueueClientRequestSchema } from 'apify-client';
import { describe, expect, test } from 'vitest';

import { startTestPlatform } from '../testing/test-platform.ts';

/** A loaded machine takes its time. */
const PATIENTLY = { timeout: 60_000 };

function request(name: string): Omit<RequestQueueClientRequestSchema, 'id'> & { readonly uniqueKey: string } {
  return { url: `http://example.com/${name}`, uniqueKey: name, method: 'GET', userData: { name } };
}

function names(head: { readonly items: readonly { readonly uniqueKey: string }[] }): readonly string[] {
  return head.items.map(({ uniqueKey }) => uniqueKey);
}

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
