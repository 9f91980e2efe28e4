import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports } from '../expect-reports.ts';
import type { MarkedFiles } from '../expect-reports.ts';
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
    [
      'options in a constant, spread',
      `const inMemory = { /*~*/persistStorage: false };\nconst configuration = new Configuration({ purgeOnStart: true, ...inMemory });`,
    ],
    [
      'options that a function hands on',
      `const make = (options) => new Configuration(options);\nconst configuration = make({ /*~*/persistStorage: false });\nexport const other = make({ persistStorage: true });`,
    ],
    [
      'a value in a constant',
      `const isWritten = false;\nconst configuration = new Configuration({ /*~*/'persistStorage': isWritten });`,
    ],
    ['options in a list', `const configuration = new Configuration(...[{ /*~*/persistStorage: false }]);`],
  ])('%s', (_, made) => {
    const [report] = expectReports(memoryOnlyStorage, crawl(made), 'crawlee 3');
    expect(report?.severity).toBe('information');
  });

  it.each([
    [
      'is given to a queue',
      `await Actor.init();\nconst queue = await RequestQueue.open('a', { storageClient: storage });`,
    ],
    [
      'is given to a queue, beside the start',
      `await Actor.init({ storage });\nconst queue = await RequestQueue.open('a', { storageClient: storage });`,
    ],
    [
      'is set behind the start',
      `await Actor.init();\nConfiguration.useStorageClient(storage);\nconst queue = await Actor.openRequestQueue();`,
    ],
    [
      'is set in a configuration of its own',
      `const config = new Configuration();\nconfig.useStorageClient(storage);\nawait Actor.init();\nconst queue = await RequestQueue.open('a', { config });`,
    ],
  ])('a storage in TypeScript and another file that %s', (_, start) => {
    expectReports(memoryOnlyStorage, withStorage(start));
  });
});

/** An Actor that works through a queue, with a storage in memory that is made in another file. */
function withStorage(start: string, marker = '/*~*/'): MarkedFiles {
  return {
    'main.ts': `import { Actor } from 'apify';
import { Configuration, RequestQueue } from 'crawlee';
import { storage } from './storage.js';
${start}
for (;;) {
  const request = await queue.fetchNextRequest();
  if (request === null) break;
  await Actor.pushData({ url: request.url });
  await queue.markRequestHandled(request);
}
await Actor.exit();`,
    'storage.ts': `import { MemoryStorage } from '@crawlee/memory-storage';
export const storage = new MemoryStorage({ ${marker}persistStorage: false });`,
  };
}

describe('where the platform puts its own storages in the place, it is quiet on', () => {
  it.each([
    ['the storage of Actor.init', `await Actor.init({ storage });`],
    [
      'the storage of Actor.init, which a function gives',
      `const start = (...given) => Actor.init(...given);\nawait start({ storage });`,
    ],
    ['the storage of Actor.init, called another way', `await Actor.init.apply(Actor, [{ storage }]);`],
    [
      'the storage of all, by a function',
      `function keep(client) { Configuration.useStorageClient(client); }\nkeep(storage);\nawait Actor.init();`,
    ],
    ['the storage of all, before the start', `Configuration.useStorageClient(storage);\nawait Actor.init();`],
    [
      'the storage of the configuration of all, before the start',
      `Configuration.getGlobalConfig().useStorageClient(storage);\nawait Actor.init();`,
    ],
  ])('%s', (_, start) => {
    expectReports(memoryOnlyStorage, withStorage(`${start}\nconst queue = await Actor.openRequestQueue();`, ''));
  });

  it('the storage of Actor.main, written into its options', () => {
    expectReports(
      memoryOnlyStorage,
      `import { Actor } from 'apify';
import { MemoryStorage } from 'crawlee';
await Actor.main(async () => {
  const queue = await Actor.openRequestQueue();
  for (let request = await queue.fetchNextRequest(); request; request = await queue.fetchNextRequest()) {
    await Actor.pushData(await (await fetch(request.url)).json());
    await queue.markRequestHandled(request);
  }
}, { storage: new MemoryStorage({ persistStorage: false }) });`,
    );
  });
});

describe('it is quiet on', () => {
  it.each([
    ['a storage that is written down', `const configuration = new Configuration({ persistStorage: true });`],
    ['a choice', `const configuration = new Configuration({ persistStorage: process.env.CI === undefined });`],
    ['no options', `const configuration = new Configuration();`],
    [
      'an option of that name of something else',
      `class Cache { constructor(options) { this.options = options; } }\nconst cache = new Cache({ persistStorage: false });\nconst configuration = new Configuration();`,
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
