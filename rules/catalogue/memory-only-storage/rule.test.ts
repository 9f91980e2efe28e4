import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports } from '../expect-reports.ts';
import { memoryOnlyStorage } from './rule.ts';

const CRAWLER = `new CheerioCrawler({ requestHandler: async ({ enqueueLinks, pushData }) => { await enqueueLinks(); await pushData({}); } }`;

/** A program of Crawlee that crawls with the given configuration. */
function crawl(made: string, given = 'configuration'): string {
  return `import { CheerioCrawler, Configuration, MemoryStorage } from 'crawlee';
${made}
const crawler = ${CRAWLER}, ${given});
await crawler.run(['https://example.com']);
`;
}

describe('it finds', () => {
  it.each([
    ['a configuration', `const configuration = new Configuration({ /*~*/persistStorage: false });`],
    [
      'a storage client',
      `const configuration = new Configuration();\nconfiguration.useStorageClient(new MemoryStorage({ /*~*/persistStorage: false }));`,
    ],
    [
      'one option of several',
      `const configuration = new Configuration({ purgeOnStart: true, /*~*/persistStorage: false });`,
    ],
  ])('%s', (_, made) => {
    const [report] = expectReports(memoryOnlyStorage, crawl(made), 'crawlee 3');
    expect(report?.severity).toBe('information');
  });

  it('the storage of an Actor, in TypeScript and another file', () => {
    expectReports(memoryOnlyStorage, {
      'main.ts': `import { Actor } from 'apify';
import { storage } from './storage.js';
await Actor.init({ storage });
const queue = await Actor.openRequestQueue();
for (;;) {
  const request = await queue.fetchNextRequest();
  if (request === null) break;
  await Actor.pushData({ url: request.url });
  await queue.markRequestHandled(request);
}
await Actor.exit();`,
      'storage.ts': `import { MemoryStorage } from '@crawlee/memory-storage';
export const storage = new MemoryStorage({ /*~*/persistStorage: false });`,
    });
  });
});

describe('it is quiet on', () => {
  it.each([
    ['a storage that is written down', `const configuration = new Configuration({ persistStorage: true });`],
    ['a choice', `const configuration = new Configuration({ persistStorage: process.env.CI === undefined });`],
    ['no options', `const configuration = new Configuration();`],
    [
      'an option of that name of something else',
      `const cache = ((options) => options)({ persistStorage: false });\nconst configuration = new Configuration(cache);`,
    ],
    ['broken code', `const configuration = new Configuration({ persistStorage: `],
  ])('%s', (_, made) => {
    expectReports(memoryOnlyStorage, crawl(made), 'crawlee 3');
  });

  it('a program that does one thing', () => {
    expectReports(
      memoryOnlyStorage,
      `import { Configuration, KeyValueStore } from 'crawlee';
const config = new Configuration({ persistStorage: false });
const store = await KeyValueStore.open('cache', { config });
await store.setValue('A', 1);`,
      'crawlee 3',
    );
  });

  it('a crawl of one page', () => {
    expectReports(
      memoryOnlyStorage,
      `import { CheerioCrawler, Configuration } from 'crawlee';
const crawler = new CheerioCrawler({}, new Configuration({ persistStorage: false }));
await crawler.run(['https://example.com']);`,
      'crawlee 3',
    );
  });

  it('a server, whose clients wait for what the crawler finds', () => {
    expectReports(memoryOnlyStorage, {
      'main.js': `import { createServer } from 'node:http';
import { Actor } from 'apify';
import { CheerioCrawler, Configuration } from 'crawlee';
await Actor.init();
const configuration = new Configuration({ persistStorage: false });
const crawler = ${CRAWLER}, configuration);
createServer(async (request, response) => {
  await crawler.addRequests([request.url]);
  response.end();
}).listen(process.env.ACTOR_STANDBY_PORT);`,
    });
  });
});

describe('the fix "remove"', () => {
  it.each([
    ['the only option', `new Configuration({ persistStorage: false });`, `new Configuration();`],
    [
      'the first one',
      `new Configuration({ persistStorage: false, purgeOnStart: true }); // local`,
      `new Configuration({ purgeOnStart: true }); // local`,
    ],
    [
      'the last one, on a line',
      `new Configuration({\n  purgeOnStart: true,\n  persistStorage: false,\n});`,
      `new Configuration({\n  purgeOnStart: true,\n});`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(memoryOnlyStorage, crawl(`const configuration = ${before}`), 'crawlee 3')).toEqual({
      'main.js': crawl(`const configuration = ${after}`),
    });
  });
});
