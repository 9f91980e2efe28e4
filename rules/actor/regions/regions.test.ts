import { describe, expect, it } from 'vitest';

import { actorOf } from '../actor-fixture.ts';
import type { FixtureSdk } from '../actor-fixture.ts';
import { headOf } from './region-head.ts';

/** `kind: first words of its head`, region by region. */
function regionsIn(files: string | Readonly<Record<string, string>>, sdk?: FixtureSdk): readonly string[] {
  const { regions } = actorOf(typeof files === 'string' ? { 'main.js': files } : files, sdk);
  return regions.map(({ region }) => `${region.kind}: ${headOf(region).node.getText().split('\n')[0] ?? ''}`);
}

const run = (code: string): string => `import { Actor } from 'apify';
await Actor.init();
const { items } = await Actor.getInput();
${code}
await Actor.exit();`;

describe('a long-running region is', () => {
  it.each([
    ['a loop over a list', `for (const item of items) await fetch(item);`, 'loop: const item'],
    [
      'a loop that counts',
      `for (let page = 1; page < items.length; page += 1) await fetch(page);`,
      'loop: let page = 1',
    ],
    ['a loop without an end', `for (;;) { if (!(await fetch('https://example.com')).ok) break; }`, 'loop: { if'],
    ['a while loop', `while (items.length > 0) await fetch(items.pop());`, 'loop: items.length > 0'],
    ['a do loop', `do { await fetch(items.pop()); } while (items.length);`, 'loop: items.length'],
    [
      'for await',
      `for await (const item of pages()) console.log(item);\nasync function* pages() { yield 1; }`,
      'loop: const item',
    ],
    ['a callback for each item', `await Promise.all(items.map(async (item) => fetch(item)));`, 'each item: items.map'],
    ['p-map', `await pMap(items, async (item) => fetch(item));`, 'each item: pMap'],
    ['a timer', `setInterval(async () => { await fetch('https://example.com'); }, 1000);`, 'timer: setInterval'],
    [
      'a function that calls itself',
      `await next(1);\nasync function next(page) { await fetch(page); await next(page + 1); }`,
      'recursion: next',
    ],
  ])('%s', (_, code, expected) => {
    expect(regionsIn(run(code)).map((region) => region.slice(0, expected.length))).toEqual([expected]);
  });

  it('the handlers and hooks of a crawler, together', () => {
    const { regions } = actorOf({
      'main.js': `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const crawler = new CheerioCrawler({
  preNavigationHooks: [async () => {}],
  async requestHandler() {},
  failedRequestHandler: async () => {},
});
await crawler.run(await Actor.getInput());`,
    });
    expect(regions.map(({ region }) => [region.kind, region.bodies.length])).toEqual([['request handlers', 3]]);
  });

  it('those of a class that extends a crawler, and of options that are spread', () => {
    expect(
      regionsIn({
        'main.js': `import { Actor } from 'apify';
import { BasicCrawler } from 'crawlee';
import { options } from './options.js';
class ShopCrawler extends BasicCrawler {}
await Actor.init();
await new ShopCrawler({ ...options, maxConcurrency: 2 }).run(await Actor.getInput());`,
        'options.js': `export const options = { requestHandler: async () => {} };`,
      }),
    ).toEqual(['request handlers: ShopCrawler']);
  });

  it('a listener of a server', () => {
    expect(
      regionsIn(`import http from 'node:http';
http.createServer(async (request, response) => { response.end('ok'); }).listen(80);`),
    ).toEqual(['server: http.createServer']);
  });
});

describe('is none', () => {
  it.each([
    ['a loop that does not wait', `for (const item of items) console.log(item);`],
    [
      'a loop whose waiting is in a function that it only makes',
      `const jobs = [];\nfor (const item of items) jobs.push(() => fetch(item));`,
    ],
    ['a short list in the code', `for (const country of ['cz', 'de']) await fetch(country);`],
    [
      'a short list behind a constant',
      `const COUNTRIES = ['cz', 'de'];\nfor (const country of COUNTRIES) await fetch(country);`,
    ],
    ['a small number', `const PAGES = 5;\nfor (let page = 1; page <= PAGES; page += 1) await fetch(page);`],
    ['a countdown', `let left = 3;\nwhile (left--) await fetch(left);`],
    ['attempts', `for (let i = 0; i < items.maxAttempts; i += 1) await fetch(i);`],
    [
      'attempts beside another end',
      `let done = false;\nlet n = 0;\nwhile (!done && n < 10) { done = (await fetch(n)).ok; n += 1; }`,
    ],
    [
      'attempts with a longer and longer wait',
      `let wait = 1;\nlet n = 0;\nwhile (n < 3) { try { await fetch(items); break; } catch { await sleep(wait); wait *= 2; n += 1; } }`,
    ],
    ['a limit on the other side', `let n = 0;\nwhile (5 > n) { await fetch(n); n += 1; }`],
    [
      'attempts of one thing',
      `let answer;\nlet left = 3;\nwhile (!answer && left > 0) { try { answer = await fetch(items); } catch { left -= 1; } }`,
    ],
    [
      'attempts that end by the count',
      `let n = 0;\nwhile (n < 3) { try { await fetch(items); n = 3; } catch { n += 1; } }`,
    ],
    ['a function that nobody calls', `async function old() { for (const item of items) await fetch(item); }`],
  ])('%s', (_, code) => {
    expect(regionsIn(run(code))).toEqual([]);
  });

  it.each([
    ['a list that is filled', `const list = ['a'];\nlist.push(...items);\nfor (const item of list) await fetch(item);`],
    ['a list with more spread in', `for (const item of ['a', ...items]) await fetch(item);`],
    ['a number from the input', `for (let page = 1; page <= items.maxPages; page += 1) await fetch(page);`],
    [
      'a loop that counts what fails, and moves on what goes well',
      `let page = 1;\nlet failed = 0;\nwhile (failed < 5) { try { await fetch(page); page += 1; } catch { failed += 1; } }`,
    ],
    [
      'a loop that gives attempts back',
      `let page = 1;\nlet left = 3;\nwhile (left > 0) { try { await fetch(page); page += 1; left = 3; } catch { left -= 1; } }`,
    ],
    ['a large number', `for (let page = 1; page <= 500; page += 1) await fetch(page);`],
  ])('but %s is one', (_, code) => {
    expect(regionsIn(run(code))).toHaveLength(1);
  });
});

describe('only the outermost counts', () => {
  it('a loop in a handler of a crawl that is small', () => {
    expect(
      regionsIn(`import { CheerioCrawler } from 'crawlee';
const crawler = new CheerioCrawler({ requestHandler: async ({ request }) => { for (const x of request.userData.list) await fetch(x); } });
await crawler.run(['https://example.com']);`),
    ).toEqual([]);
  });

  it('a crawl is not small where each question to a server adds a request', () => {
    expect(
      regionsIn(`import http from 'node:http';
import { CheerioCrawler } from 'crawlee';
const crawler = new CheerioCrawler({ requestHandler: async () => {} });
const add = (url) => crawler.addRequests([{ url }]);
http.createServer((request) => add(request.url)).listen(80);
await crawler.run();`),
    ).toContain('request handlers: CheerioCrawler');
  });

  it('a loop in a loop', () => {
    expect(regionsIn(run(`for (const item of items) { for (const url of item.urls) await fetch(url); }`))).toEqual([
      'loop: const item',
    ]);
  });

  it('a loop in a function that a loop calls, in another file', () => {
    expect(
      regionsIn({
        'main.js': `import { work } from './work.js';\n${run(`for (const item of items) await work(item);`)}`,
        'work.js': `export async function work(item) { for (const url of item.urls) await fetch(url); }`,
      }),
    ).toEqual(['loop: const item']);
  });

  it('a loop in a request handler', () => {
    expect(
      regionsIn(`import { CheerioCrawler } from 'crawlee';
const crawler = new CheerioCrawler({ requestHandler: async ({ request }) => { for (const x of request.userData.list) await fetch(x); } });
await crawler.run(await (await fetch('https://example.com')).json());`),
    ).toEqual(['request handlers: CheerioCrawler']);
  });

  it('two loops one after the other are two', () => {
    expect(
      regionsIn(run(`for (const item of items) await fetch(item);\nwhile (items.length) await fetch(items.pop());`)),
    ).toEqual(['loop: const item', 'loop: items.length']);
  });
});
