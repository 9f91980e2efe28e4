import { Hono } from 'hono';

import { isObject, type JsonObject } from '../json.ts';
import type { Services } from '../services.ts';
import type { Shelf } from '../storage/shelf.ts';
import { DEFAULT_ID, type StorageFolder } from '../storage/storage-folder.ts';
import { invalidValue, type PlatformEnv } from './api-error.ts';
import { readJson } from './body.ts';
import { isSet, limitIn, numberIn } from './query.ts';
import type { StorageCalls } from './storage-calls.ts';

/** Names of storages on the Apify platform (@apify/consts 2.58.1, `DNS_SAFE_NAME_REGEX` and its length). */
const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * What all kinds of storages have in common: list, get or create by name, get, update, delete.
 *
 * @param details the fields of this kind
 */
export function collectionRoutes<Storage extends StorageFolder>(
  services: Services,
  shelf: Shelf<Storage>,
  calls: StorageCalls<Storage>,
  details: (storage: Storage) => Promise<JsonObject>,
): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();
  const resource = async (storage: Storage): Promise<JsonObject> => ({
    ...identity(storage, services.options.runId),
    ...(await details(storage)),
  });

  app.get('/', async (context) => {
    const isUnnamed = isSet(context, 'unnamed');
    const isDescending = isSet(context, 'desc');
    const offset = numberIn(context, 'offset') ?? 0;
    const limit = limitIn(context, { usual: 1000, most: 1000 });
    const all = (await shelf.list())
      .filter((storage) => isUnnamed || storage.name !== undefined)
      .toSorted((a, b) => (a.createdAt.getTime() - b.createdAt.getTime()) * (isDescending ? -1 : 1));
    const items = await Promise.all(all.slice(offset, offset + limit).map(resource));
    const page = { total: all.length, offset, limit, count: items.length, desc: isDescending, unnamed: isUnnamed };
    return context.json({ data: { ...page, items } });
  });
  app.post('/', async (context) => {
    const name = context.req.query('name');
    if (name !== undefined) checkName(name);
    return context.json({ data: await resource(await shelf.getOrCreate(name)) }, 201);
  });
  app.get('/:storage', async (context) => context.json({ data: await resource(await calls.find(context)) }));
  app.put('/:storage', async (context) => {
    const storage = await calls.find(context);
    const fields = await readJson(context);
    if (!isObject(fields)) throw invalidValue('The fields of a storage must be sent as a JSON object.');
    const { name, title } = fields;
    if (typeof title === 'string') storage.title = title;
    if (typeof name === 'string') {
      checkName(name);
      if (!(await shelf.rename(storage, name))) throw invalidValue(`There is another storage named "${name}".`);
    }
    return context.json({ data: await resource(storage) });
  });
  app.delete('/:storage', async (context) => {
    await calls.change(
      context,
      (storage) => ({ type: 'drop-storage', storage }),
      async (storage) => await shelf.drop(storage),
    );
    return context.body(null, 204);
  });
  return app;
}

function identity(storage: StorageFolder, runId: string): JsonObject {
  const { id, name, title, createdAt, modifiedAt, accessedAt } = storage;
  return {
    id,
    // Left out without a name: Crawlee takes no null.
    ...(name !== undefined && { name }),
    ...(title !== undefined && { title }),
    username: 'local',
    createdAt,
    modifiedAt,
    accessedAt,
    actId: null,
    actRunId: id === DEFAULT_ID ? runId : null,
  };
}

function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw invalidValue(
    `"${name}" cannot name a storage on the Apify platform: up to 63 letters a-z, digits, and hyphens that are neither first nor last.`,
  );
}
