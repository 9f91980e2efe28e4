import { Hono, type Context } from 'hono';

import type { Services } from '../services.ts';
import { isObject } from '../json.ts';
import type { Item } from '../storage/dataset.ts';
import { ApiError, NotServed, type PlatformEnv } from './api-error.ts';
import { parseJson } from './body.ts';
import { collectionRoutes } from './collections.ts';
import { viewItems, type ItemView } from './item-view.ts';
import { isSet, limitIn, listIn, numberIn } from './query.ts';
import { recordedItem } from './recorded-values.ts';
import { StorageCalls } from './storage-calls.ts';

/** What one call may bring (@apify/consts 2.58.1, `MAX_PAYLOAD_SIZE_BYTES`). */
export const MOST_BYTES = 9_437_184;
/** What the Apify API answers where no limit is given (apify-client 2.25.0, `_createPaginationList`). */
const NO_LIMIT = 999_999_999_999;
const JSON_LINES = { 'content-type': 'application/jsonl; charset=utf-8' };

/** `/v2/datasets…`, without that prefix. */
export function datasetRoutes(services: Services): Hono<PlatformEnv> {
  const shelf = services.storages.datasets;
  const calls = new StorageCalls(services, 'dataset', shelf);
  const app = new Hono<PlatformEnv>();
  app.route(
    '/',
    collectionRoutes(services, shelf, calls, async (dataset) => {
      const itemCount = await dataset.count();
      return { itemCount, cleanItemCount: itemCount };
    }),
  );

  app.post('/:storage/items', async (context) => {
    await calls.write(context, {
      mostBytes: MOST_BYTES,
      read: parseItems,
      change: (dataset, items = []) => ({ type: 'push-items', dataset, items: items.map(recordedItem) }),
      store: async (dataset, items) => await dataset.push(items),
    });
    return context.json({}, 201);
  });

  app.get('/:storage/items', async (context) => {
    const dataset = await calls.find(context);
    const format = formatIn(context);
    const view = viewIn(context);
    const isDescending = isSet(context, 'desc');
    const offset = numberIn(context, 'offset') ?? 0;
    const limit = limitIn(context, { usual: NO_LIMIT, most: NO_LIMIT });
    const items = viewItems(await dataset.items({ offset, limit, isDescending }), view);
    context.header('x-apify-pagination-total', String(await dataset.count()));
    context.header('x-apify-pagination-offset', String(offset));
    context.header('x-apify-pagination-limit', String(limit));
    context.header('x-apify-pagination-count', String(items.length));
    context.header('x-apify-pagination-desc', String(isDescending));
    if (isSet(context, 'attachment')) context.header('content-disposition', 'attachment');
    return format === 'json' ? context.json(items) : context.body(jsonLines(items), 200, JSON_LINES);
  });

  app.get('/:storage/statistics', () => {
    throw new NotServed('Statistics of a dataset are not served by the local platform.');
  });
  return app;
}

function formatIn(context: Context<PlatformEnv>): 'json' | 'jsonl' {
  const { format = 'json' } = context.req.query();
  if (format === 'json' || format === 'jsonl') return format;
  throw new NotServed(`Items as ${format} are not served by the local platform: it answers JSON and JSON lines only.`);
}

function jsonLines(items: readonly Item[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}

function viewIn(context: Context<PlatformEnv>): ItemView {
  for (const name of ['flatten', 'view']) {
    if (listIn(context, name).length > 0) {
      throw new NotServed(`\`${name}\` of a dataset's items is not served by the local platform.`);
    }
  }
  const isClean = isSet(context, 'clean');
  return {
    unwind: listIn(context, 'unwind'),
    fields: listIn(context, 'fields'),
    omit: listIn(context, 'omit'),
    skipHidden: isClean || isSet(context, 'skipHidden'),
    skipEmpty: isClean || isSet(context, 'skipEmpty'),
  };
}

/** One object or an array of them, each also as JSON text, as Crawlee's local storage takes it. */
function parseItems(bytes: Buffer): readonly Item[] {
  const sent = parseJson(bytes);
  return (Array.isArray(sent) ? sent : [sent]).map((one: unknown) => {
    const item = typeof one === 'string' ? parseJson(Buffer.from(one)) : one;
    if (isObject(item)) return item;
    const kind = Array.isArray(item) ? 'an array' : item === null ? 'null' : `a ${typeof item}`;
    throw new ApiError(400, 'invalid-value', `Each item of a dataset must be a JSON object, not ${kind}.`);
  });
}
