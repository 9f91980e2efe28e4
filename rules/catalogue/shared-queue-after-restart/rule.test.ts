import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { sharedQueueAfterRestart } from './rule.ts';

const IMPORTS = `import { Actor } from 'apify';\nimport { CheerioCrawler, PlaywrightCrawler, createCheerioRouter, Configuration } from 'crawlee';\nawait Actor.init();\n`;
const LISTS = `const lists = new CheerioCrawler({ requestHandler: async () => { await Actor.pushData({ list: 1 }); } });\n`;
const PAGES = `const pages = new CheerioCrawler({ async requestHandler() { await Actor.pushData({ page: 1 }); } });\n`;
const BOTH = `${IMPORTS}${LISTS}${PAGES}`;

describe('it finds the second of two crawlers', () => {
  it.each([
    [
      'at the top level',
      `${BOTH}await lists.run(urls);\n/*~*/await pages.run(more);\n`.replace('/*~*/await ', 'await /*~*/'),
    ],
    ['in parentheses', `${BOTH}await (lists.run(urls));\nawait (/*~*/pages.run(more));\n`],
    [
      'whose promises are awaited later',
      `${BOTH}const first = lists.run(urls);\nawait first;\nconst second = /*~*/pages.run(more);\nawait second;\n`,
    ],
    ['in a chain', `${BOTH}await lists.run(urls).then((stats) => console.log(stats));\nawait /*~*/pages.run(more);\n`],
    [
      'of different kinds, with work between them',
      `${IMPORTS}${LISTS}const pages = new PlaywrightCrawler({ requestHandler: open });\nasync function open() { await Actor.pushData({}); }\nconst stats = await lists.run();\nconsole.log(stats);\nif (more.length === 0) throw new Error('none');\nconst other = await /*~*/pages.run(more);\n`,
    ],
    [
      'in main',
      `${IMPORTS}Actor.main(async () => {\n${LISTS}${PAGES}await lists.run(urls);\nawait pages.addRequests(more);\nawait /*~*/pages.run();\n});\n`,
    ],
    [
      'in CommonJS, with a router each',
      `const { Actor } = require('apify');\nconst { CheerioCrawler, createCheerioRouter } = require('crawlee');\nconst a = createCheerioRouter();\na.addDefaultHandler(async () => {});\nconst b = createCheerioRouter();\nb.addDefaultHandler(async () => {});\nconst options = { requestHandler: b };\nasync function main() {\n  const lists = new CheerioCrawler({ requestHandler: a });\n  const pages = new CheerioCrawler(options);\n  await lists.run();\n  await /*~*/pages.run();\n}\nmain();\n`,
    ],
    [
      'in functions of their own',
      `${BOTH}const crawlLists = () => lists.run(urls);\nasync function crawlPages() {\n  await /*~*/pages.run(more);\n}\nawait crawlLists();\nawait crawlPages();\n`,
    ],
    [
      'in a branch behind the first',
      `${BOTH}await lists.run(urls);\nif (more.length > 0) {\n  await /*~*/pages.run(more);\n}\n`,
    ],
    ['in a chain', `${BOTH}await lists.run(urls).then(() => /*~*/pages.run(more));\n`],
    ['by names in texts', `${BOTH}await lists['run'](urls);\nawait /*~*/pages['run'](more);\n`],
    ['called another way', `${BOTH}await lists.run.call(lists, urls);\nawait /*~*/pages.run.apply(pages, [more]);\n`],
    [
      'with options that are spread and quoted',
      `${IMPORTS}${LISTS}const some = { maxConcurrency: 1 };\nconst pages = new CheerioCrawler(...[{ ...some, ['requestHandler']: async () => { await Actor.pushData({ page: 1 }); } }]);\nawait lists.run(urls);\nawait /*~*/pages.run(more);\n`,
    ],
    [
      'behind a try',
      `${BOTH}try {\n  await lists.run(urls);\n} finally {\n  console.log('lists');\n}\nawait /*~*/pages.run(more);\n`,
    ],
  ])('%s', (_, code) => {
    expectReports(sharedQueueAfterRestart, code);
  });

  it('where they are made in modules of their own', () => {
    const reports = expectReports(sharedQueueAfterRestart, {
      'main.ts': `import { Actor } from 'apify';\nimport { lists } from './lists.js';\nimport { pages } from './pages.js';\nawait Actor.init();\nawait lists.run();\nawait /*~ shared-queue-after-restart */pages.run();\n`,
      'lists.ts': `import { CheerioCrawler } from 'crawlee';\nexport const lists = new CheerioCrawler({ async requestHandler() {} });\n`,
      'pages.ts': `import { CheerioCrawler } from 'crawlee';\nexport const pages = new CheerioCrawler({ async requestHandler({ request }) { console.log(request.url); } });\n`,
    });
    expect(reports[0]?.related[0]?.node.getText()).toBe('lists.run()');
  });
});

function withSecond(crawler: string): string {
  return `${IMPORTS}${LISTS}${crawler}await lists.run(urls);\nawait pages.run(more);\nawait Actor.exit();\n`;
}

describe('the fix "own-queue"', () => {
  const queue = 'requestQueue: await Actor.openRequestQueue(`pages-${Actor.getEnv().actorRunId ?? Date.now()}`),';

  it.each([
    ['in one line', PAGES, PAGES.replace('{ async', `{ ${queue} async`)],
    [
      'in lines of their own',
      `const pages = new CheerioCrawler({\n    maxConcurrency: 1,\n    async requestHandler() { work(); },\n});\n`,
      `const pages = new CheerioCrawler({\n    ${queue}\n    maxConcurrency: 1,\n    async requestHandler() { work(); },\n});\n`,
    ],
  ])('writes into options %s', (_, pages, fixed) => {
    expect(applyAllFixes(sharedQueueAfterRestart, withSecond(pages))['main.js']).toBe(withSecond(fixed));
  });

  it.each([
    [
      'the crawler is made before the SDK is started',
      `${BOTH.replace('await Actor.init();\n', '')}await Actor.init();\n`,
    ],
    [
      'its options stand elsewhere',
      `${IMPORTS}${LISTS}const options = { async requestHandler() { work(); } };\nconst pages = new CheerioCrawler(options);\n`,
    ],
    ['it is made in each round of a loop', `${IMPORTS}for (const urls of all) {\n${LISTS}${PAGES}`, '}\n'],
  ])('is not offered where %s', (_, before, end = '') => {
    const code = `${before}await lists.run(urls);\nawait pages.run(more);\n${end}`;
    const reports = reportsOf(sharedQueueAfterRestart, code);
    expect(reports.map(({ fixes }) => fixes)).toEqual([[]]);
  });
});

describe('it is quiet', () => {
  const runs = `await lists.run(urls);\nawait pages.run(more);\n`;
  const withPages = (pages: string): string => `${IMPORTS}${LISTS}${pages}${runs}`;
  it.each([
    [
      'where both run at once',
      `${BOTH}const first = lists.run(urls);\nconst second = pages.run(more);\nawait first;\nawait second;\n`,
    ],
    [
      'where options that are spread have a queue',
      withPages(
        `const some = { requestQueue: queue };\nconst pages = new CheerioCrawler({ ...some, requestHandler: async () => {} });\n`,
      ),
    ],
    [
      'where options get a queue later',
      withPages(
        `const some = { requestHandler: async () => {} };\nsome.requestQueue = queue;\nconst pages = new CheerioCrawler(some);\n`,
      ),
    ],
    [
      'where a queue is asked for by a name in a text',
      `${BOTH}await lists.run(urls);\nconst { requestQueue } = lists;\nawait requestQueue.drop();\nawait pages.run(more);\n`,
    ],
    ['where something else gets the crawler', `${BOTH}await lists.run(urls);\nreset(lists);\nawait pages.run(more);\n`],
    ['where one is run', `${BOTH}await lists.run(urls);\n`],
    ['where one is run twice', `${BOTH}await lists.run(urls);\nawait lists.run(more);\n`],
    [
      'where both come from one function',
      `${IMPORTS}const make = () => new CheerioCrawler({ async requestHandler() {} });\nconst lists = make();\nconst pages = make();\n${runs}`,
    ],
    [
      'where only one of them runs',
      `${BOTH}if (a) {\n  await lists.run(urls);\n} else {\n  await pages.run(more);\n}\n`,
    ],
    [
      'where the first is left out once it is done',
      `${BOTH}if (!state.listed) await lists.run(urls);\nawait pages.run(more);\n`,
    ],
    [
      'where the first may be left out in its function',
      `${BOTH}async function crawlLists() {\n  if (state.listed) return;\n  await lists.run(urls);\n}\nawait crawlLists();\nawait pages.run(more);\n`,
    ],
    [
      'where the second comes first in another round',
      `${BOTH}for (const kind of kinds) {\n  if (kind === 'list') await lists.run(urls);\n  else await pages.run(more);\n}\n`,
    ],
    ['where they run at once', `${BOTH}await Promise.all([lists.run(urls), pages.run(more)]);\n`],
    [
      'where one has a queue',
      withPages(
        `const pages = new CheerioCrawler({ requestQueue: await Actor.openRequestQueue('b'), async requestHandler() {} });\n`,
      ),
    ],
    [
      'where one has a list, in shorthand',
      withPages(`const pages = new CheerioCrawler({ requestList, async requestHandler() {} });\n`),
    ],
    [
      'where a queue may be in what is spread',
      withPages(`const pages = new CheerioCrawler({ ...shared, async requestHandler() {} });\n`),
    ],
    ['where the options are not in the code', withPages(`const pages = new CheerioCrawler(optionsOf('pages'));\n`)],
    ['where a queue is put in later', withPages(`${PAGES}pages.requestQueue = await Actor.openRequestQueue('b');\n`)],
    [
      'where the queue is dropped between',
      `${BOTH}await lists.run(urls);\nawait (await lists.getRequestQueue()).drop();\nawait pages.run(more);\n`,
    ],
    ['where a crawler is handed on', withPages(`${PAGES}prepare(pages);\n`)],
    [
      'where one has a configuration of its own',
      withPages(
        `const pages = new CheerioCrawler({ async requestHandler() {} }, new Configuration({ defaultRequestQueueId: 'b' }));\n`,
      ),
    ],
    [
      'where they share a router',
      `${IMPORTS}const router = createCheerioRouter();\nrouter.addHandler('a', async () => {});\nconst lists = new CheerioCrawler({ requestHandler: router });\nconst pages = new CheerioCrawler({ requestHandler: router, maxConcurrency: 1 });\n${runs}`,
    ],
    [
      'where they share a handler',
      `${IMPORTS}async function handle() {}\nconst lists = new CheerioCrawler({ requestHandler: handle });\nconst pages = new CheerioCrawler({ requestHandler: handle });\n${runs}`,
    ],
    [
      'where the handler cannot be followed',
      withPages(`const pages = new CheerioCrawler({ requestHandler: handlers.pages });\n`),
    ],
    [
      'on classes that are called the same',
      `import { Actor } from 'apify';\nimport { CheerioCrawler } from './own.js';\n${LISTS}${PAGES}${runs}`,
    ],
    [
      'on pools',
      `import { Actor } from 'apify';\nimport { AutoscaledPool } from 'crawlee';\nconst lists = new AutoscaledPool({ runTaskFunction: async () => {} });\nconst pages = new AutoscaledPool({ runTaskFunction: async () => { work(); } });\nawait lists.run();\nawait pages.run();\n`,
    ],
    ['on broken code', `${BOTH}await lists.run(;\nawait pages.`],
  ])('%s', (_, code) => {
    expectReports(sharedQueueAfterRestart, code);
  });

  it('of the SDK 2, where each is given a list', () => {
    expectReports(
      sharedQueueAfterRestart,
      `const Apify = require('apify');\nApify.main(async () => {\n  const lists = new Apify.CheerioCrawler({ handlePageFunction: async () => {} });\n  const pages = new Apify.CheerioCrawler({ handlePageFunction: async () => { work(); } });\n  await lists.run();\n  await pages.run();\n});\n`,
      'apify 2',
    );
  });

  it('on Crawlee alone', () => {
    expectReports(
      sharedQueueAfterRestart,
      `import { CheerioCrawler } from 'crawlee';\nconst lists = new CheerioCrawler({ async requestHandler() {} });\nconst pages = new CheerioCrawler({ async requestHandler() { work(); } });\nawait lists.run(urls);\nawait pages.run(more);\n`,
      'crawlee 3',
    );
  });
});
