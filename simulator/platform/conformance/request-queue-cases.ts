import { requestId } from '../storage/stored-request.ts';
import { served, type Methods } from './case.ts';
import { draft } from './draft.ts';
import { lockMethods } from './request-lock-cases.ts';

/** What is answered for a request that was added. */
const ADDED = { wasAlreadyPresent: false, wasAlreadyHandled: false };

export const requestQueueMethods: Methods = {
  get: served(
    async (client, id) => await client.requestQueue(id).get(),
    'undefined',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default');
      await queue.batchAddRequests(['a', 'b'].map(draft));
      await queue.updateRequest({ ...draft('a'), id: requestId('a'), handledAt: new Date().toISOString() });
      const counts = { totalRequestCount: 2, handledRequestCount: 1, pendingRequestCount: 1 };
      expect(await queue.get()).toMatchObject({ id: 'default', ...counts, hadMultipleClients: false });
    },
  ),
  update: served(
    async (client, id) => await client.requestQueue(id).update({ title: 'T' }),
    'error',
    async ({ client, expect }) => {
      const { id } = await client.requestQueues().getOrCreate('old');
      await client.requestQueue(id).addRequest(draft('a'));
      expect(await client.requestQueue(id).update({ name: 'new' })).toMatchObject({ id, name: 'new' });
      expect((await client.requestQueue('new').listHead()).items).toHaveLength(1);
    },
    {
      'a name that is none': async ({ client, expect }) => {
        const updating = client.requestQueue('default').update({ name: '-' });
        await expect(updating).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
      },
    },
  ),
  delete: served(
    async (client, id) => await client.requestQueue(id).delete(),
    'undefined',
    async ({ client, expect }) => {
      const { id } = await client.requestQueues().getOrCreate('my-queue');
      await client.requestQueue(id).delete();
      expect(await client.requestQueue('my-queue').get()).toBeUndefined();
    },
  ),
  addRequest: served(
    async (client, id) => await client.requestQueue(id).addRequest(draft('a')),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default');
      expect(await queue.addRequest(draft('a'))).toMatchObject({ requestId: requestId('a'), ...ADDED });
      expect(await queue.addRequest(draft('a'))).toMatchObject({ requestId: requestId('a'), wasAlreadyPresent: true });
      await queue.updateRequest({ ...draft('a'), id: requestId('a'), handledAt: new Date().toISOString() });
      expect(await queue.addRequest(draft('a'))).toMatchObject({ wasAlreadyHandled: true });
      await queue.addRequest(draft('b'));
      await queue.addRequest(draft('c'), { forefront: true });
      expect((await queue.listHead()).items.map(({ uniqueKey }) => uniqueKey)).toEqual(['c', 'b']);
    },
    {
      'a request without a URL': async ({ local, expect }) => {
        const answer = await post(local.environment, '/request-queues/default/requests', { uniqueKey: 'a' });
        expect(answer.status).toBe(400);
        expect(await answer.json()).toMatchObject({ error: { type: 'invalid-value' } });
      },
    },
  ),
  batchAddRequests: served(
    async (client, id) =>
      await client.requestQueue(id).batchAddRequests([draft('a')], { maxUnprocessedRequestsRetries: 0 }),
    'hidden',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default');
      await queue.addRequest(draft('r3'));
      const drafts = Array.from({ length: 60 }, (_, n) => draft(`r${n}`));
      const { processedRequests, unprocessedRequests } = await queue.batchAddRequests(drafts);
      expect(unprocessedRequests).toEqual([]);
      const known = processedRequests.filter(({ wasAlreadyPresent }) => wasAlreadyPresent);
      expect(known.map(({ uniqueKey }) => uniqueKey)).toEqual(['r3']);
      expect(await queue.get()).toMatchObject({ totalRequestCount: 60 });
    },
    {
      'more than 25 at once': async ({ local, expect }) => {
        const drafts = Array.from({ length: 26 }, (_, n) => draft(`r${n}`));
        const answer = await post(local.environment, '/request-queues/default/requests/batch', drafts);
        expect(answer.status).toBe(400);
        expect(await answer.json()).toMatchObject({ error: { type: 'invalid-value' } });
      },
    },
  ),
  batchDeleteRequests: served(
    async (client, id) => await client.requestQueue(id).batchDeleteRequests([{ uniqueKey: 'a' }]),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default');
      await queue.batchAddRequests(['a', 'b', 'c'].map(draft));
      const named = [{ id: requestId('a') }, { uniqueKey: 'b' }, { uniqueKey: 'none' }];
      expect(await queue.batchDeleteRequests(named)).toMatchObject({ unprocessedRequests: [] });
      expect((await queue.listHead()).items.map(({ uniqueKey }) => uniqueKey)).toEqual(['c']);
    },
  ),
  getRequest: served(
    async (client, id) => await client.requestQueue(id).getRequest('none'),
    'undefined',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default');
      await queue.addRequest({ ...draft('a'), headers: { accept: 'text/html' }, payload: 'é', retryCount: 2 });
      const kept = { ...draft('a'), headers: { accept: 'text/html' }, payload: 'é', retryCount: 2 };
      expect(await queue.getRequest(requestId('a'))).toMatchObject({ ...kept, id: requestId('a') });
      expect(await queue.getRequest(requestId('none'))).toBeUndefined();
    },
  ),
  updateRequest: served(
    async (client, id) => await client.requestQueue(id).updateRequest({ ...draft('a'), id: requestId('a') }),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default');
      await queue.batchAddRequests(['a', 'b'].map(draft));
      const handled = { ...draft('a'), id: requestId('a'), handledAt: new Date().toISOString() };
      expect(await queue.updateRequest(handled)).toMatchObject({ wasAlreadyPresent: true, wasAlreadyHandled: false });
      expect(await queue.updateRequest(handled)).toMatchObject({ wasAlreadyHandled: true });
      expect(await queue.getRequest(requestId('a'))).toMatchObject({ handledAt: new Date(handled.handledAt) });
      expect((await queue.listHead()).items.map(({ uniqueKey }) => uniqueKey)).toEqual(['b']);
    },
    {
      'an id that is not that of the unique key': async ({ client, expect }) => {
        const updating = client.requestQueue('default').updateRequest({ ...draft('a'), id: requestId('b') });
        await expect(updating).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
      },
    },
  ),
  deleteRequest: served(
    async (client, id) => await client.requestQueue(id).deleteRequest('none'),
    'error',
    async ({ client, expect }) => {
      const queue = client.requestQueue('default');
      await queue.addRequest(draft('a'));
      await queue.deleteRequest(requestId('a'));
      expect(await queue.getRequest(requestId('a'))).toBeUndefined();
      expect(await queue.get()).toMatchObject({ totalRequestCount: 0 });
    },
  ),
  ...lockMethods,
};

/** What the client itself would not send. */
async function post(environment: Readonly<Record<string, string>>, path: string, body: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${environment['APIFY_TOKEN']}` };
  const url = `${environment['APIFY_API_BASE_URL']}/v2${path}`;
  return await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}
