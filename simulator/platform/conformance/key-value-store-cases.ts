import { setBytes } from '../testing/test-platform.ts';
import { served, type Methods } from './case.ts';

const store = 'default';

export const keyValueStoreMethods: Methods = {
  get: served(
    async (client, id) => await client.keyValueStore(id).get(),
    'undefined',
    async ({ client, expect }) => {
      const { id } = await client.keyValueStores().getOrCreate('my-store');
      const found = { id, name: 'my-store', username: 'local', createdAt: expect.any(Date) };
      for (const each of [id, 'my-store', 'MY-STORE', '~my-store', 'local/my-store']) {
        expect(await client.keyValueStore(each).get(), each).toMatchObject(found);
      }
    },
  ),
  update: served(
    async (client, id) => await client.keyValueStore(id).update({ title: 'T' }),
    'error',
    async ({ client, expect }) => {
      const { id } = await client.keyValueStores().getOrCreate('old');
      await client.keyValueStore(id).setRecord({ key: 'S', value: 1 });
      expect(await client.keyValueStore(id).update({ name: 'new' })).toMatchObject({ id, name: 'new' });
      expect((await client.keyValueStore('new').getRecord('S'))?.value).toBe(1);
    },
    {
      'a name that another store has': async ({ client, expect }) => {
        await client.keyValueStores().getOrCreate('taken');
        const { id } = await client.keyValueStores().getOrCreate('mine');
        const updating = client.keyValueStore(id).update({ name: 'taken' });
        await expect(updating).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
      },
      'a name that is none': async ({ client, expect }) => {
        const updating = client.keyValueStore(store).update({ name: 'no_name' });
        await expect(updating).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
      },
    },
  ),
  delete: served(
    async (client, id) => await client.keyValueStore(id).delete(),
    'undefined',
    async ({ client, expect }) => {
      const { id } = await client.keyValueStores().getOrCreate('my-store');
      await client.keyValueStore(id).setRecord({ key: 'S', value: 1 });
      await client.keyValueStore(id).delete();
      expect(await client.keyValueStore(id).get()).toBeUndefined();
      await client.keyValueStores().getOrCreate('my-store');
      expect(await client.keyValueStore('my-store').getRecord('S')).toBeUndefined();
    },
  ),
  listKeys: served(
    async (client, id) => await client.keyValueStore(id).listKeys(),
    'error',
    async ({ client, expect }) => {
      const records = client.keyValueStore(store);
      for (const key of ['b', 'a-2', 'a-1', 'c']) await records.setRecord({ key, value: key });
      const first = await records.listKeys({ limit: 2 });
      expect(first).toMatchObject({ limit: 2, isTruncated: true, nextExclusiveStartKey: 'a-2' });
      expect(first.items).toMatchObject([
        { key: 'a-1', size: 3 },
        { key: 'a-2', size: 3 },
      ]);
      const rest = await records.listKeys({ exclusiveStartKey: first.nextExclusiveStartKey });
      expect(rest).toMatchObject({ isTruncated: false, items: [{ key: 'b' }, { key: 'c' }] });
      expect((await records.listKeys({ prefix: 'a-' })).items).toHaveLength(2);
      const all: string[] = [];
      for await (const { key } of records.listKeys({ limit: 3 })) all.push(key);
      expect(all).toEqual(['a-1', 'a-2', 'b']);
    },
    {
      'a collection of keys': async ({ client, expect }) => {
        const listing = client.keyValueStore(store).listKeys({ collection: 'shots' });
        await expect(listing).rejects.toMatchObject({ statusCode: 400, type: 'not-served-locally' });
      },
    },
    '`collection`',
  ),
  getRecordPublicUrl: served(
    async (client, id) => await client.keyValueStore(id).getRecordPublicUrl('S'),
    'as-empty',
    async ({ client, expect }) => {
      await client.keyValueStore(store).setRecord({ key: 'S', value: { a: 1 } });
      const answer = await fetch(await client.keyValueStore(store).getRecordPublicUrl('S'));
      expect(await answer.json()).toEqual({ a: 1 });
    },
  ),
  createKeysPublicUrl: served(
    async (client, id) => await client.keyValueStore(id).createKeysPublicUrl(),
    'as-empty',
    async ({ client, expect }) => {
      for (const key of ['a', 'b']) await client.keyValueStore(store).setRecord({ key, value: 1 });
      const answer = await fetch(await client.keyValueStore(store).createKeysPublicUrl({ limit: 1 }));
      expect(await answer.json()).toMatchObject({ data: { items: [{ key: 'a' }], isTruncated: true } });
    },
  ),
  recordExists: served(
    async (client, id) => await client.keyValueStore(id).recordExists('S'),
    'as-empty',
    async ({ client, expect }) => {
      await client.keyValueStore(store).setRecord({ key: 'S', value: 1 });
      expect(await client.keyValueStore(store).recordExists('S')).toBe(true);
      expect(await client.keyValueStore(store).recordExists('T')).toBe(false);
    },
  ),
  getRecord: served(
    async (client, id) => await client.keyValueStore(id).getRecord('S'),
    'undefined',
    async ({ client, expect }) => {
      const json = { key: 'S', value: { a: ['é', 1, null] } };
      await client.keyValueStore(store).setRecord(json);
      expect(await client.keyValueStore(store).getRecord('S')).toMatchObject(json);
    },
    {
      'a record that is not there': async ({ client, expect }) => {
        expect(await client.keyValueStore(store).getRecord('none')).toBeUndefined();
      },
      'a key that is none': async ({ client, expect }) => {
        const getting = client.keyValueStore(store).getRecord('no key');
        await expect(getting).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
      },
    },
  ),
  setRecord: served(
    async (client, id) => await client.keyValueStore(id).setRecord({ key: 'S', value: 1 }),
    'error',
    async ({ client, expect }) => {
      await client.keyValueStore(store).setRecord({ key: 'T', value: '<p>', contentType: 'text/html; charset=utf-8' });
      await setBytes(client.keyValueStore(store), { key: 'B', value: Buffer.from([0, 255]) });
      expect(await client.keyValueStore(store).getRecord('T')).toMatchObject({ value: '<p>' });
      expect((await client.keyValueStore(store).getRecord('B'))?.value).toEqual(Buffer.from([0, 255]));
    },
    {
      'a key that is none': async ({ client, expect }) => {
        const setting = client.keyValueStore(store).setRecord({ key: 'no key', value: 1 });
        await expect(setting).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
      },
    },
  ),
  deleteRecord: served(
    async (client, id) => await client.keyValueStore(id).deleteRecord('S'),
    'error',
    async ({ client, expect }) => {
      await client.keyValueStore(store).setRecord({ key: 'S', value: 1 });
      await client.keyValueStore(store).deleteRecord('S');
      expect(await client.keyValueStore(store).recordExists('S')).toBe(false);
      // As on the platform, one that is not there is no error.
      await client.keyValueStore(store).deleteRecord('S');
    },
  ),
};
