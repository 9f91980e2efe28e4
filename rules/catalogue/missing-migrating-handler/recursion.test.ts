import { describe, expect, it } from 'vitest';

import { expectReports } from '../expect-reports.ts';
import type { Fixture } from '../expect-reports.ts';
import type { Report } from '../rule.ts';
import { missingMigratingHandler } from './rule.ts';

function reportsIn(fixture: Fixture): readonly Report[] {
  return expectReports(missingMigratingHandler, fixture, 'apify 3');
}

/** An SDK 3 Actor with this in the place of its work. */
function run(code: string): string {
  return `import { Actor } from 'apify';
import { gotScraping } from 'got-scraping';
import { setTimeout as sleep } from 'node:timers/promises';
await Actor.init();
const { start, urls, tree, maxDepth, maxPages } = await Actor.getInput();
const readPage = async (page) => (await gotScraping(\`https://example.com/?page=\${page}\`)).body;
${code}
await Actor.exit();
`;
}

describe('what a function that calls itself hands on says where the work is, as the position of a loop does', () => {
  it('a page number', () => {
    const [report] = reportsIn(
      run(`async function crawl(/*~*/page) {
  const rows = await readPage(page);
  await Actor.pushData(rows);
  if (rows.length > 0) await crawl(page + 1);
}
await crawl(1);`),
    );
    expect(report?.severity).toBe('warning');
    expect(report?.message).toBe(
      '`page` starts anew after a migration: nothing saves it, so work that is done is done again, and its results are stored twice',
    );
    expect(report?.related.map(({ node, message }) => [node.getText(), message])).toEqual([
      ['crawl', 'changed each time that this function calls itself'],
    ]);
    expect(report?.fixes).toEqual([]);
  });

  it('a page number with a first value in the parameter', () => {
    const [report] = reportsIn(
      run(`const crawl = async (/*~*/page = 1) => {
  const rows = await readPage(page);
  for (const row of rows) await Actor.pushData(row);
  return rows.length === 0 ? undefined : crawl(page + 1);
};
await crawl();`),
    );
    expect(report?.message).toContain('`page` restarts from 1');
  });

  it('a number that is counted on before', () => {
    reportsIn(
      run(`async function crawl(/*~*/page) {
  const rows = await readPage(page);
  await Actor.pushData(rows);
  page += 1;
  if (page < maxPages) await crawl(page);
}
await crawl(start);`),
    );
  });

  it('an address or a cursor that the answer tells', () => {
    reportsIn(
      run(`async function crawl(/*~*/url) {
  const { rows, next } = await gotScraping(url).json();
  if (rows.length > 0) await Actor.pushData(rows);
  if (!next) return;
  await crawl(next);
}
await crawl('https://example.com/api');`),
    );
  });

  it('a page number behind writes in callbacks, and one that the write decides about', () => {
    reportsIn(
      run(`async function crawl(/*~*/page) {
  const rows = await readPage(page);
  await Promise.all(rows.map(async (row) => {
    await Actor.pushData(row);
    return row.id;
  }));
  if (rows.length > 0) await crawl(page + 1);
}
await crawl(1);`),
    );
    reportsIn(
      run(`const save = async (rows) => {
  await Actor.pushData(rows);
  return rows.length > 0;
};
async function crawl(/*~*/page) {
  if (await save(await readPage(page))) await crawl(page + 1);
}
await crawl(1);`),
    );
  });

  it('the rest of a list', () => {
    reportsIn(
      run(`async function crawl(/*~*/list) {
  const [url, ...rest] = list;
  if (url === undefined) return;
  await Actor.pushData(await readPage(url));
  await crawl(rest);
}
await crawl(urls);`),
    );
  });

  it('an index that chooses from a list', () => {
    reportsIn(
      run(`async function next(/*~*/i) {
  if (i >= urls.length) return;
  await Actor.pushData(await readPage(urls[i]));
  await next(i + 1);
}
await next(0);`),
    );
  });

  it('one part of an options object, beside one that stays', () => {
    reportsIn(
      run(`async function crawl({ /*~*/page, size }) {
  const rows = await gotScraping(\`https://example.com/?page=\${page}&size=\${size}\`).json();
  await Actor.pushData(rows);
  if (rows.length === size) await crawl({ page: page + 1, size });
}
await crawl({ page: 1, size: 50 });`),
    );
  });

  it('a chain of promises, and a next round that a timer starts', () => {
    reportsIn(
      run(`const crawl = (/*~*/page) =>
  readPage(page).then(async (rows) => {
    await Actor.pushData(rows);
    if (rows.length > 0) return crawl(page + 1);
  });
await crawl(1);`),
    );
    reportsIn(
      run(`async function poll(/*~*/since) {
  const rows = await readPage(since);
  await Actor.pushData(rows);
  setTimeout(() => poll(rows.at(-1).id), 60000);
}
await poll(0);`),
    );
  });

  it('a method, and a write that helper modules make', () => {
    reportsIn({
      'main.js': `const { Actor } = require('apify');
const { Shop } = require('./shop');
Actor.main(async () => {
  await new Shop('https://example.com').crawl(1);
});`,
      'shop.js': `const axios = require('axios');
const { save } = require('./save');
class Shop {
  constructor(base) {
    this.base = base;
  }
  async crawl(/*~*/page) {
    const { data } = await axios.get(this.base, { params: { page } });
    await save(data.items);
    if (data.items.length > 0) await this.crawl(page + 1);
  }
}
module.exports = { Shop };`,
      'save.js': `const { Actor } = require('apify');
exports.save = async (items) => {
  for (const item of items) await Actor.pushData(item);
};`,
    });
  });

  it('the next page, beside a second try of this one', () => {
    reportsIn(
      run(`async function crawl(/*~*/page, attempt = 0) {
  let rows;
  try {
    rows = await readPage(page);
  } catch (error) {
    if (attempt >= 3) throw error;
    return crawl(page, attempt + 1);
  }
  await Actor.pushData(rows);
  if (rows.length > 0) await crawl(page + 1);
}
await crawl(1);`),
    );
  });
});

describe('a function that calls itself for many others', () => {
  it('starts over from its first, and what a round wrote is written again', () => {
    const [report] = reportsIn(
      run(`async function walk(node, depth) {
  const body = await readPage(node.url);
  await /*~*/Actor.pushData({ url: node.url, body });
  for (const child of node.children) await walk(child, depth + 1);
}
await walk(tree, 0);`),
    );
    expect(report?.message).toContain('nothing saves how far this loop is');
    reportsIn(
      run(`async function walk(node) {
  const body = await readPage(node.url);
  for (const child of node.children) await walk(child);
  await /*~*/Actor.pushData({ url: node.url, body });
}
await walk(tree);`),
    );
  });
});

describe('it is quiet where what is handed on is no position', () => {
  it.each([
    [
      'a tree that is gone through without writes',
      `async function walk(node, depth) {
  const body = await readPage(node.url);
  for (const child of node.children) await walk(child, depth + 1);
  return body;
}
await walk(tree, 0);`,
    ],
    [
      'a list of nodes whose rows are written at the end',
      `async function collect(page) {
  const rows = await readPage(page);
  return rows.length === 0 ? [] : [...rows, ...(await collect(page + 1))];
}
await Actor.pushData(await collect(1));`,
    ],
    [
      'a second try after an error',
      `async function work(url, n) {
  try {
    const body = await gotScraping(url, { headers: { 'x-try': n } });
    await Actor.pushData(body);
  } catch (error) {
    if (n > 3) throw error;
    await work(url, n + 1);
  }
}
await work(start, 1);`,
    ],
    [
      'a second try of one item after an error',
      `async function work(url, n = 0) {
  try {
    const body = await gotScraping(url);
    await Actor.pushData({ url, body });
  } catch (error) {
    if (n > maxPages) throw error;
    await work(url, n + 1);
  }
}
await work(start);`,
    ],
    [
      'a second try of one item after a bad answer',
      `async function work(url, n = 0) {
  const answer = await gotScraping(url);
  if (!answer.ok) return work(url, n + 1);
  await Actor.pushData({ url, body: answer.body });
}
await work(start);`,
    ],
    [
      'a second try after a bad answer',
      `async function work(url, n) {
  const answer = await gotScraping(url, { headers: { 'x-try': n } });
  if (!answer.ok) {
    await sleep(1000 * n);
    return work(url, n + 1);
  }
  await Actor.pushData(answer.body);
}
await work(start, 1);`,
    ],
    [
      'a second try behind a write that ends the work',
      `async function work(url, n) {
  const answer = await gotScraping(url, { headers: { 'x-try': n } });
  if (answer.ok) {
    await Actor.pushData(answer.body);
    return;
  }
  await work(url, n + 1);
}
await work(start, 1);`,
    ],
    [
      'a second try beside a write',
      `async function work(url, n) {
  const answer = await gotScraping(url, { headers: { 'x-try': n } });
  if (answer.ok) await Actor.pushData(answer.body);
  else await work(url, n + 1);
}
await work(start, 1);`,
    ],
    [
      'a depth that only limits',
      `async function follow(depth) {
  const rows = await readPage('random');
  await Actor.pushData(rows);
  if (depth < maxDepth) await follow(depth + 1);
}
await follow(0);`,
    ],
    [
      'a depth that is written',
      `async function follow(depth) {
  const body = await readPage('random');
  await Actor.pushData([{ body, depth }]);
  if (depth < maxDepth) await follow(depth + 1);
}
await follow(0);`,
    ],
    [
      'a few pages',
      `async function crawl(page) {
  const rows = await readPage(page);
  await Actor.pushData(rows);
  if (page < 5) await crawl(page + 1);
}
await crawl(1);`,
    ],
    [
      'the same value each time',
      `async function crawl(url) {
  const rows = await readPage(url);
  await Actor.pushData(rows);
  await sleep(60000);
  await crawl(url);
}
await crawl(start);`,
    ],
    [
      'a first value that is restored',
      `const saved = await Actor.getValue('STATE');
async function crawl(page) {
  const rows = await readPage(page);
  await Actor.pushData(rows);
  if (rows.length > 0) await crawl(page + 1);
}
await crawl(saved?.page ?? 1);`,
    ],
    [
      'a first value that the parameter restores',
      `const saved = await Actor.getValue('STATE');
async function crawl(page = saved.page) {
  const rows = await readPage(page);
  await Actor.pushData(rows);
  if (rows.length > 0) await crawl(page + 1);
}
await crawl();`,
    ],
    [
      'a first value that a part of the parameter restores',
      `const saved = await Actor.getValue('STATE');
async function crawl({ page = saved.page }) {
  const rows = await readPage(page);
  await Actor.pushData(rows);
  if (rows.length > 0) await crawl({ page: page + 1 });
}
await crawl({});`,
    ],
    [
      'a first value that useState brings, as the parameter has it',
      `const state = await Actor.useState('STATE', { page: 1 });
async function crawl(page = state.page) {
  const rows = await readPage(page);
  await Actor.pushData(rows);
  state.page = page + 1;
  if (rows.length > 0) await crawl(state.page);
}
await crawl();`,
    ],
    [
      'a position that each round saves',
      `async function crawl(page) {
  const rows = await readPage(page);
  await Actor.pushData(rows);
  await Actor.setValue('PAGE', page + 1);
  if (rows.length > 0) await crawl(page + 1);
}
await crawl((await Actor.getValue('PAGE')) ?? 1);`,
    ],
  ])('%s', (_, code) => {
    expect(reportsIn(run(code))).toEqual([]);
  });

  it('requests that a crawler handles, and pages that a crawler is run for', () => {
    reportsIn(`import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
async function readAll(page, request) {
  const rows = await (await fetch(\`\${request.url}?page=\${page}\`)).json();
  await Actor.pushData(rows);
  if (rows.length > 0) await readAll(page + 1, request);
}
const crawler = new CheerioCrawler({
  requestHandler: async ({ request }) => readAll(1, request),
});
await crawler.run(await Actor.getInput());
await Actor.exit();`);
    reportsIn(`import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const crawler = new CheerioCrawler({
  requestHandler: async ({ $ }) => Actor.pushData({ title: $('h1').text() }),
});
async function crawl(page) {
  const { requestsFinished } = await crawler.run([\`https://example.com/?page=\${page}\`]);
  if (requestsFinished > 0) await crawl(page + 1);
}
await crawl(1);
await Actor.exit();`);
  });
});
