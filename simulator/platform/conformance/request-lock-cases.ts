import { requestId } from '../storage/stored-request.ts';
import { served, type Methods } from './case.ts';
import { draft } from './draft.ts';

const LOCK = { lockSecs: 60 };

/** The methods that read and lock the head of a queue. Order, expiry and two processes: ../routes/request-locks.test.ts and ../storage/shared-queue.test.ts. */
export const lockMethods: Methods = {
  listHead: served(
    async (client, id) => await client.requestQueue(id).listHead(),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default');
      await queue.batchAddRequests(['a', 'b'].map(draft));
      const head = await queue.listHead({ limit: 1 });
      expect(head).toMatchObject({ limit: 1, queueModifiedAt: expect.any(Date), hadMultipleClients: false });
      expect(head.items).toMatchObject([{ id: requestId('a'), uniqueKey: 'a', method: 'GET' }]);
    },
  ),
  listAndLockHead: served(
    async (client, id) => await client.requestQueue(id).listAndLockHead(LOCK),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default', { clientKey: 'one' });
      await queue.batchAddRequests(['a', 'b'].map(draft));
      const head = await queue.listAndLockHead({ ...LOCK, limit: 1 });
      expect(head).toMatchObject({ ...LOCK, limit: 1, queueHasLockedRequests: true, clientKey: 'one' });
      expect(head.items).toMatchObject([{ uniqueKey: 'a', lockExpiresAt: expect.any(Date) }]);
      const other = client.requestQueue('default', { clientKey: 'two' });
      expect((await other.listAndLockHead(LOCK)).items).toMatchObject([{ uniqueKey: 'b' }]);
    },
    {
      'no time to lock for': async ({ client, expect }) => {
        const locking = client.requestQueue('default').listAndLockHead({ lockSecs: 0 });
        await expect(locking).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
      },
    },
  ),
  prolongRequestLock: served(
    async (client, id) => await client.requestQueue(id).prolongRequestLock('none', LOCK),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default', { clientKey: 'one' });
      await queue.addRequest(draft('a'));
      await queue.listAndLockHead({ lockSecs: 1 });
      const { lockExpiresAt } = await queue.prolongRequestLock(requestId('a'), { lockSecs: 1000 });
      expect(lockExpiresAt.getTime()).toBeGreaterThan(Date.now() + 500_000);
    },
    {
      'a request that is not there': async ({ client, expect }) => {
        const prolonging = client.requestQueue('default').prolongRequestLock('none', LOCK);
        await expect(prolonging).rejects.toMatchObject({ statusCode: 404, type: 'record-not-found' });
      },
    },
  ),
  deleteRequestLock: served(
    async (client, id) => await client.requestQueue(id).deleteRequestLock('none'),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default', { clientKey: 'one' });
      await queue.batchAddRequests(['a', 'b'].map(draft));
      await queue.listAndLockHead(LOCK);
      await queue.deleteRequestLock(requestId('b'));
      expect((await queue.listAndLockHead(LOCK)).items).toMatchObject([{ uniqueKey: 'b' }]);
    },
    {
      'a request that is not there': async ({ client, expect }) => {
        const unlocking = client.requestQueue('default').deleteRequestLock('none');
        await expect(unlocking).rejects.toMatchObject({ statusCode: 404, type: 'record-not-found' });
      },
    },
  ),
  unlockRequests: served(
    async (client, id) => await client.requestQueue(id).unlockRequests(),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default', { clientKey: 'one' });
      await queue.batchAddRequests(['a', 'b', 'c'].map(draft));
      await queue.listAndLockHead({ ...LOCK, limit: 2 });
      expect(await queue.unlockRequests()).toEqual({ unlockedCount: 2 });
      expect((await queue.listAndLockHead(LOCK)).items).toHaveLength(3);
    },
  ),
  listRequests: served(
    async (client, id) => await client.requestQueue(id).listRequests(),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default', { clientKey: 'one' });
      await queue.batchAddRequests(['a', 'b', 'c'].map(draft));
      await queue.listAndLockHead({ ...LOCK, limit: 1 });
      const all = await queue.listRequests();
      expect(all.items.map(({ uniqueKey }) => uniqueKey).toSorted()).toEqual(['a', 'b', 'c']);
      expect((await queue.listRequests({ filter: ['locked'] })).items).toMatchObject([{ uniqueKey: 'a' }]);
      const first = all.items[0]?.id ?? '';
      expect((await queue.listRequests({ exclusiveStartId: first })).items).toEqual(all.items.slice(1));
      const one: unknown[] = [];
      for await (const { uniqueKey } of queue.listRequests()) one.push(uniqueKey);
      expect(one).toHaveLength(3);
    },
  ),
  paginateRequests: served(
    async (client, id) => {
      const pages: unknown[] = [];
      for await (const page of client.requestQueue(id).paginateRequests({ maxPageLimit: 1 })) pages.push(page);
      return pages;
    },
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default');
      await queue.batchAddRequests(['a', 'b', 'c'].map(draft));
      const sizes: number[] = [];
      const seen = new Set<string>();
      for await (const { items } of queue.paginateRequests({ maxPageLimit: 2 })) {
        sizes.push(items.length);
        for (const { uniqueKey } of items) seen.add(uniqueKey);
      }
      expect(sizes.filter((size) => size > 0)).toEqual([2, 1]);
      expect(seen).toEqual(new Set(['a', 'b', 'c']));
    },
  ),
};
