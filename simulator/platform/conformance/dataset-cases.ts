import { DownloadItemsFormat } from 'apify-client';

import { refused, served, type Methods } from './case.ts';

const ITEMS = [{ n: 1, '#note': 'x' }, {}, { n: 3, tags: ['a', 'b'] }];
const { JSON: AS_JSON, JSONL, CSV, HTML, RSS, XLSX, XML } = DownloadItemsFormat;

export const datasetMethods: Methods = {
  get: served(
    async (client, id) => await client.dataset(id).get(),
    'undefined',
    async ({ client, expect }) => {
      await client.dataset('default').pushItems([{ n: 1 }, { n: 2 }]);
      expect(await client.dataset('default').get()).toMatchObject({ id: 'default', itemCount: 2, cleanItemCount: 2 });
    },
  ),
  update: served(
    async (client, id) => await client.dataset(id).update({ title: 'T' }),
    'error',
    async ({ client, expect }) => {
      const { id } = await client.datasets().getOrCreate('old');
      await client.dataset(id).pushItems({ n: 1 });
      expect(await client.dataset(id).update({ name: 'new' })).toMatchObject({ id, name: 'new' });
      expect((await client.dataset('new').listItems()).items).toEqual([{ n: 1 }]);
    },
    {
      'a name that is none': async ({ client, expect }) => {
        const updating = client.dataset('default').update({ name: '-' });
        await expect(updating).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
      },
    },
  ),
  delete: served(
    async (client, id) => await client.dataset(id).delete(),
    'undefined',
    async ({ client, expect }) => {
      const { id } = await client.datasets().getOrCreate('my-data');
      await client.dataset(id).delete();
      expect(await client.dataset('my-data').get()).toBeUndefined();
    },
  ),
  listItems: served(
    async (client, id) => await client.dataset(id).listItems(),
    'error',
    async ({ client, expect }) => {
      const dataset = client.dataset('default');
      await dataset.pushItems(ITEMS);
      expect(await dataset.listItems()).toMatchObject({ items: ITEMS, total: 3, count: 3, offset: 0 });
      const page = { items: [{}], total: 3, offset: 1, limit: 1, desc: true };
      expect(await dataset.listItems({ offset: 1, limit: 1, desc: true })).toMatchObject(page);
      expect((await dataset.listItems({ clean: true })).items).toEqual([{ n: 1 }, { n: 3, tags: ['a', 'b'] }]);
      expect((await dataset.listItems({ fields: ['n'], skipEmpty: true })).items).toEqual([{ n: 1 }, { n: 3 }]);
      expect((await dataset.listItems({ omit: ['tags', '#note'] })).items).toEqual([{ n: 1 }, {}, { n: 3 }]);
      const unwound = (await dataset.listItems({ unwind: 'tags', offset: 2 })).items;
      expect(unwound.map(({ tags }) => tags)).toEqual(['a', 'b']);
      const all: unknown[] = [];
      for await (const item of dataset.listItems({ offset: 1 })) all.push(item);
      expect(all).toEqual(ITEMS.slice(1));
    },
    {
      'items with flattened fields, or in a view': async ({ client, expect }) => {
        for (const view of [{ flatten: ['tags'] }, { view: 'overview' }]) {
          const listing = client.dataset('default').listItems(view);
          await expect(listing).rejects.toMatchObject({ statusCode: 400, type: 'not-served-locally' });
        }
      },
    },
    '`flatten`, `view`',
  ),
  downloadItems: served(
    async (client, id) => await client.dataset(id).downloadItems(AS_JSON),
    'error',
    async ({ client, expect }) => {
      const dataset = client.dataset('default');
      await dataset.pushItems(ITEMS);
      expect(JSON.parse(String(await dataset.downloadItems(AS_JSON)))).toEqual(ITEMS);
      const lines = String(await dataset.downloadItems(JSONL, { clean: true })).split('\n');
      expect(lines).toEqual(['{"n":1}', '{"n":3,"tags":["a","b"]}', '']);
    },
    {
      'a format for people': async ({ client, expect }) => {
        for (const format of [CSV, HTML, RSS, XLSX, XML]) {
          const downloading = client.dataset('default').downloadItems(format);
          await expect(downloading, format).rejects.toMatchObject({ statusCode: 400, type: 'not-served-locally' });
        }
      },
    },
    '`csv`, `html`, `rss`, `xlsx`, `xml`',
  ),
  pushItems: served(
    async (client, id) => await client.dataset(id).pushItems([{ n: 1 }]),
    'error',
    async ({ client, expect }) => {
      const dataset = client.dataset('default');
      await dataset.pushItems({ n: 1 });
      await dataset.pushItems([{ n: 2 }, { n: 3 }]);
      await dataset.pushItems('{"n":4}');
      await dataset.pushItems(['{"n":5}', '{"n":6}']);
      const { items } = await dataset.listItems();
      expect(items.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
    },
    {
      'what is no object': async ({ client, expect }) => {
        const pushing = client.dataset('default').pushItems('[{"n":1},2]');
        await expect(pushing).rejects.toMatchObject({ statusCode: 400, type: 'invalid-value' });
        expect((await client.dataset('default').listItems()).items).toEqual([]);
      },
      'what is no JSON': async ({ client, expect }) => {
        const pushing = client.dataset('default').pushItems('{');
        await expect(pushing).rejects.toMatchObject({ statusCode: 400, type: 'invalid-json' });
      },
    },
  ),
  getStatistics: refused('Statistics of a dataset', async (client) => await client.dataset('default').getStatistics()),
  createItemsPublicUrl: served(
    async (client, id) => await client.dataset(id).createItemsPublicUrl(),
    'as-empty',
    async ({ client, expect }) => {
      await client.dataset('default').pushItems(ITEMS);
      const url = await client.dataset('default').createItemsPublicUrl({ fields: ['n'], limit: 1, expiresInSecs: 60 });
      expect(await (await fetch(url)).json()).toEqual([{ n: 1 }]);
    },
  ),
};
