import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webSite, type WebSite } from '../../testing/web-site.ts';
import { type Judged, judgedActor } from '../testing/judged-actor.ts';

let site: WebSite;
beforeAll(async () => {
  site = await webSite({ pages: 12, delayMs: 30 });
});
afterAll(async () => await site.close());

const AT_THE_FOURTH = { at: ['request:4'] };

/** The URLs of the items that were pushed, in order. */
function pushed({ recording }: Judged): readonly string[] {
  return recording.events.flatMap((event) =>
    event.kind === 'write' && event.outcome === 'landed' && event.change.type === 'push-items'
      ? event.change.items.flatMap((item) => ('json' in item ? [item.json] : []))
      : [],
  );
}

describe.concurrent.each(['latest', '3.1'] as const)('a CheerioCrawler on SDK %s', (sdk) => {
  const migrated = async (code: string, graceMs = sdk === '3.1' ? 1_500 : 10_000): Promise<Judged> =>
    await judgedActor(code, { ...AT_THE_FOURTH, graceMs }, { sdk });

  test('without state of its own resumes: its queue knows what is done', async () => {
    const verdict = await migrated(`
      const crawler = new CheerioCrawler({ maxConcurrency: 3, async requestHandler({ request, $, enqueueLinks }) {
        await enqueueLinks();
        await Actor.pushData({ url: request.url, title: $('title').text() });
      } });
      await crawler.run(['${site.url}/']);`);
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed', keys: [], repeated: { items: [], requests: [] } });
    expect(new Set(pushed(verdict)).size).toBe(13);
  });

  test('killed in the middle of its requests resumes: what was in flight comes twice, which is told', async () => {
    const verdict = await migrated(
      `const crawler = new CheerioCrawler({ maxConcurrency: 3, async requestHandler({ request, enqueueLinks }) {
        await enqueueLinks();
        await Actor.pushData({ url: request.url, at: new Date() });
        await delay(400);
      } });
      await crawler.run(['${site.url}/']);`,
      20,
    );
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed', repeated: { items: [], requests: [] } });
  });

  test('with useState resumes', async () => {
    const verdict = await migrated(`
      const crawler = new CheerioCrawler({ maxConcurrency: 2, async requestHandler({ request, enqueueLinks, crawler }) {
        const state = await crawler.useState({ pages: 0 });
        state.pages += 1;
        await enqueueLinks();
        await Actor.pushData({ url: request.url });
      } });
      await crawler.run(['${site.url}/']);
      await Actor.setValue('OUTPUT', { done: true });`);
    expect(verdict, verdict.output).toMatchObject({
      word: 'resumed',
      keys: [{ record: { key: 'CRAWLEE_STATE' }, restored: 'read' }],
    });
  });
});

describe.concurrent('a CheerioCrawler on SDK 3.7', () => {
  test('with a limit in memory goes on with its queue: what was counted is not seen from outside', async () => {
    const verdict = await judgedActor(
      `
      let pages = 0;
      const crawler = new CheerioCrawler({ maxConcurrency: 2, async requestHandler({ request, enqueueLinks }) {
        pages += 1;
        if (pages > 8) return;
        await enqueueLinks();
        await Actor.pushData({ url: request.url });
      } });
      await crawler.run(['${site.url}/']);`,
      AT_THE_FOURTH,
    );
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed' });
  });

  test('that keeps a record for each page resumes: such a record is no state', async () => {
    const verdict = await judgedActor(
      `
      const crawler = new CheerioCrawler({ maxConcurrency: 2, async requestHandler({ request, $, enqueueLinks }) {
        await enqueueLinks();
        await Actor.setValue('PAGE-' + request.url.replace(/\\W+/g, '-'), { title: $('title').text(), at: new Date() });
      } });
      await crawler.run(['${site.url}/']);`,
      AT_THE_FOURTH,
    );
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed', keys: [] });
  });

  test('whose first request gets another key each time restarts from zero', async () => {
    const verdict = await judgedActor(
      `
      const crawler = new CheerioCrawler({ maxConcurrency: 2, async requestHandler({ request, enqueueLinks }) {
        await enqueueLinks();
        await Actor.pushData({ url: request.url });
      } });
      await crawler.run([{ url: '${site.url}/', uniqueKey: String(Math.random()) }]);`,
      AT_THE_FOURTH,
    );
    expect(verdict, verdict.output).toMatchObject({
      word: 'restarted-from-zero',
      repeated: { requests: [`${site.url}/`] },
    });
  });
});
