import { describe, expect, it } from 'vitest';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { expectReports } from '../expect-reports.ts';
import type { Fixture, MarkedFiles } from '../expect-reports.ts';
import type { Report } from '../rule.ts';
import { missingMigratingHandler } from './rule.ts';

function reportsIn(fixture: Fixture, sdk?: FixtureSdk): readonly Report[] {
  return expectReports(missingMigratingHandler, fixture, sdk);
}

function severitiesIn(fixture: Fixture, sdk?: FixtureSdk): readonly string[] {
  return reportsIn(fixture, sdk).map(({ severity }) => severity);
}

/** An SDK 3 Actor whose crawler runs this for each request. */
function crawl(before: string, handler: string, after = ''): string {
  return `import { Actor, log } from 'apify';
import { CheerioCrawler, Dataset } from 'crawlee';
await Actor.init();
const { startUrls, maxItems, proxy } = await Actor.getInput();
${before}
const crawler = new CheerioCrawler({
  async requestHandler({ $, request, enqueueLinks, crawler: self }) {
    ${handler}
    await enqueueLinks({ selector: '.next' });
  },
});
await crawler.run(startUrls);
${after}
await Actor.exit();
`;
}

/** What is told beside the count of a class whose objects are made like this. */
function relatedToQuota(made: string): readonly string[] {
  const quota = `class Quota {
  /*~*/left = 100;
  take() { this.left -= 1; return this.left > 0; }
}`;
  const handler = `if (!quota.take()) return;
    await Actor.pushData({ url: request.url });`;
  const [report] = reportsIn(crawl(`${quota}\n${made}`, handler));
  return report?.related.map(({ node }) => node.getText()) ?? [];
}

/** An SDK 3 Actor with this in the place of its work. */
function run(code: string): string {
  return `import { Actor, log } from 'apify';
import { gotScraping } from 'got-scraping';
await Actor.init();
const { items, keywords, maxItems } = await Actor.getInput();
${code}
await Actor.exit();
`;
}

describe('the requests that are handled stay handled, so what they left in memory is gone', () => {
  it('a count that stops the crawl', () => {
    const fixture = crawl(
      `let /*~*/pushed = 0;`,
      `for (const card of $('.card').toArray()) {
      if (pushed >= maxItems) return;
      pushed += 1;
      await Actor.pushData({ title: $(card).text() });
    }`,
    );
    const [report] = reportsIn(fixture);
    expect(report?.severity).toBe('warning');
    expect(report?.message).toBe(
      '`pushed` restarts from 0 after a migration: nothing saves it, and the requests that are already handled are not handled again, so the result is wrong',
    );
    expect(report?.related.map(({ node, message }) => [node.getText(), message])).toEqual([
      ['CheerioCrawler', 'changed for each request that this crawler handles'],
    ]);
  });

  it('a count written as an assignment, and one that a ternary asks', () => {
    reportsIn(
      crawl(
        `let /*~*/count = 0;`,
        `count = count + 1;
    await (count > maxItems ? self.autoscaledPool.abort() : Actor.pushData({ url: request.url }));`,
      ),
    );
  });

  it('a seen-set that guards the write', () => {
    const [report] = reportsIn(
      crawl(
        `const /*~*/seen = new Set();`,
        `const id = $('h1').attr('id');
    if (seen.has(id)) return;
    seen.add(id);
    await Actor.pushData({ id });`,
      ),
    );
    expect(report?.message).toContain('`seen` restarts empty');
    expect(report?.message).toContain('stored twice');
  });

  it('a seen-set that is an object, and one that is an array', () => {
    reportsIn(
      crawl(
        `const /*~*/seen = {};`,
        `const id = $('h1').attr('id');
    if (!seen[id]) {
      seen[id] = true;
      await Actor.pushData({ id });
    }`,
      ),
    );
    reportsIn(
      crawl(
        `const /*~*/done = [];`,
        `const id = $('h1').attr('id');
    if (done.includes(id)) return;
    done.push(id);
    await Actor.pushData({ id });`,
      ),
    );
  });

  it('a seen-set that a filter asks', () => {
    reportsIn(
      crawl(
        `const /*~*/seen = new Set();`,
        `const fresh = $('.card').toArray().map((card) => ({ id: $(card).attr('id') })).filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    await Actor.pushData(fresh);`,
      ),
    );
  });

  it('rows gathered and written when the crawl is over', () => {
    const [report] = reportsIn(
      crawl(`const /*~*/rows = [];`, `rows.push({ title: $('h1').text() });`, `await Actor.pushData(rows);`),
    );
    expect(report?.severity).toBe('warning');
  });

  it('rows gathered in a Map, sorted and written as the output', () => {
    reportsIn(
      crawl(
        `const /*~*/best = new Map();`,
        `best.set(request.url, $('.price').text());`,
        `const sorted = [...best.entries()].sort((a, b) => a[1] - b[1]);
await Actor.setValue('OUTPUT', { sorted });`,
      ),
    );
  });

  it('a result that one request sets and the end writes', () => {
    reportsIn(
      crawl(
        `let /*~*/found;`,
        `if (request.label === 'DETAIL') found = { title: $('h1').text() };`,
        `await Actor.setValue('OUTPUT', found);`,
      ),
    );
  });

  it.each([
    ['spliced', `const flush = async () => { await Actor.pushData(rows.splice(0)); };`],
    ['emptied', `const flush = async () => { await Actor.pushData(rows); rows.length = 0; };`],
  ])('rows that are written a hundred at a time, and %s', (_, flush) => {
    reportsIn(
      crawl(
        `const /*~*/rows = [];\n${flush}`,
        `rows.push({ url: request.url });\n    if (rows.length >= 100) await flush();`,
        `if (rows.length > 0) await flush();`,
      ),
    );
  });

  it('rows that each request writes at its end are written by then', () => {
    reportsIn(
      crawl(
        `const rows = [];\nconst flush = async () => { if (rows.length > 0) await Actor.pushData(rows.splice(0)); };`,
        `rows.push({ url: request.url });\n    await flush();`,
      ),
    );
  });

  it('a state that is saved on abort only, though it is read at the start', () => {
    const [report] = reportsIn(
      crawl(
        `const /*~*/state = (await Actor.getValue('STATE')) ?? { pushed: 0 };
Actor.on('aborting', async () => { await Actor.setValue('STATE', state); });`,
        `if (state.pushed >= maxItems) return;\n    state.pushed += 1;\n    await Actor.pushData({ url: request.url });`,
      ),
    );
    expect(report?.related.at(-1)?.message).toBe('saves on `aborting`, which a migration does not emit');
  });

  it('the heaviest first, and the others beside it', () => {
    const [report] = reportsIn(
      crawl(
        `let errors = 0;
const rows = [];
const /*~*/seen = new Set();`,
        `const id = $('h1').attr('id');
    if (seen.has(id)) return;
    seen.add(id);
    rows.push(id);
    if (!id) errors += 1;
    await Actor.pushData({ id });`,
        `await Actor.setValue('OUTPUT', { rows, errors });`,
      ),
    );
    expect(report?.related.map(({ node }) => node.getText())).toEqual(['CheerioCrawler', 'rows', 'errors']);
  });

  it('a field, and where the one object that has it is made', () => {
    expect(relatedToQuota('const quota = new Quota();')).toEqual(['CheerioCrawler', 'Quota']);
    expect(relatedToQuota('const quota = new Quota();\nconst other = new Quota();\nother.take();')).toEqual([
      'CheerioCrawler',
    ]);
  });

  it('one report for each crawler', () => {
    reportsIn(`import { Actor } from 'apify';
import { CheerioCrawler, PlaywrightCrawler } from 'crawlee';
await Actor.init();
const { startUrls } = await Actor.getInput();
const /*~*/links = [];
const lister = new CheerioCrawler({
  async requestHandler({ $ }) { links.push($('a').attr('href')); },
});
await lister.run(startUrls);
await Actor.setValue('LINKS', links);
const /*~*/pages = [];
const visitor = new PlaywrightCrawler({
  async requestHandler({ page }) { pages.push(await page.title()); },
});
await visitor.run(links);
await Actor.setValue('PAGES', pages);
await Actor.exit();`);
  });
});

const entry = (rest: string): string => `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
${rest}`;

describe('a count of failures', () => {
  it.each([
    ['the condition of Actor.fail', `if (failed > 0) await Actor.fail('Some failed.');`],
    ['the condition of an exit with a code', `if (failed > 0) await Actor.exit({ exitCode: 1 });`],
    ['the code of Actor.exit', `await Actor.exit({ exitCode: failed > 0 ? 1 : 0 });`],
    ['the code of process.exit', `process.exit(failed > 0 ? 1 : 0);`],
    ['the code that the process is to end with', `process.exitCode = failed > 0 ? 1 : 0;`],
  ])('matters as the exit status, in %s', (_, after) => {
    const [report] = reportsIn(crawl(`let /*~*/failed = 0;`, `if ($('h1').length === 0) failed += 1;`, after));
    expect(report?.message).toMatch(/ so the exit status is wrong$/u);
    expect(report?.severity).toBe('warning');
  });

  it.each([
    ['only told', `await Actor.exit(\`\${failed} pages failed\`);`],
    ['asked before a plain exit', `if (failed > 0) await Actor.exit();`],
    ['asked before an exit that says that all is well', `if (failed > 0) await Actor.exit({ exitCode: 0 });`],
    ['asked in a function that something else calls', `if (failed > 0) process.on('exit', () => process.exit(1));`],
  ])('does not matter where it is %s', (_, after) => {
    reportsIn(crawl(`let failed = 0;`, `if ($('h1').length === 0) failed += 1;`, after));
  });

  it('in a row begins anew', () => {
    reportsIn(
      crawl(
        `let errors = 0;`,
        `try { await Actor.pushData({ title: $('h1').text() }); errors = 0; } catch { errors += 1; if (errors > 5) await Actor.fail('Too many.'); }`,
      ),
    );
  });

  it('that is never set back is none in a row', () => {
    reportsIn(
      crawl(
        `let /*~*/errors = 0;`,
        `try { await Actor.pushData({ title: $('h1').text() }); } catch { errors += 1; if (errors > 5) await Actor.fail('Too many.'); }`,
      ),
    );
  });
});

describe('a count that only says when', () => {
  it.each([
    [
      'something is saved now and then',
      `count += 1; if (count % 100 === 0) await Actor.setValue('REPORT', { at: Date.now() });`,
    ],
    ['counted in the condition', `if (++count % 100 === 0) await Actor.setValue('REPORT', { at: Date.now() });`],
    ['in parentheses', `count += 1; if (((count) % 100) === 0) await Actor.setValue('REPORT', { at: Date.now() });`],
  ])('does not matter: %s', (_, handler) => {
    reportsIn(crawl(`let count = 0;`, handler));
  });

  it('matters where it also is a limit', () => {
    reportsIn(
      crawl(
        `let /*~*/count = 0;`,
        `count += 1; if (count % 100 === 0) log.info('still here'); if (count < maxItems) await Actor.pushData({ url: request.url });`,
      ),
    );
  });
});

describe('wherever the state and the handlers stand', () => {
  it.each<[string, MarkedFiles]>([
    [
      'a router in another file, with addHandler',
      {
        'main.js': entry(`import { router } from './routes.js';
await Actor.init();
const crawler = new CheerioCrawler({ requestHandler: router });
await crawler.run(await Actor.getInput());
await Actor.exit();`),
        'routes.js': `import { Actor } from 'apify';
import { createCheerioRouter } from 'crawlee';
let /*~*/saved = 0;
export const router = createCheerioRouter();
router.addDefaultHandler(async ({ enqueueLinks }) => { await enqueueLinks({ label: 'DETAIL' }); });
router.addHandler('DETAIL', async ({ $, crawler }) => {
  saved += 1;
  if (saved > 500) return crawler.autoscaledPool.abort();
  await Actor.pushData({ title: $('title').text() });
});`,
      },
    ],
    [
      'an object of handlers',
      {
        'main.js': entry(`import { handlers } from './handlers.js';
import { Router } from 'crawlee';
await Actor.init();
const crawler = new CheerioCrawler({ requestHandler: Router.create(handlers) });
await crawler.run(await Actor.getInput());
await Actor.exit();`),
        'handlers.js': `import { Actor } from 'apify';
const /*~*/known = new Set();
export const handlers = {
  LIST: async ({ enqueueLinks }) => { await enqueueLinks({ label: 'DETAIL' }); },
  async DETAIL({ $, request }) {
    const sku = $('.sku').text();
    if (known.has(sku)) return;
    known.add(sku);
    await Actor.pushData({ sku, url: request.url });
  },
};`,
      },
    ],
    [
      'a factory whose closure holds it',
      {
        'main.js': entry(`import { createHandler } from './handler.js';
await Actor.init();
const { startUrls, limit } = await Actor.getInput();
const crawler = new CheerioCrawler({ requestHandler: createHandler(limit) });
await crawler.run(startUrls);
await Actor.exit();`),
        'handler.js': `import { Actor } from 'apify';
export function createHandler(limit) {
  let /*~*/left = limit;
  return async ({ $, request }) => {
    if (left <= 0) return;
    left -= 1;
    await Actor.pushData({ url: request.url, title: $('title').text() });
  };
}`,
      },
    ],
    [
      'a state object in another file, changed through a parameter',
      {
        'main.js': entry(`import { stats } from './stats.js';
import { handlePage } from './page.js';
await Actor.init();
const crawler = new CheerioCrawler({ requestHandler: (context) => handlePage(context, stats) });
await crawler.run(await Actor.getInput());
await Actor.setValue('OUTPUT', stats);
await Actor.exit();`),
        'stats.js': `export const /*~*/stats = { pages: 0, errors: 0 };`,
        'page.js': `export async function handlePage({ $ }, counters) {
  counters.pages++;
  if (!$('h1').length) counters.errors++;
}`,
      },
    ],
    [
      'a state object, passed in an options object and taken apart',
      {
        'main.js': entry(`import { handlePage } from './page.js';
await Actor.init();
const /*~*/state = { total: 0 };
const crawler = new CheerioCrawler({ requestHandler: (context) => handlePage({ context, state }) });
await crawler.run(await Actor.getInput());
await Actor.setValue('OUTPUT', { total: state.total });
await Actor.exit();`),
        'page.js': `export async function handlePage({ context: { $ }, state }) {
  state.total += $('.item').length;
}`,
      },
    ],
    [
      'a module singleton with a setter',
      {
        'main.js': entry(`import { addPrice, prices } from './prices.js';
await Actor.init();
const crawler = new CheerioCrawler({ async requestHandler({ $ }) { addPrice($('h1').text(), $('.price').text()); } });
await crawler.run(await Actor.getInput());
await Actor.setValue('OUTPUT', prices());
await Actor.exit();`),
        'prices.js': `const /*~*/byName = {};
export function addPrice(name, price) { byName[name] = price; }
export const prices = () => byName;`,
      },
    ],
    [
      'a private field of a class, and bound methods',
      {
        'main.js': entry(`import { Scraper } from './scraper.js';
await Actor.init();
await new Scraper().run(await Actor.getInput());
await Actor.exit();`),
        'scraper.js': `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
export class Scraper {
  /*~*/#results = [];
  async handle({ $, request }) { this.#results.push({ url: request.url, title: $('title').text() }); }
  async run(urls) {
    const crawler = new CheerioCrawler({ requestHandler: this.handle.bind(this) });
    await crawler.run(urls);
    await Actor.pushData(this.#results);
  }
}`,
      },
    ],
    [
      'a field that the constructor makes',
      {
        'main.js': `const { Actor } = require('apify');
const { CheerioCrawler } = require('crawlee');
class Job {
  constructor() {
    this./*~*/seen = new Set();
    this.crawler = new CheerioCrawler({ requestHandler: async (context) => this.handle(context) });
  }
  async handle({ $, request }) {
    const id = $('#id').text();
    if (this.seen.has(id)) return;
    this.seen.add(id);
    await Actor.pushData({ id, url: request.url });
  }
}
Actor.main(async () => { await new Job().crawler.run(await Actor.getInput()); });`,
      },
    ],
    [
      'TypeScript, in a field with a type',
      {
        'main.ts': `import { Actor } from 'apify';
import { PlaywrightCrawler, type PlaywrightCrawlingContext } from 'crawlee';
interface Row { readonly url: string; readonly title: string }
class Scraper {
  private readonly /*~*/rows: Row[] = [];
  private async handle({ page, request }: PlaywrightCrawlingContext): Promise<void> {
    this.rows.push({ url: request.url, title: await page.title() });
  }
  async run(urls: string[]): Promise<void> {
    const crawler = new PlaywrightCrawler({ requestHandler: (context) => this.handle(context) });
    await crawler.run(urls);
    await Actor.pushData(this.rows);
  }
}
await Actor.init();
await new Scraper().run((await Actor.getInput<string[]>()) ?? []);
await Actor.exit();`,
      },
    ],
    [
      'dependencies that are handed in',
      {
        'main.js': `import { Actor } from 'apify';
import { run } from './run.js';
await Actor.init();
await run(await Actor.getInput(), { pushData: (item) => Actor.pushData(item), charge: (event) => Actor.charge({ eventName: event }) });
await Actor.exit();`,
        'run.js': `import { CheerioCrawler } from 'crawlee';
export async function run({ urls, max }, deps) {
  let /*~*/sold = 0;
  const crawler = new CheerioCrawler({
    async requestHandler({ $ }) {
      if (sold >= max) return;
      sold += 1;
      await deps.charge('item');
      await deps.pushData({ title: $('title').text() });
    },
  });
  await crawler.run(urls);
}`,
      },
    ],
  ])('%s', (_, files) => {
    reportsIn(files);
  });
});

describe('in every generation of the SDK', () => {
  const legacy = `const Apify = require('apify');
const { handleList, handleDetail } = require('./pages');
Apify.main(async () => {
    const input = await Apify.getInput();
    const requestQueue = await Apify.openRequestQueue();
    await requestQueue.addRequest({ url: input.url, userData: { label: 'LIST' } });
    for (const url of input.more) await requestQueue.addRequest({ url });
    const routes = { LIST: handleList, DETAIL: handleDetail };
    const crawler = new Apify.CheerioCrawler({
        requestQueue,
        handlePageFunction: async (context) => {
            await routes[context.request.userData.label](context, input);
        },
    });
    await crawler.run();
});`;
  const pages = `const Apify = require('apify');
let /*~*/stored = 0;
exports.handleList = async ({ $, request }) => {
    await Apify.utils.enqueueLinks({ $, requestQueue: request.queue });
};
exports.handleDetail = async ({ $, request }, input) => {
    if (stored >= input.maxItems) return;
    stored++;
    await Apify.pushData({ url: request.url, title: $('title').text() });
};`;

  it.each<[FixtureSdk]>([['apify 0'], ['apify 1'], ['apify 2']])(
    '%s: handlePageFunction that calls a route chosen at run time',
    (sdk) => {
      expect(severitiesIn({ 'main.js': legacy, 'pages.js': pages }, sdk)).toEqual(['warning']);
    },
  );

  it('Crawlee alone, with its own Dataset', () => {
    reportsIn(
      `import { CheerioCrawler, Dataset } from 'crawlee';
const /*~*/seen = new Set();
const crawler = new CheerioCrawler({
  async requestHandler({ $, enqueueLinks }) {
    const id = $('h1').text();
    if (!seen.has(id)) {
      seen.add(id);
      await Dataset.pushData({ id });
    }
    await enqueueLinks();
  },
});
await crawler.run(['https://example.com']);`,
      'crawlee 3',
    );
  });

  it('Crawlee, through the context of the handler', () => {
    reportsIn(
      `import { BasicCrawler } from '@crawlee/basic';
let /*~*/count = 0;
const crawler = new BasicCrawler({
  async requestHandler({ request, pushData, addRequests, sendRequest }) {
    const { body } = await sendRequest();
    if (++count > 100) return;
    await pushData({ url: request.url, body });
    await addRequests(JSON.parse(body).links);
  },
});
await crawler.run(['https://example.com/api']);`,
      'crawlee 3',
    );
  });
});

describe('a loop starts over, and does again what it did', () => {
  it('a page that the next request needs', () => {
    const [report] = reportsIn(
      run(`let /*~*/page = 1;
while (true) {
  const { body } = await gotScraping({ url: \`https://example.com/list?page=\${page}\` });
  const rows = JSON.parse(body);
  if (rows.length === 0) break;
  await Actor.pushData(rows);
  page += 1;
}`),
    );
    expect(report?.severity).toBe('warning');
    expect(report?.message).toBe(
      '`page` restarts from 1 after a migration: nothing saves it, so work that is done is done again, and its results are stored twice',
    );
  });

  it('a cursor that an answer brings', () => {
    reportsIn(
      run(`let /*~*/cursor = null;
do {
  const response = await fetch('https://example.com/api?cursor=' + cursor);
  const answer = await response.json();
  await Actor.pushData(answer.rows);
  cursor = answer.next;
} while (cursor);`),
    );
  });

  it('a list that work is taken from', () => {
    reportsIn(
      run(`const /*~*/todo = [...keywords];
while (todo.length > 0) {
  const keyword = todo.shift();
  const response = await fetch('https://example.com/search?q=' + keyword);
  await Actor.pushData({ keyword, html: await response.text() });
}`),
    );
  });

  it('a seen-set that guards the write', () => {
    reportsIn(
      run(`const /*~*/seen = new Set();
for (const keyword of keywords) {
  const rows = await (await fetch('https://example.com/?q=' + keyword)).json();
  for (const row of rows) {
    if (seen.has(row.id)) continue;
    seen.add(row.id);
    await Actor.pushData(row);
  }
}`),
    );
  });

  it('without a variable: the charge that is made again', () => {
    const [report] = reportsIn(
      run(`for (const item of items) {
  const response = await fetch(item.url);
  await Actor.pushData({ text: await response.text() });
  await /*~*/Actor.charge({ eventName: 'page' });
}`),
    );
    expect(report?.severity).toBe('warning');
    expect(report?.message).toContain('written or charged again');
    expect(report?.related.map(({ node }) => node.getText())).toEqual(['const item']);
  });

  it('without a variable: the call in the loop that leads to a write elsewhere', () => {
    reportsIn({
      'main.js': run(`for (const keyword of keywords) {
  const rows = await search(keyword);
  await /*~*/store(rows);
}`).replace(`import { gotScraping } from 'got-scraping';`, `import { search, store } from './work.js';`),
      'work.js': `import { Actor } from 'apify';
import got from 'got';
export const search = async (keyword) => got('https://example.com/?q=' + keyword).json();
const storeOne = async (row) => Actor.pushData({ ...row, at: Date.now() });
export async function store(rows) { for (const row of rows) await storeOne(row); }`,
    });
  });

  it('charges through a billing object that is handed in', () => {
    reportsIn({
      'main.js': `import { Actor } from 'apify';
import { run } from './run.js';
await Actor.init();
const billing = { page: async () => Actor.charge({ eventName: 'page' }) };
await run(await Actor.getInput(), { pushData: (x) => Actor.pushData(x), billing });
await Actor.exit();`,
      'run.js': `export async function run(input, { pushData, billing }) {
  for (const url of input.urls) {
    const response = await fetch(url);
    await pushData({ url, status: response.status });
    await /*~*/billing.page();
  }
}`,
    });
  });

  it('what is gathered and written once costs only its time', () => {
    const [report] = reportsIn(
      run(`const /*~*/rows = [];
for (const item of items) {
  const response = await fetch(item.url);
  rows.push(await response.json());
}
await Actor.pushData(rows);`),
    );
    expect(report?.severity).toBe('information');
    expect(report?.message).toBe(
      '`rows` restarts empty after a migration: nothing saves it, so all that was gathered is gathered again from the start',
    );
  });

  it.each([
    [
      'Promise.all over a map',
      `await Promise.all(items.map(async (item) => { all.push(await (await fetch(item.url)).json()); }));`,
    ],
    ['for await', `for await (const item of pages()) { all.push(await (await fetch(item.url)).json()); }`],
    [
      'p-map',
      `await pMap(items, async (item) => { all.push(await (await fetch(item.url)).json()); }, { concurrency: 4 });`,
    ],
    [
      'a dataset, item by item',
      `const source = await Actor.openDataset('source');
await source.forEach(async (item) => { all.push(await (await fetch(item.url)).json()); });`,
    ],
  ])('time is lost in %s', (_, code) => {
    expect(
      severitiesIn(`import { Actor } from 'apify';
import pMap from 'p-map';
import { pages } from './pages.js';
await Actor.init();
const { items } = await Actor.getInput();
const /*~*/all = [];
${code}
await Actor.setValue('OUTPUT', all);
await Actor.exit();`),
    ).toEqual(['information']);
  });
});

describe('quiet where the work is soon done again', () => {
  it.each([
    [
      'a loop over a short list in the code',
      `for (const country of ['cz', 'de', 'fr']) {
  const rows = await (await fetch('https://example.com/' + country)).json();
  await Actor.pushData({ country, rows });
}`,
    ],
    [
      'a loop up to a small number',
      `for (let page = 1; page <= 5; page++) {
  const response = await fetch('https://example.com/?page=' + page);
  await Actor.pushData({ page, html: await response.text() });
}`,
    ],
    [
      'retries',
      `let response;
for (let attempt = 0; attempt < maxItems.maxRetries; attempt++) {
  response = await fetch('https://example.com');
  if (response.ok) { await Actor.pushData({ attempt }); break; }
}`,
    ],
    [
      'while with a countdown',
      `let tries = 3;
while (tries--) {
  const response = await fetch('https://example.com');
  if (response.ok) { await Actor.pushData({ ok: true }); break; }
}`,
    ],
    [
      'a loop that only writes what is there',
      `for (const item of items) await Actor.pushData({ ...item, seen: true });`,
    ],
    [
      'a loop that writes and charges what is there',
      `let sold = 0;
for (const item of items) {
  await Actor.pushData({ id: item.id });
  await Actor.charge({ eventName: 'item' });
  sold += 1;
}
await Actor.setValue('OUTPUT', { sold });`,
    ],
    [
      'polling for a run to end',
      `let status = 'RUNNING';
while (status === 'RUNNING') {
  await Actor.sleep?.(5000);
  const response = await fetch('https://api.example.com/runs/last');
  status = (await response.json()).status;
}
await Actor.setValue('OUTPUT', { status });`,
    ],
    [
      'a loop that does not wait',
      `const rows = [];
for (const item of items) rows.push({ id: item.id });
await Actor.pushData(rows);`,
    ],
    [
      'a timer',
      `let ticks = 0;
setInterval(async () => { ticks += 1; await Actor.setValue('TICKS', { at: ticks }); }, 1000);`,
    ],
    [
      'records that have a key each',
      `for (const item of items) {
  const response = await fetch(item.url);
  await Actor.setValue(item.key, await response.text());
}`,
    ],
  ])('%s', (_, code) => {
    expect(reportsIn(run(code))).toEqual([]);
  });

  it('a server, in Standby', () => {
    reportsIn(`import { Actor } from 'apify';
import express from 'express';
await Actor.init();
const app = express();
let served = 0;
app.get('/', async (request, response) => {
  served += 1;
  const answer = await fetch(request.query.url);
  await Actor.pushData({ served, status: answer.status });
  response.send({ served });
});
app.listen(3000);`);
  });

  it('a crawl of the few pages that stand in the code', () => {
    reportsIn(`import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const rows = [];
const crawler = new CheerioCrawler({ async requestHandler({ $ }) { rows.push($('title').text()); } });
await crawler.run(['https://example.com/a', 'https://example.com/b']);
await Actor.pushData(rows);
await Actor.exit();`);
  });
});

describe('quiet where nothing depends on it', () => {
  it.each([
    [
      'a count that is only logged',
      `let pages = 0;`,
      `pages += 1; log.info('page ' + pages); await Actor.pushData({ url: request.url });`,
      '',
    ],
    [
      'a count in the status message',
      `let pages = 0;`,
      `pages += 1; await Actor.setStatusMessage('page ' + pages); await Actor.pushData({ url: request.url });`,
      '',
    ],
    [
      'a token that is fetched once',
      `let token;`,
      `if (!token) token = await login(proxy); await Actor.pushData({ html: await get(request.url, token) });`,
      '',
    ],
    [
      'a cache by key',
      `const cache = new Map();`,
      `const host = new URL(request.url).host;
    if (!cache.has(host)) cache.set(host, await lookUp(host));
    await Actor.pushData({ url: request.url, address: cache.get(host) });`,
      '',
    ],
    [
      'a pool of browsers',
      `const pool = [];`,
      `const browser = pool.pop() ?? (await puppeteer.launch());
    await Actor.pushData({ html: await read(browser, request.url) });
    pool.push(browser);`,
      '',
    ],
    [
      'a connection',
      `let socket;`,
      `if (!socket) socket = new WebSocket('wss://example.com'); await Actor.pushData({ url: request.url });`,
      `socket?.close();`,
    ],
    [
      'a value on its way from a hook to the handler',
      `const pending = new Map();`,
      `const before = pending.get(request.id);
    pending.delete(request.id);
    pending.set(request.id, $('title').text());
    if (before) await Actor.pushData({ before });`,
      '',
    ],
    [
      'what a request makes for itself',
      ``,
      `const rows = [];
    let page = 0;
    while (page < 100) { rows.push(await (await fetch(request.url + page)).json()); page += 1; }
    await Actor.pushData(rows);`,
      '',
    ],
    [
      'progress that the request carries',
      ``,
      `request.userData.page = (request.userData.page ?? 0) + 1;
    if (request.userData.page > maxItems) return;
    await Actor.pushData({ page: request.userData.page });`,
      '',
    ],
    [
      'failures in a row',
      `let consecutiveErrors = 0;`,
      `if (!$('h1').length) { consecutiveErrors += 1; if (consecutiveErrors > 10) throw new Error('blocked'); }
    else consecutiveErrors = 0;
    await Actor.pushData({ url: request.url });`,
      '',
    ],
    [
      'a limit that an input sets',
      `let limit = maxItems;`,
      `if (limit > 0) await Actor.pushData({ url: request.url });`,
      '',
    ],
    [
      'an output that no collection is',
      `const output = { set(row) { log.info(row.url); } };`,
      `output.set({ url: request.url }); await Actor.pushData({ url: request.url });`,
      '',
    ],
  ])('%s', (_, before, handler, after) => {
    expect(reportsIn(crawl(before, handler, after))).toEqual([]);
  });

  it('an Actor that only crawls and pushes', () => {
    reportsIn(crawl('', `await Actor.pushData({ url: request.url, title: $('title').text() });`));
  });

  it('code that nothing runs', () => {
    reportsIn(
      run(`async function old(list) {
  for (const item of list) await Actor.pushData({ html: await (await fetch(item.url)).text() });
}`),
    );
  });
});

/** An SDK 3 Actor whose crawler has this option beside its router. */
function limited(limit: string, before: string, handler: string): string {
  return `import { Actor } from 'apify';
import { CheerioCrawler, createCheerioRouter } from 'crawlee';
await Actor.init();
const { startUrls, maxPages, maxItems } = await Actor.getInput();
const router = createCheerioRouter();
${before}
router.addDefaultHandler(async ({ $, request, enqueueLinks }) => {
  ${handler}
  await Actor.pushData({ url: request.url });
  await enqueueLinks();
});
const crawler = new CheerioCrawler({ requestHandler: router, ${limit} });
await crawler.run(startUrls);
await Actor.exit();
`;
}

describe('a count of requests with the limit of the crawler', () => {
  it.each([
    ['the same limit', 'maxRequestsPerCrawl: maxPages', `pages++;\n  if (pages >= maxPages) return;`],
    [
      'the same limit, by its short name',
      'maxPages, maxRequestsPerCrawl: maxPages',
      `pages += 1;\n  if (maxPages <= pages) return;`,
    ],
  ])('is quiet where both have %s', (_, limit, handler) => {
    expectReports(missingMigratingHandler, limited(limit, `let pages = 0;`, handler));
  });

  it.each([
    ['another limit', 'maxRequestsPerCrawl: maxPages', `pages++;\n  if (pages >= maxItems) return;`],
    ['no limit in the crawler', 'maxRequestRetries: 2', `pages++;\n  if (pages >= maxPages) return;`],
    [
      'a count of items',
      'maxRequestsPerCrawl: maxPages',
      `for (const card of $('.card')) pages++;\n  if (pages >= maxPages) return;`,
    ],
    ['steps of more', 'maxRequestsPerCrawl: maxPages', `pages += $('.card').length;\n  if (pages >= maxPages) return;`],
    ['another use too', 'maxRequestsPerCrawl: maxPages', `pages++;\n  if (pages >= maxPages || pages > 9) return;`],
  ])('is reported with %s', (_, limit, handler) => {
    reportsIn(limited(limit, `let /*~*/pages = 0;`, handler));
  });
});

describe('quiet where something keeps it', () => {
  it.each([
    [
      'a checkpoint in each round',
      `let page = (await Actor.getValue('PAGE')) ?? 1;
while (page < 1000) {
  const rows = await (await fetch('https://example.com/?page=' + page)).json();
  await Actor.pushData(rows);
  page += 1;
  await Actor.setValue('PAGE', page);
}`,
    ],
    [
      'a timer that saves',
      `const state = (await Actor.getValue('STATE')) ?? { page: 1 };
setInterval(() => Actor.setValue('STATE', state), 10_000);
while (state.page < 1000) {
  const rows = await (await fetch('https://example.com/?page=' + state.page)).json();
  await Actor.pushData(rows);
  state.page += 1;
}`,
    ],
    [
      "the dataset's own count",
      `const dataset = await Actor.openDataset();
const { itemCount } = await dataset.getInfo();
let at = itemCount;
while (at < items.length) {
  const response = await fetch(items[at].url);
  await dataset.pushData({ text: await response.text() });
  at += 1;
}`,
    ],
    [
      'a loop that asks the dataset how many there are',
      `const dataset = await Actor.openDataset();
const done = (await dataset.getInfo()).itemCount;
for (const item of items.slice(done)) {
  const response = await fetch(item.url);
  await Actor.pushData({ text: await response.text() });
}`,
    ],
    [
      'a loop over a request queue',
      `const queue = await Actor.openRequestQueue();
for (;;) {
  const request = await queue.fetchNextRequest();
  if (!request) break;
  const response = await fetch(request.url);
  await Actor.pushData({ text: await response.text() });
  await queue.markRequestHandled(request);
}`,
    ],
    [
      'a loop that runs a crawler: the handled requests stay handled',
      `const { CheerioCrawler } = await import('crawlee');
for (const site of items) {
  const crawler = new CheerioCrawler({
    async requestHandler({ $, request }) {
      await Actor.pushData({ url: request.url, title: $('title').text() });
    },
  });
  await crawler.run([site.url]);
}`,
    ],
    [
      'a loop over a RequestList with a persist key',
      `const { RequestList } = await import('crawlee');
const list = await RequestList.open({ persistStateKey: 'LIST', sources: items });
for (;;) {
  const request = await list.fetchNextRequest();
  if (!request) break;
  const response = await fetch(request.url);
  await Actor.pushData({ text: await response.text() });
  await list.markRequestHandled(request);
}`,
    ],
  ])('%s', (_, code) => {
    expect(reportsIn(run(code))).toEqual([]);
  });
});

describe('a set of what is done, filled at the start', () => {
  const goOn = `for (const item of items) {
  if (done.has(item.id)) continue;
  const response = await fetch(item.url);
  await dataset.pushData({ id: item.id, text: await response.text() });
  done.add(item.id);
}`;
  it.each([
    ["by the dataset's own loop", 'await dataset.forEach(async (row) => { done.add(row.id); });'],
    [
      'by a loop over its items',
      'const { items: rows } = await dataset.getData();\nfor (const { id } of rows) done.add(id);',
    ],
    ['by a callback for each item', '(await dataset.getData()).items.forEach((row) => done.add(row.id));'],
    ['from the keys of a store', 'await (await Actor.openKeyValueStore()).forEachKey((key) => { done.add(key); });'],
  ])('is kept where it is filled %s', (_, fill) => {
    const code = `const dataset = await Actor.openDataset();\nconst done = new Set();\n${fill}\n${goOn}`;
    expect(reportsIn(run(code))).toEqual([]);
  });

  it('is lost where it is filled from the input', () => {
    const fill = 'items.filter((item) => item.done).forEach((item) => done.add(item.id));';
    const code = `const dataset = await Actor.openDataset();\nconst /*~ missing-migrating-handler */done = new Set();\n${fill}\n${goOn}`;
    expect(reportsIn(run(code))).toHaveLength(1);
  });
});
