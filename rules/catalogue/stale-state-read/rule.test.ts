import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { staleStateRead } from './rule.ts';

/** Code of an Actor of the SDK 3 that is initialised and has the state S. */
function withState(code: string): string {
  return `import { Actor } from 'apify';
await Actor.init();
const KEY = 'S';
const state = await Actor.useState('S', { page: 1 });
${code}
await Actor.exit();
`;
}

describe('it finds', () => {
  it.each([
    ['a read of the key', `const now = await /*~*/Actor.getValue('S');\nconsole.log(now, state);`],
    ['a read through a constant', `const now = await /*~*/Actor.getValue(KEY);`],
    ['a read in a function', `async function report() { return /*~*/Actor.getValue('S'); }\nawait report();`],
    ['a read from the opened store', `const store = await Actor.openKeyValueStore();\nawait /*~*/store.getValue('S');`],
    [
      'a read with a first value',
      `const store = await Actor.openKeyValueStore();\nawait /*~*/store.getValue('S', { page: 1 });`,
    ],
  ])('%s', (_, code) => {
    expectReports(staleStateRead, withState(code));
  });

  it("a read of a crawler's state by the key that it has", () => {
    const [report] = expectReports(
      staleStateRead,
      {
        'main.js': `import { CheerioCrawler } from 'crawlee';
import { report } from './report.js';
const crawler = new CheerioCrawler({
  requestHandler: async ({ useState }) => {
    const state = await useState({ count: 0 });
    state.count += 1;
    await report();
  },
});
await crawler.run();`,
        'report.js': `import { KeyValueStore } from 'crawlee';
export async function report() {
  const state = await /*~*/KeyValueStore.getValue('CRAWLEE_STATE');
  console.log(state?.count);
}`,
      },
      'crawlee 3',
    );
    expect(report?.message).toBe(
      'useState owns the key `CRAWLEE_STATE`, and its record is written once a minute: what is read here is old, or nothing at all',
    );
  });
});

const REPORT = `async function report() { console.log(await KeyValueStore.getValue('S')); }`;
const FOUND = REPORT.replace('KeyValueStore.', '/*~*/KeyValueStore.');

/** Code behind a crawl of Crawlee alone, whose handler has the state S. */
function behindCrawl(code: string): string {
  return `import { CheerioCrawler, KeyValueStore, useState } from 'crawlee';
const crawler = new CheerioCrawler({ requestHandler: async () => { const own = await useState('S', { page: 1 }); own.page += 1; await work(); } });
const state = await useState('S', { page: 1 });
async function crawl() { await crawler.run(['https://example.com']); }
async function work() {}
${code}
`;
}

describe('behind the end of a crawler, with Crawlee alone, it is quiet on', () => {
  it.each([
    ['a read', `await crawler.run();\nawait KeyValueStore.getValue('S');`],
    ['a read in a block', `await crawler.run();\nif (state.page > 1) { await KeyValueStore.getValue('S'); }`],
    ['a read in a function that is called there', `await crawler.run();\nawait report();\n${REPORT}`],
    ['a read behind a function that crawls', `await crawl();\nawait KeyValueStore.getValue('S');`],
    ['a read in a finally block', `try { await crawler.run(); } finally { await KeyValueStore.getValue('S'); }`],
    [
      'a read behind a use of the state',
      `await crawler.run();\nconsole.log(state.page);\nawait KeyValueStore.getValue('S');`,
    ],
  ])('%s', (_, code) => {
    expectReports(staleStateRead, behindCrawl(code), 'crawlee 3');
  });
});

describe('around the end of a crawler, it finds', () => {
  it.each([
    ['a read in front of it', `await report();\nawait crawler.run();\n${FOUND}`],
    [
      'a read that a handler calls too',
      `await crawler.run();\nawait report();\nnew CheerioCrawler({ requestHandler: async () => { await report(); } });\n${FOUND}`,
    ],
    ['a read while it goes on', `const running = crawler.run();\nawait report();\nawait running;\n${FOUND}`],
    [
      'a read behind a change of the state',
      `await crawler.run();\nstate.page += 1;\nawait /*~*/KeyValueStore.getValue('S');`,
    ],
    [
      'a read behind a change in a list',
      `await crawler.run();\nstate.pages.push(1);\nawait /*~*/KeyValueStore.getValue('S');`,
    ],
  ])('%s', (_, code) => {
    expectReports(staleStateRead, behindCrawl(code), 'crawlee 3');
  });

  it('a read with the SDK 3, whose crawlers do not wait for the save', () => {
    const code = `import { CheerioCrawler } from 'crawlee';\nconst crawler = new CheerioCrawler({});\nawait crawler.run();\nawait /*~*/Actor.getValue('S');`;
    expectReports(staleStateRead, withState(code));
  });
});

describe('it is quiet on', () => {
  it.each([
    ['another key', `await Actor.getValue('T');`],
    ['another store', `const store = await Actor.openKeyValueStore('runs');\nawait store.getValue('S');`],
    [
      'a store that is not known',
      `const open = (name) => Actor.openKeyValueStore(name);\nawait (await open(process.argv[2])).getValue('S');`,
    ],
    ['the state itself', `const same = await Actor.useState('S');`],
    ['whether there is a record', `const store = await Actor.openKeyValueStore();\nawait store.recordExists('S');`],
    ['a key that is made at run time', `await Actor.getValue(\`S-\${state.page}\`);`],
    ['the input', `await Actor.getInput();\nawait Actor.getValue('INPUT');`],
    ['a getValue of something else', `const form = { getValue: (name) => name };\nform.getValue('S');`],
    ['a read behind the end of the events', `await Actor.exit({ exit: false });\nawait Actor.getValue('S');`],
    ['broken code', `await Actor.getValue(`],
  ])('%s', (_, code) => {
    expectReports(staleStateRead, withState(code));
  });

  it('a read before the state is asked for', () => {
    expectReports(
      staleStateRead,
      `import { Actor } from 'apify';
await Actor.init();
const before = await Actor.getValue('S');
const state = await Actor.useState('S', { page: 1 });
if (before === null) state.page = 2;
await Actor.exit();`,
    );
  });

  it('a record that a listener saves', () => {
    expectReports(
      staleStateRead,
      `const Apify = require('apify');
Apify.main(async () => {
  const state = (await Apify.getValue('S')) || { page: 1 };
  Apify.events.on('migrating', () => Apify.setValue('S', state));
});`,
      'apify 2',
    );
  });
});

describe('the fix "state"', () => {
  it.each([
    [
      'useState',
      `const now = await Actor.getValue('S'); // now\nconsole.log(now?.page);`,
      `const now = await Actor.useState('S'); // now\nconsole.log(now?.page);`,
    ],
    [
      'getAutoSavedValue',
      `const store = await Actor.openKeyValueStore();\nconsole.log(await store.getValue(KEY));`,
      `const store = await Actor.openKeyValueStore();\nconsole.log(await store.getAutoSavedValue(KEY));`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(staleStateRead, withState(before))).toEqual({ 'main.js': withState(after) });
  });

  it('is not offered for a function by its own name', () => {
    const [report] = reportsOf(staleStateRead, withState(`const { getValue } = Actor;\nawait getValue('S');`));
    expect(report?.fixes).toEqual([]);
  });
});
