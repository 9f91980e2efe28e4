import { Hono, type Context } from 'hono';

import type { JsonObject } from '../json.ts';
import type { QueuedRequest, RequestBook } from '../storage/request-book.ts';
import type { RequestQueue } from '../storage/request-queue.ts';
import { sentRequest } from '../storage/stored-request.ts';
import { invalidValue, notFound, type PlatformEnv } from './api-error.ts';
import { isSet, limitIn, listIn, numberIn } from './query.ts';
import type { StorageCalls } from './storage-calls.ts';

/**
 * The head of a queue, its locks and its list of requests. Any client may prolong or end a lock: all calls are of one run,
 * and the Apify API lets a run do so.
 */
export function lockRoutes(calls: StorageCalls<RequestQueue>): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();
  const seen = async (context: Context<PlatformEnv>): Promise<RequestQueue> => {
    const queue = await calls.find(context);
    queue.seenBy(context.req.query('clientKey'));
    return queue;
  };

  app.get('/:storage/head', async (context) => {
    const queue = await seen(context);
    const limit = limitIn(context, { usual: 100, most: 1000 });
    const items = (await queue.look((book) => book.head(limit))).map(short);
    return context.json({ data: { limit, ...stateOfQueue(queue), items } });
  });

  app.post('/:storage/head/lock', async (context) => {
    const queue = await seen(context);
    const limit = limitIn(context, { usual: 25, most: 25 });
    const lockSecs = lockSecsIn(context);
    const clientKey = context.req.query('clientKey');
    const { items, queueHasLockedRequests } = await queue.lock((book) => {
      const locked = book.lockHead(limit, lockSecs * 1000, clientKey);
      return {
        items: locked.map((request) => ({ ...short(request), lockExpiresAt: book.lockEnd(request) })),
        queueHasLockedRequests: book.hasLocked(),
      };
    });
    return context.json({
      data: { limit, lockSecs, clientKey, queueHasLockedRequests, ...stateOfQueue(queue), items },
    });
  });

  app.put('/:storage/requests/:id/lock', async (context) => {
    const queue = await seen(context);
    const id = context.req.param('id');
    const clientKey = context.req.query('clientKey');
    const lockMs = lockSecsIn(context) * 1000;
    const isForefront = isSet(context, 'forefront');
    const lockExpiresAt = await queue.lock((book) => book.lock(id, lockMs, isForefront, clientKey));
    if (lockExpiresAt === undefined) throw notFound(`A request "${id}" that is still to be handled`);
    return context.json({ data: { lockExpiresAt } });
  });

  app.delete('/:storage/requests/:id/lock', async (context) => {
    const queue = await seen(context);
    const id = context.req.param('id');
    const isThere = await queue.lock((book) => book.unlock(id, isSet(context, 'forefront')));
    if (!isThere) throw notFound(`A request "${id}" that is still to be handled`);
    return context.body(null, 204);
  });

  app.post('/:storage/requests/unlock', async (context) => {
    const queue = await seen(context);
    return context.json({ data: { unlockedCount: await queue.lock((book) => book.unlockAll()) } });
  });

  app.get('/:storage/requests', async (context) => {
    const queue = await seen(context);
    const limit = limitIn(context, { usual: 1000, most: 10_000 });
    const { exclusiveStartId, cursor } = context.req.query();
    const start = cursor ?? exclusiveStartId ?? '';
    const filter = listIn(context, 'filter');
    const all = await queue.look((book) => book.all().map((request) => ({ request, state: stateOf(book, request) })));
    const rest = all.filter(
      ({ request, state }) => request.file.id > start && (filter.length === 0 || filter.includes(state)),
    );
    const page = rest.slice(0, limit);
    const items = await queue.look((book) =>
      page.map(({ request }) => ({ ...sentRequest(request.file), ...lockOf(book, request) })),
    );
    const nextCursor = page.length < rest.length ? page.at(-1)?.request.file.id : undefined;
    return context.json({ data: { items, count: items.length, limit, exclusiveStartId, cursor, nextCursor } });
  });
  return app;
}

function stateOfQueue(queue: RequestQueue): JsonObject {
  return { queueModifiedAt: queue.modifiedAt, hadMultipleClients: queue.hadMultipleClients };
}

function short({ file: { id, uniqueKey, url, method, retryCount } }: QueuedRequest): JsonObject {
  return { id, uniqueKey, url, method, retryCount };
}

function lockOf(book: RequestBook, request: QueuedRequest): JsonObject {
  const lockExpiresAt = book.lockEnd(request);
  return lockExpiresAt === undefined ? {} : { lockExpiresAt, lockByClient: request.client };
}

function stateOf(book: RequestBook, request: QueuedRequest): 'handled' | 'locked' | 'pending' {
  if (request.place === undefined) return 'handled';
  return book.lockEnd(request) === undefined ? 'pending' : 'locked';
}

function lockSecsIn(context: Context<PlatformEnv>): number {
  const seconds = numberIn(context, 'lockSecs');
  if (seconds !== undefined && seconds > 0) return seconds;
  throw invalidValue('`lockSecs` must be given: for how many seconds requests are locked, more than 0.');
}
