import { describe, expect, it } from 'vitest';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { expectReports } from '../expect-reports.ts';
import type { Fixture, MarkedFiles } from '../expect-reports.ts';
import { missingMigratingHandler } from '../missing-migrating-handler/rule.ts';
import type { Report } from '../rule.ts';
import { unpersistedState } from './rule.ts';

/** The reports of this rule; the one for Actors that keep nothing has nothing to say where something is kept. */
function reportsIn(fixture: Fixture, sdk?: FixtureSdk): readonly Report[] {
  const reports = expectReports(unpersistedState, fixture, sdk);
  expectReports(missingMigratingHandler, withoutMarkers(fixture), sdk);
  return reports;
}

function withoutMarkers(fixture: Fixture): MarkedFiles {
  const files = typeof fixture === 'string' ? { 'main.js': fixture } : fixture;
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll('/*~*/', '')]));
}

/** An Actor whose crawler changes `kept` and `lost`; what keeps them stands before it. */
function crawl(
  keeping: string,
  imports = `import { Actor, log } from 'apify';\nimport { CheerioCrawler } from 'crawlee';`,
): string {
  return `${imports}
await Actor.init();
const { startUrls, maxItems } = await Actor.getInput();
${keeping}
const crawler = new CheerioCrawler({
  async requestHandler({ $, request, enqueueLinks }) {
    kept.pages += 1;
    const id = $('h1').attr('id');
    if (lost.has(id)) return;
    lost.add(id);
    await Actor.pushData({ id, pages: kept.pages });
    await enqueueLinks();
  },
});
await crawler.run(startUrls);
await Actor.exit();
`;
}

describe('one thing is kept, and its neighbour is lost', () => {
  it('the page that a function hands on to itself, beside the state of a loop', () => {
    const [report] = reportsIn(`import { Actor } from 'apify';
await Actor.init();
const { categories } = await Actor.getInput();
const state = await Actor.useState('STATE', { next: 0, urls: [] });
for (; state.next < categories.length; state.next += 1) {
  state.urls.push(await (await fetch(categories[state.next])).text());
}
async function crawl(/*~*/page) {
  const rows = await (await fetch(\`https://example.com/?page=\${page}\`)).json();
  await Actor.pushData(rows);
  if (rows.length > 0) await crawl(page + 1);
}
await crawl(1);
await Actor.exit();`);
    expect(report?.message).toContain('`page` starts anew after a migration');
    expect(report?.fixes).toEqual([]);
  });

  it('a seen-set beside statistics in useState', () => {
    const [report] = reportsIn(
      crawl(`const kept = await Actor.useState('STATS', { pages: 0 });
const /*~*/lost = new Set();`),
    );
    expect(report?.severity).toBe('warning');
    expect(report?.message).toContain('`lost` restarts empty after a migration');
    expect(report?.message).toContain('stored twice');
    expect(report?.related.map(({ message }) => message)).toEqual([
      'changed for each request that this crawler handles',
    ]);
  });

  it.each([
    [
      'an inline listener',
      `const kept = (await Actor.getValue('STATE')) ?? { pages: 0 };
Actor.on('persistState', async () => { await Actor.setValue('STATE', kept); });`,
    ],
    [
      'an arrow that returns the promise',
      `const kept = (await Actor.getValue('STATE')) ?? { pages: 0 };
Actor.on('migrating', () => Actor.setValue('STATE', kept));`,
    ],
    [
      'a named function for several events',
      `const kept = (await Actor.getValue('STATE')) || { pages: 0 };
const save = async () => { await Actor.setValue('STATE', kept); };
for (const event of ['aborting', 'migrating']) Actor.on(event, save);
Actor.on('persistState', save);`,
    ],
    [
      'a store that is opened',
      `const store = await Actor.openKeyValueStore('states');
const kept = (await store.getValue('STATE')) ?? { pages: 0 };
Actor.on('migrating', async () => { await store.setValue('STATE', { ...kept }); });`,
    ],
    [
      'a timer',
      `const kept = (await Actor.getValue('STATE')) ?? { pages: 0 };
setInterval(async () => { await Actor.setValue('STATE', kept); }, 30_000);`,
    ],
    [
      'getAutoSavedValue',
      `const kept = await (await Actor.openKeyValueStore()).getAutoSavedValue('STATE', { pages: 0 });`,
    ],
  ])('beside what %s keeps', (_, keeping) => {
    expect(reportsIn(crawl(`${keeping}\nconst /*~*/lost = new Set();`))).toHaveLength(1);
  });

  it("beside what the crawler's own useState keeps, which the handler asks for", () => {
    reportsIn(`import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
let /*~*/count = 0;
const crawler = new CheerioCrawler({
  async requestHandler({ $, crawler: self, useState }) {
    const stats = await self.useState({ pages: 0 });
    stats.pages += 1;
    count += 1;
    if (count > 1000) return;
    await Actor.pushData({ title: $('title').text() });
  },
});
await crawler.run(await Actor.getInput());
await Actor.exit();`);
  });

  it("beside what the context's useState keeps, in Crawlee alone", () => {
    reportsIn(
      `import { CheerioCrawler } from '@crawlee/cheerio';
const /*~*/rows = [];
const crawler = new CheerioCrawler({
  async requestHandler({ $, useState, enqueueLinks, pushData }) {
    const stats = await useState({ pages: 0 });
    stats.pages += 1;
    rows.push($('h1').text());
    await enqueueLinks();
  },
});
await crawler.run(['https://example.com']);
await crawler.pushData(rows);`,
      'crawlee 3',
    );
  });

  it('beside what a bare useState keeps', () => {
    reportsIn(
      `import { CheerioCrawler, Dataset, useState } from 'crawlee';
const stats = await useState('STATS', { pages: 0 });
const /*~*/rows = [];
const crawler = new CheerioCrawler({
  async requestHandler({ $, enqueueLinks }) {
    stats.pages += 1;
    rows.push($('h1').text());
    await enqueueLinks();
  },
});
await crawler.run(['https://example.com']);
await Dataset.pushData(rows);`,
      'crawlee 3',
    );
  });

  it.each<[FixtureSdk]>([['apify 0'], ['apify 1'], ['apify 2']])('%s: beside what Apify.events saves', (sdk) => {
    reportsIn(
      `const Apify = require('apify');
Apify.main(async () => {
    const { startUrls, maxItems } = await Apify.getInput();
    const state = (await Apify.getValue('STATE')) || { errors: 0 };
    let /*~*/pushed = 0;
    Apify.events.on('persistState', async () => {
        await Apify.setValue('STATE', state);
    });
    const requestList = await Apify.openRequestList('start', startUrls);
    const requestQueue = await Apify.openRequestQueue();
    const crawler = new Apify.CheerioCrawler({
        requestList,
        requestQueue,
        handlePageFunction: async ({ $, request }) => {
            if (pushed >= maxItems) return;
            pushed++;
            await Apify.pushData({ url: request.url, errors: state.errors });
        },
        handleFailedRequestFunction: async () => { state.errors++; },
    });
    await crawler.run();
    await Apify.setValue('OUTPUT', state);
});`,
      sdk,
    );
  });

  it('each lost variable gets a report of its own', () => {
    const reports = reportsIn(`import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const kept = await Actor.useState('STATE', { pages: 0 });
const /*~*/rows = [];
let /*~*/errors = 0;
const crawler = new CheerioCrawler({
  async requestHandler({ $ }) { kept.pages += 1; rows.push($('h1').text()); },
  failedRequestHandler() { errors += 1; },
});
await crawler.run(await Actor.getInput());
await Actor.setValue('OUTPUT', { rows, errors, pages: kept.pages });
await Actor.exit();`);
    expect(reports.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  });

  it('a loop whose position is kept, and whose sum is not', () => {
    const [report] = reportsIn(`import { Actor } from 'apify';
await Actor.init();
const { urls } = await Actor.getInput();
const state = await Actor.useState('STATE', { next: 0 });
let /*~*/total = 0;
while (state.next < urls.length) {
  const response = await fetch(urls[state.next]);
  const { price } = await response.json();
  total += price;
  await Actor.pushData({ price });
  state.next += 1;
}
await Actor.setValue('OUTPUT', { total });
await Actor.exit();`);
    expect(report?.severity).toBe('warning');
    expect(report?.message).toContain('while the rest goes on where it was');
  });

  it('a loop whose position a checkpoint keeps, and whose seen-set is not', () => {
    reportsIn(`import { Actor } from 'apify';
await Actor.init();
let page = (await Actor.getValue('PAGE')) ?? 1;
const /*~*/seen = new Set();
for (; page < 500; page += 1) {
  const rows = await (await fetch('https://example.com/?page=' + page)).json();
  for (const row of rows) {
    if (seen.has(row.id)) continue;
    seen.add(row.id);
    await Actor.pushData(row);
  }
  await Actor.setValue('PAGE', page);
}
await Actor.exit();`);
  });
});

const ROUTER = `import { Actor } from 'apify';
import { createCheerioRouter } from 'crawlee';
import { state } from './state.js';
const /*~*/seen = new Set();
export const router = createCheerioRouter();
router.addDefaultHandler(async ({ $ }) => {
  state.pages += 1;
  const id = $('h1').text();
  if (seen.has(id)) return;
  seen.add(id);
  await Actor.pushData({ id });
});`;
const main = (rest: string): string => `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { router } from './routes.js';
${rest}
const crawler = new CheerioCrawler({ requestHandler: router });
await crawler.run(await Actor.getInput());
await Actor.setValue('OUTPUT', state);
await Actor.exit();`;

describe('the listener stands elsewhere', () => {
  it.each<[string, MarkedFiles]>([
    [
      'a module that restores and saves',
      {
        'main.js': main(`import { state, keepState } from './state.js';
await Actor.init();
await keepState();`),
        'routes.js': ROUTER,
        'state.js': `import { Actor } from 'apify';
export const state = { pages: 0 };
export async function keepState() {
  Object.assign(state, await Actor.getValue('STATE'));
  Actor.on('persistState', () => Actor.setValue('STATE', state));
}`,
      },
    ],
    [
      'a class with a bound method, and EventType',
      {
        'main.js': main(`import { state, keeper } from './state.js';
await Actor.init();
await keeper.start();`),
        'routes.js': ROUTER,
        'state.js': `import { Actor } from 'apify';
import { EventType } from 'crawlee';
export const state = { pages: 0 };
class Keeper {
  async start() {
    Object.assign(state, await Actor.getValue('STATE'));
    Actor.on(EventType.PERSIST_STATE, this.save.bind(this));
  }
  async save() { await Actor.setValue('STATE', state); }
}
export const keeper = new Keeper();`,
      },
    ],
    [
      'a factory that gives the listener',
      {
        'main.js': main(`import { state, makeSaver } from './state.js';
await Actor.init();
const { save } = await makeSaver('STATE');
Actor.on('migrating', save);`),
        'routes.js': ROUTER,
        'state.js': `import { Actor } from 'apify';
export const state = { pages: 0 };
export async function makeSaver(key) {
  const store = await Actor.openKeyValueStore();
  Object.assign(state, await store.getValue(key));
  return { save: async () => { await store.setValue(key, state); } };
}`,
      },
    ],
    [
      'events that are handed in',
      {
        'main.js': main(`import { state, listen } from './state.js';
await Actor.init();
await listen({ events: Actor, store: await Actor.openKeyValueStore() });`),
        'routes.js': ROUTER,
        'state.js': `export const state = { pages: 0 };
export async function listen({ events, store }) {
  Object.assign(state, await store.getValue('STATE'));
  events.on('persistState', async () => { await store.setValue('STATE', state); });
}`,
      },
    ],
  ])('%s', (_, files) => {
    reportsIn(files);
  });
});

describe('quiet', () => {
  it.each([
    [
      'where the listener saves the set as an array',
      `const saved = (await Actor.getValue('STATE')) ?? { pages: 0, ids: [] };
const kept = { pages: saved.pages };
const lost = new Set(saved.ids);
Actor.on('persistState', async () => { await Actor.setValue('STATE', { pages: kept.pages, ids: [...lost] }); });`,
    ],
    [
      'where a function makes what is saved',
      `const kept = { pages: 0 };
const lost = new Set();
const snapshot = () => ({ ...kept, lost: Array.from(lost) });
Object.assign(kept, await Actor.getValue('STATE'));
Actor.on('migrating', async () => { const state = snapshot(); await Actor.setValue('STATE', state); });`,
    ],
    [
      'where each has a listener of its own',
      `const kept = await Actor.useState('STATE', { pages: 0 });
const lost = new Set(await Actor.getValue('SEEN'));
Actor.on('migrating', () => Actor.setValue('SEEN', [...lost]));`,
    ],
    [
      'where a library that is not known gets it in the listener',
      `const kept = await Actor.useState('STATE', { pages: 0 });
const lost = new Set();
const { backup } = await import('state-backup');
Actor.on('migrating', async () => { await backup(lost); });`,
    ],
    [
      'where the set is filled from a dataset at the start',
      `const kept = await Actor.useState('STATE', { pages: 0 });
const dataset = await Actor.openDataset();
const { items } = await dataset.getData({ fields: ['id'] });
const lost = new Set(items.map(({ id }) => id));`,
    ],
  ])('%s', (_, keeping) => {
    expect(reportsIn(crawl(keeping))).toEqual([]);
  });

  it('a class that saves its fields', () => {
    reportsIn(`import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
class State {
  #pages = 0;
  seen = new Set();
  async init() {
    const saved = await Actor.getValue('STATE');
    if (saved) { this.#pages = saved.pages; this.seen = new Set(saved.seen); }
    Actor.on('persistState', this.save.bind(this));
  }
  next() { return ++this.#pages; }
  async save() { await Actor.setValue('STATE', { pages: this.#pages, seen: [...this.seen] }); }
}
await Actor.init();
const state = new State();
await state.init();
const crawler = new CheerioCrawler({
  async requestHandler({ $ }) {
    const id = $('h1').text();
    if (state.seen.has(id)) return;
    state.seen.add(id);
    await Actor.pushData({ id, page: state.next() });
  },
});
await crawler.run(await Actor.getInput());
await Actor.exit();`);
  });

  it('a cache, a log count, failures in a row, beside what is kept', () => {
    reportsIn(`import { Actor, log } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { geocode } from 'geocoder';
await Actor.init();
const state = await Actor.useState('STATE', { pages: 0 });
const places = new Map();
let logged = 0;
let failuresInARow = 0;
const crawler = new CheerioCrawler({
  async requestHandler({ $ }) {
    state.pages += 1;
    logged += 1;
    failuresInARow = 0;
    log.info('page ' + logged);
    const city = $('.city').text();
    if (!places.has(city)) places.set(city, await geocode(city));
    await Actor.pushData({ city, place: places.get(city) });
  },
  async failedRequestHandler() { failuresInARow += 1; if (failuresInARow > 20) await Actor.fail('blocked'); },
});
await crawler.run(await Actor.getInput());
await Actor.setValue('OUTPUT', state);
await Actor.exit();`);
  });

  it('a listener that saves nothing leaves it to missing-migrating-handler', () => {
    const code = `import { Actor, log } from 'apify';
await Actor.init();
Actor.on('migrating', () => { log.info('moving'); });
let page = 1;
while (true) {
  const rows = await (await fetch('https://example.com/?page=' + page)).json();
  if (rows.length === 0) break;
  await Actor.pushData(rows);
  page += 1;
}
await Actor.exit();`;
    expectReports(unpersistedState, code);
    expect(expectReports(missingMigratingHandler, code.replace('page = 1', '/*~*/page = 1'))).toHaveLength(1);
  });
});
