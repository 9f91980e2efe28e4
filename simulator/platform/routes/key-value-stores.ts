import { Hono } from 'hono';

import type { Services } from '../services.ts';
import type { KeyValueStore, StoredRecord } from '../storage/key-value-store.ts';
import { DEFAULT_ID } from '../storage/storage-folder.ts';
import { invalidValue, notFound, NotServed, type PlatformEnv } from './api-error.ts';
import { collectionRoutes } from './collections.ts';
import { isSet, limitIn } from './query.ts';
import { recordedValue } from './recorded-values.ts';
import { StorageCalls } from './storage-calls.ts';

/** @apify/consts 2.58.1, `KEY_VALUE_STORE_KEY_REGEX` */
const KEY = /^[a-zA-Z0-9!\-_.'()]{1,256}$/;

/** `/v2/key-value-stores…`, without that prefix. */
export function keyValueStoreRoutes(services: Services): Hono<PlatformEnv> {
  const { recorder } = services;
  const shelf = services.storages.keyValueStores;
  const calls = new StorageCalls(services, 'key-value-store', shelf);
  const app = new Hono<PlatformEnv>();
  app.route(
    '/',
    collectionRoutes(services, shelf, calls, async () => ({})),
  );

  app.get('/:storage/keys', async (context) => {
    if (context.req.query('collection') !== undefined) {
      throw new NotServed('Collections of a key-value store are not served by the local platform: use `prefix`.');
    }
    const store = await calls.find(context);
    const { prefix = '', exclusiveStartKey = '' } = context.req.query();
    const limit = limitIn(context, { usual: 1000, most: 1000 });
    const keys = (await store.keys()).filter(({ key }) => key.startsWith(prefix) && key > exclusiveStartKey);
    const items = keys.slice(0, limit);
    const isTruncated = items.length < keys.length;
    const nextExclusiveStartKey = isTruncated ? items.at(-1)?.key : null;
    const page = { limit, count: items.length, exclusiveStartKey, isTruncated, nextExclusiveStartKey };
    return context.json({ data: { items, ...page } });
  });

  app.get('/:storage/records/:key', async (context) => {
    const store = await calls.find(context);
    const record = { store: store.recorded, key: checked(context.req.param('key')) };
    const found = await read(services, store, record.key);
    // A HEAD asks whether it is there, not for what is in it.
    const isRead = context.req.method !== 'HEAD';
    if (isRead) recorder.record({ kind: 'record-read', record, value: found && recordedValue(found) });
    if (found === undefined) throw notFound(`The record "${record.key}" of the key-value store "${record.store.name}"`);
    if (isSet(context, 'attachment')) context.header('content-disposition', 'attachment');
    context.header('content-type', found.contentType);
    return context.body(new Uint8Array(found.bytes));
  });

  app.on(['PUT', 'POST'], '/:storage/records/:key', async (context) => {
    const key = context.req.param('key');
    const contentType = context.req.header('content-type') ?? 'application/octet-stream';
    await calls.write(context, {
      read: (bytes): StoredRecord => ({ contentType, bytes }),
      change: (store, record = { contentType, bytes: Buffer.alloc(0) }) => ({
        type: 'set-record',
        record: { store, key },
        value: recordedValue(record),
      }),
      store: async (store, record) => await store.set(checked(key), record),
    });
    return context.json({}, 201);
  });

  app.delete('/:storage/records/:key', async (context) => {
    const key = context.req.param('key');
    await calls.change(
      context,
      (store) => ({ type: 'delete-record', record: { store, key } }),
      async (store) => await store.delete(checked(key)),
    );
    return context.body(null, 204);
  });
  return app;
}

/** INPUT is read as the platform would have completed it; the person's file stays as it is. */
async function read(services: Services, store: KeyValueStore, key: string): Promise<StoredRecord | undefined> {
  const completed = store.id === DEFAULT_ID && key === 'INPUT' ? await services.input?.() : undefined;
  if (completed === undefined) return await store.get(key);
  return { contentType: 'application/json; charset=utf-8', bytes: Buffer.from(completed) };
}

function checked(key: string): string {
  if (KEY.test(key)) return key;
  throw invalidValue(`"${key}" is no key of a record: 1 to 256 of the characters a-z, A-Z, 0-9 and !-_.'() are.`);
}
