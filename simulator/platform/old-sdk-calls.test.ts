import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorFolder } from '../testing/actor-folder.ts';
import { migrateActor } from '../testing/migrate-actor.ts';
import { webSite, type WebSite } from '../testing/web-site.ts';

let site: WebSite;
beforeAll(async () => {
  site = await webSite();
});
afterAll(async () => await site.close());

/**
 * The public calls of the SDKs before 3, each checked within the Actor. Left out: `getPublicUrl`, whose host these SDKs have
 * as a constant (`build/constants.js`, `APIFY_API_BASE_URL`), so that it names the real API wherever they run.
 */
const MAIN = `
const Apify = require('apify');
const assert = require('node:assert/strict');

const CALLS = {
  async 'the run and its input'() {
    const { actorRunId, actorId, userId, token, startedAt, timeoutAt, memoryMbytes } = Apify.getEnv();
    assert(Apify.isAtHome() && actorRunId && actorId && userId && token && memoryMbytes > 0);
    assert(startedAt instanceof Date && timeoutAt instanceof Date);
    assert.deepEqual(await Apify.getInput(), { a: 1 });
  },
  async 'records of every kind, compressed or not'() {
    const large = { text: 'y'.repeat(3_000_000) };
    const bytes = Buffer.alloc(300_000, 7);
    for (const [value, contentType] of [[{ n: 'é' }], [large], ['text é', 'text/plain; charset=utf-8'], [bytes, 'image/png']]) {
      await Apify.setValue('A', value, contentType && { contentType });
      assert.deepEqual(await Apify.getValue('A'), value);
    }
    await Apify.setValue('A', null);
    assert.equal(await Apify.getValue('A'), null);
  },
  async 'a named key-value store'() {
    const store = await Apify.openKeyValueStore('my-store');
    for (const key of ['K1', 'K2']) await store.setValue(key, key);
    const keys = [];
    await store.forEachKey((key) => { keys.push(key); });
    assert.deepEqual(keys, ['K1', 'K2']);
    await store.drop();
  },
  async 'a dataset'() {
    await Apify.pushData({ n: 1 });
    await Apify.pushData(Array.from({ length: 1000 }, (_, index) => ({ n: index + 2 })));
    const dataset = await Apify.openDataset();
    const { items, total } = await dataset.getData({ offset: 1, limit: 2 });
    assert.deepEqual([items, total], [[{ n: 2 }, { n: 3 }], 1001]);
    assert.equal(await dataset.reduce((sum, { n }) => sum + n, 0), 501_501);
    assert.equal((await dataset.map(({ n }) => n)).length, 1001);
    const named = await Apify.openDataset('my-data');
    await named.pushData({ text: 'z'.repeat(2_000_000) });
    assert.equal((await named.getData()).items.length, 1);
    await named.drop();
  },
  async 'a request queue'() {
    const queue = await Apify.openRequestQueue('my-queue');
    const { requestId } = await queue.addRequest({ url: 'http://a/1', userData: { page: 1 } });
    await queue.addRequest({ url: 'http://a/2' });
    await queue.addRequest({ url: 'http://a/0' }, { forefront: true });
    assert((await queue.addRequest({ url: 'http://a/1' })).wasAlreadyPresent);
    const first = await queue.fetchNextRequest();
    assert.equal(first.url, 'http://a/0');
    await queue.markRequestHandled(first);
    const second = await queue.fetchNextRequest();
    await queue.reclaimRequest(second, { forefront: true });
    assert(!(await queue.isEmpty()) && !(await queue.isFinished()));
    assert.deepEqual((await queue.getRequest(requestId)).userData, { page: 1 });
    const { totalRequestCount, handledRequestCount } = await queue.getInfo();
    assert.deepEqual([totalRequestCount, handledRequestCount, await queue.handledCount()], [3, 1, 1]);
    await queue.drop();
  },
  async 'the proxy'() {
    const proxyUrl = (await Apify.createProxyConfiguration()).newUrl('s1');
    assert.equal((await Apify.utils.requestAsBrowser({ url: process.env.SITE, proxyUrl })).statusCode, 200);
  },
  async 'the client of the API'() {
    const client = Apify.newClient ? Apify.newClient() : Apify.client;
    assert.equal((await client.user('me').get()).proxy.password, process.env.APIFY_PROXY_PASSWORD);
    assert.equal((await client.run(Apify.getEnv().actorRunId).get()).status, 'RUNNING');
  },
  async 'what is not served is refused at once'() {
    const refused = [
      () => Apify.call('apify/hello-world'),
      () => Apify.callTask('my/task'),
      () => Apify.metamorph('apify/hello-world'),
      () => Apify.addWebhook({ eventTypes: ['ACTOR.RUN.FAILED'], requestUrl: 'http://a/' }),
    ];
    for (const call of refused) await assert.rejects(call, /local platform serves one run/);
  },
};

Apify.main(async () => {
  for (const [name, call] of Object.entries(CALLS))
    console.log('CALL ' + JSON.stringify([name, await call().then(() => 'ok', ({ stack }) => stack)]));
});
`;

describe.concurrent('at home, every public call is answered as the API answers it', () => {
  test.each(['2', '1', '0'] as const)('to SDK %s', async (sdk) => {
    const folder = await actorFolder({
      sdk,
      files: { 'src/main.js': MAIN, 'storage/key_value_stores/default/INPUT.json': { a: 1 } },
    });
    const { output } = await migrateActor({ folder: folder.path, at: [], environment: { SITE: `${site.url}/` } });
    await folder.remove();
    const calls = [...output.matchAll(/^CALL (.*)$/gm)].map(([, call = '']): unknown => JSON.parse(call));
    expect(calls, output).toHaveLength(8);
    expect(calls).toEqual(calls.map((call) => [Array.isArray(call) ? call[0] : '', 'ok']));
  });
});
