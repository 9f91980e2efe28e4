import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webSite, type WebSite } from '../../testing/web-site.ts';
import { type Judged, judgedActor } from '../testing/judged-actor.ts';

let site: WebSite;
beforeAll(async () => {
  site = await webSite({ pages: 12, delayMs: 30 });
});
afterAll(async () => await site.close());

/** None of these SDKs asks for a restart: each grace period lasts to its end. */
const graceMs = 1_500;

/** The URLs of the items that were pushed. */
function pushed({ recording }: Judged): ReadonlySet<string> {
  const items = recording.events.flatMap((event) =>
    event.kind === 'write' && event.outcome === 'landed' && event.change.type === 'push-items'
      ? event.change.items
      : [],
  );
  return new Set(items.flatMap((item) => ('json' in item ? [String(JSON.parse(item.json).url)] : [])));
}

describe.concurrent.each(['2', '1', '0'] as const)('an Actor on SDK %s', (sdk) => {
  const migrated = async (code: string, at = 'key:GO'): Promise<Judged> =>
    await judgedActor(code, { at: [at], graceMs }, { sdk });

  test('restarts from zero when its loop saves nothing', async () => {
    const verdict = await migrated('for (let page = 1; page <= 12; page += 1) await work(page);');
    expect(verdict, verdict.output).toMatchObject({
      word: 'restarted-from-zero',
      keys: [],
      migrations: [{ endedBy: 'deadline' }],
    });
  });

  test('resumes with a listener that saves and a start that restores; nobody has to wait for the save', async () => {
    const verdict = await migrated(`
      let { page } = (await Apify.getValue('STATE')) || { page: 1 };
      Apify.events.on('migrating', () => { Apify.setValue('STATE', { page }); });
      for (; page <= 12; page += 1) await work(page);`);
    expect(verdict, verdict.output).toMatchObject({
      word: 'resumed',
      keys: [{ record: { key: 'STATE' }, restored: 'read' }],
    });
  });

  test('resumes with a queue and a stateless crawler: what the SDK keeps is no state of the Actor', async () => {
    const verdict = await migrated(
      `
      const requestQueue = await Apify.openRequestQueue();
      await requestQueue.addRequest({ url: '${site.url}/' });
      const crawler = new Apify.CheerioCrawler({ requestQueue, maxConcurrency: 3, useSessionPool: true,
        handlePageFunction: async ({ request, $ }) => {
          await Apify.utils.enqueueLinks({ $, requestQueue, baseUrl: request.loadedUrl });
          await Apify.pushData({ url: request.url });
        } });
      await crawler.run();`,
      'request:4',
    );
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed', keys: [], repeated: { items: [], requests: [] } });
    expect(pushed(verdict).size).toBe(13);
  });

  test('resumes with a named request list, whose progress the SDK keeps', async () => {
    const verdict = await migrated(
      `
      const pages = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((page) => '${site.url}/page/' + page);
      const crawler = new Apify.BasicCrawler({ requestList: await Apify.openRequestList('pages', pages), maxConcurrency: 2,
        handleRequestFunction: async ({ request }) => {
          await Apify.pushData({ url: request.url });
          await delay(100);
        } });
      await crawler.run();`,
      'write:4',
    );
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed', keys: [], repeated: { items: [], requests: [] } });
    expect(pushed(verdict).size).toBe(10);
  });
});
