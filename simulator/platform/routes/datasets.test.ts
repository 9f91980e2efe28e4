import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { DownloadItemsFormat } from 'apify-client';
import { describe, expect, test } from 'vitest';

import { startTestPlatform } from '../testing/test-platform.ts';

describe('items', () => {
  test('are pushed as one object, as several, and as JSON text', async () => {
    await using platform = await startTestPlatform();
    const dataset = platform.client().dataset('default');
    await dataset.pushItems({ n: 1 });
    await dataset.pushItems([{ n: 2 }, { n: 3, text: 'ä'.repeat(2000) }]);
    await dataset.pushItems('[{"n":4}]');
    await dataset.pushItems([]);
    expect(await dataset.get()).toMatchObject({ itemCount: 4 });
    const { items, ...page } = await dataset.listItems();
    expect(items.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
    expect(page).toEqual({ total: 4, offset: 0, count: 4, limit: 999_999_999_999, desc: false });
  });

  test.each([
    ['numbers', '[1]'],
    ['arrays', '[[{}]]'],
    ['null', 'null'],
    ['text', '["text"]'],
    ['no JSON', '{"a":'],
  ])('that are %s are refused, and none of them is stored', async (_, body) => {
    await using platform = await startTestPlatform();
    const dataset = platform.client().dataset('default');
    await expect(dataset.pushItems(body)).rejects.toMatchObject({ statusCode: 400 });
    await expect(dataset.pushItems(`[{"n":1},${body}]`)).rejects.toMatchObject({ statusCode: 400 });
    expect(await dataset.get()).toMatchObject({ itemCount: 0 });
  });

  test('of a body that is too large for the platform are refused', async () => {
    await using platform = await startTestPlatform();
    const url = `${platform.url}/v2/datasets/default/items`;
    const body = JSON.stringify({ text: 'x'.repeat(9_437_184) });
    const response = await fetch(url, { method: 'POST', body });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { type: 'request-too-large' } });
  });

  test('cannot be pushed to a dataset that is not there', async () => {
    await using platform = await startTestPlatform();
    await expect(platform.client().dataset('nobody').pushItems({})).rejects.toMatchObject({ statusCode: 404 });
    expect(platform.events).toMatchObject([
      { outcome: 'pending' },
      { outcome: 'refused', change: { type: 'push-items', dataset: { kind: 'dataset', name: 'nobody' } } },
    ]);
  });

  test('are read in pages, from either end', async () => {
    await using platform = await startTestPlatform();
    const dataset = platform.client().dataset('default');
    await dataset.pushItems(Array.from({ length: 10 }, (_, n) => ({ n })));
    const numbers = async (options: object): Promise<unknown[]> =>
      (await dataset.listItems(options)).items.map(({ n }) => n);
    expect(await numbers({ offset: 7 })).toEqual([7, 8, 9]);
    expect(await numbers({ offset: 2, limit: 2 })).toEqual([2, 3]);
    expect(await numbers({ offset: 2, limit: 2, desc: true })).toEqual([7, 6]);
    expect(await numbers({ offset: 20 })).toEqual([]);
    const all: unknown[] = [];
    for await (const { n } of dataset.listItems({ chunkSize: 3 })) all.push(n);
    expect(all).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('are shown as asked for', async () => {
    await using platform = await startTestPlatform();
    const dataset = platform.client().dataset('default');
    await dataset.pushItems([{ a: 1, b: 2, '#c': 3 }, {}, { list: [{ x: 1 }, { x: 2 }, 3], a: 9 }]);
    const shown = async (options: object): Promise<unknown[]> => (await dataset.listItems(options)).items;
    expect(await shown({ fields: ['b', 'a'], limit: 1 })).toEqual([{ a: 1, b: 2 }]);
    expect(await shown({ omit: ['a'], limit: 2 })).toEqual([{ b: 2, '#c': 3 }, {}]);
    expect(await shown({ skipHidden: true, limit: 2 })).toEqual([{ a: 1, b: 2 }, {}]);
    expect(await shown({ skipEmpty: true, limit: 2 })).toEqual([{ a: 1, b: 2, '#c': 3 }]);
    expect(await shown({ clean: true, limit: 2 })).toEqual([{ a: 1, b: 2 }]);
    expect(await shown({ unwind: 'list', offset: 2 })).toEqual([
      { a: 9, x: 1 },
      { a: 9, x: 2 },
      { a: 9, list: 3 },
    ]);
  });

  test('are downloaded as JSON, and refused by name as anything else', async () => {
    await using platform = await startTestPlatform();
    const dataset = platform.client().dataset('default');
    await dataset.pushItems({ n: 1 });
    expect(JSON.parse((await dataset.downloadItems(DownloadItemsFormat.JSON)).toString())).toEqual([{ n: 1 }]);
    const refusal = { statusCode: 400, type: 'not-served-locally' };
    await expect(dataset.downloadItems(DownloadItemsFormat.CSV)).rejects.toMatchObject(refusal);
    await expect(dataset.listItems({ flatten: ['a'] })).rejects.toMatchObject(refusal);
    await expect(dataset.listItems({ view: 'v' })).rejects.toMatchObject(refusal);
    await expect(dataset.getStatistics()).rejects.toMatchObject(refusal);
    expect(platform.events.filter(({ kind }) => kind === 'refused')).toHaveLength(4);
  });

  test('have a public URL', async () => {
    await using platform = await startTestPlatform();
    const dataset = platform.client({ publicBaseUrl: platform.url }).dataset('default');
    await dataset.pushItems([{ n: 1 }, { n: 2 }]);
    expect(await (await fetch(await dataset.createItemsPublicUrl({ offset: 1 }))).json()).toEqual([{ n: 2 }]);
  });

  test('are recorded as JSON, large ones by their hash', async () => {
    await using platform = await startTestPlatform();
    await platform
      .client()
      .dataset('default')
      .pushItems([{ n: 1 }, { text: 'x'.repeat(70_000) }]);
    expect(platform.events.at(-1)).toMatchObject({
      outcome: 'landed',
      change: { items: [{ json: '{"n":1}' }, { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }] },
    });
  });

  test('are files as Crawlee writes them, and go on after those that are there', async () => {
    await using platform = await startTestPlatform();
    const folder = path.join(platform.storageFolder, 'datasets/default');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, '000000007.json'), '{"n":7}');
    await writeFile(path.join(folder, '000000003.json'), '{"n":');
    const dataset = platform.client().dataset('default');
    await dataset.pushItems({ n: 8 });
    expect(await readFile(path.join(folder, '000000008.json'), 'utf8')).toBe('{\n\t"n": 8\n}');
    expect((await dataset.listItems()).items).toEqual([{ n: 7 }, { n: 8 }]);
    expect(await readdir(folder)).toHaveLength(3);
  });

  test('of many pushes at once are all kept, in the order in which they arrived', async () => {
    await using platform = await startTestPlatform();
    const dataset = platform.client().dataset('default');
    await Promise.all(
      Array.from({ length: 100 }, async (_, push) => {
        await dataset.pushItems(Array.from({ length: 100 }, (__, item) => ({ push, item })));
      }),
    );
    const { items } = await dataset.listItems();
    const recorded = platform.events.flatMap((event) =>
      event.kind === 'write' && event.outcome === 'landed' && event.change.type === 'push-items'
        ? event.change.items
        : [],
    );
    expect(items).toHaveLength(10_000);
    expect(items.map((item) => ({ json: JSON.stringify(item) }))).toEqual(recorded);
  });
});
