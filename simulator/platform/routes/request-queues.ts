import { Hono, type Context } from 'hono';

import type { RequestId } from '../../recording.ts';
import type { JsonObject } from '../json.ts';
import type { Services } from '../services.ts';
import type { QueuedRequest } from '../storage/request-book.ts';
import type { Added, RequestQueue } from '../storage/request-queue.ts';
import { isRequestDraft, requestId, sentRequest, type RequestDraft } from '../storage/stored-request.ts';
import { invalidValue, notFound, type PlatformEnv } from './api-error.ts';
import { parseJson, readJson } from './body.ts';
import { collectionRoutes } from './collections.ts';
import { MOST_BYTES } from './datasets.ts';
import { isSet } from './query.ts';
import { lockRoutes } from './request-locks.ts';
import { StorageCalls } from './storage-calls.ts';

/** @apify/consts 2.58.1, `REQUEST_QUEUE_MAX_REQUESTS_PER_BATCH_OPERATION` */
const MOST_IN_BATCH = 25;

/** `/v2/request-queues…`, without that prefix. */
export function requestQueueRoutes(services: Services): Hono<PlatformEnv> {
  const { recorder } = services;
  const shelf = services.storages.requestQueues;
  const calls = new StorageCalls(services, 'request-queue', shelf);
  const app = new Hono<PlatformEnv>();
  app.route('/', collectionRoutes(services, shelf, calls, details));
  app.route('/', lockRoutes(calls));

  app.post('/:storage/requests', async (context) => {
    const [added] = await add(calls, context, (body) => [draftOf(body)]);
    return context.json({ data: added }, 201);
  });
  app.post('/:storage/requests/batch', async (context) => {
    const processedRequests = await add(calls, context, (body) => batchOf(body).map(draftOf));
    return context.json({ data: { processedRequests, unprocessedRequests: [] } }, 201);
  });
  app.delete('/:storage/requests/batch', async (context) => {
    const queue = await calls.find(context);
    const named = batchOf(await readJson(context)).map(nameOf);
    const all = named.map(async ({ id }) => await deleteRequest(services, context, queue, id));
    await Promise.all(all);
    return context.json({ data: { processedRequests: named.map(({ sent }) => sent), unprocessedRequests: [] } });
  });

  app.get('/:storage/requests/:id', async (context) => {
    const queue = await calls.find(context);
    const id = context.req.param('id');
    const request = await queue.look((book) => book.get(id));
    if (request === undefined) throw notFound('The request');
    const isTaken = await queue.look((book) => book.isTaken(request));
    if (isTaken) recorder.requestFetched(queue.recorded, recorded(request));
    return context.json({ data: sentRequest(request.file) });
  });
  app.put('/:storage/requests/:id', async (context) => {
    const id = context.req.param('id');
    const answer = await calls.write(context, {
      mostBytes: MOST_BYTES,
      read: (bytes) => draftWithId(parseJson(bytes), id),
      change: (queue, draft) => ({
        type: 'update-request',
        queue,
        request: { id, uniqueKey: draft?.uniqueKey ?? '', url: draft?.url ?? '' },
        handled: typeof draft?.['handledAt'] === 'string',
      }),
      store: async (queue, draft) => await queue.update(draft, isSet(context, 'forefront')),
    });
    return context.json({ data: answer });
  });
  app.delete('/:storage/requests/:id', async (context) => {
    await deleteRequest(services, context, await calls.find(context), context.req.param('id'));
    return context.body(null, 204);
  });
  return app;
}

async function details(queue: RequestQueue): Promise<JsonObject> {
  const { total, handled, pending } = await queue.look((book) => book.counts());
  const counts = { totalRequestCount: total, handledRequestCount: handled, pendingRequestCount: pending };
  return { ...counts, hadMultipleClients: queue.hadMultipleClients, stats: {} };
}

async function add(
  calls: StorageCalls<RequestQueue>,
  context: Context<PlatformEnv>,
  read: (body: unknown) => readonly RequestDraft[],
): Promise<readonly Added[]> {
  return await calls.write(context, {
    mostBytes: MOST_BYTES,
    read: (bytes) => read(parseJson(bytes)),
    change: (queue, drafts = []) => ({
      type: 'add-requests',
      queue,
      requests: drafts.map(({ uniqueKey, url }) => ({ id: requestId(uniqueKey), uniqueKey, url })),
    }),
    store: async (queue, drafts) => {
      queue.seenBy(context.req.query('clientKey'));
      return await queue.add(drafts, isSet(context, 'forefront'));
    },
  });
}

async function deleteRequest(
  { writes }: Services,
  context: Context<PlatformEnv>,
  queue: RequestQueue,
  id: string,
): Promise<void> {
  const present = await queue.look((book) => book.get(id));
  const request = present === undefined ? { id, uniqueKey: '', url: '' } : recorded(present);
  const change = { type: 'delete-request', queue: queue.recorded, request } as const;
  await writes.pass(context.req.raw.signal, change, async () => await queue.delete(id));
}

function recorded({ file: { id, uniqueKey, url } }: QueuedRequest): RequestId {
  return { id, uniqueKey, url };
}

function draftOf(sent: unknown): RequestDraft {
  if (isRequestDraft(sent)) return sent;
  throw invalidValue('A request must be a JSON object with a `url` and a `uniqueKey`, both texts.');
}

function draftWithId(sent: unknown, id: string): RequestDraft {
  const draft = draftOf(sent);
  if (requestId(draft.uniqueKey) === id) return draft;
  throw invalidValue(`The id "${id}" of the request is not that of its unique key "${draft.uniqueKey}".`);
}

function batchOf(sent: unknown): readonly unknown[] {
  if (Array.isArray(sent) && sent.length > 0 && sent.length <= MOST_IN_BATCH) return sent;
  throw invalidValue(`A batch must be a JSON array of 1 to ${MOST_IN_BATCH} requests.`);
}

function nameOf(sent: unknown): { readonly id: string; readonly sent: unknown } {
  if (typeof sent === 'object' && sent !== null) {
    if ('id' in sent && typeof sent.id === 'string') return { id: sent.id, sent: { id: sent.id } };
    if ('uniqueKey' in sent && typeof sent.uniqueKey === 'string') {
      return { id: requestId(sent.uniqueKey), sent: { uniqueKey: sent.uniqueKey } };
    }
  }
  throw invalidValue('A request that is to be deleted must be named by its `id` or by its `uniqueKey`.');
}
