import { describe, expect, it } from 'vitest';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { expectReports } from '../expect-reports.ts';
import type { Fixture } from '../expect-reports.ts';
import type { Report } from '../rule.ts';
import { missingMigratingHandler } from './rule.ts';

function reportsIn(fixture: Fixture, sdk?: FixtureSdk): readonly Report[] {
  return expectReports(missingMigratingHandler, fixture, sdk);
}

/** An SDK 3 Actor whose crawler runs this for each request. */
function crawl(before: string, handler: string, after = ''): string {
  return `import { Actor, log } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const { startUrls, maxItems } = await Actor.getInput();
${before}
const crawler = new CheerioCrawler({
  async requestHandler({ $, request, enqueueLinks }) {
    ${handler}
    await enqueueLinks({ selector: '.next' });
  },
});
await crawler.run(startUrls);
${after}
await Actor.exit();
`;
}

const IS_NEW = `function isNew(id) {
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}`;

describe('a function that says whether something was seen, and marks it', () => {
  it('guards the write of the handler that asks it', () => {
    const [report] = reportsIn(
      crawl(
        `const /*~*/seen = new Set();\n${IS_NEW}`,
        `const id = $('h1').attr('id');\n    if (isNew(id)) await Actor.pushData({ id });`,
      ),
    );
    expect(report?.severity).toBe('warning');
    expect(report?.message).toBe(
      '`seen` restarts empty after a migration: nothing saves it, so work that is done is done again, and its results are stored twice',
    );
  });

  it.each([
    ['and the handler returns', `if (!isNew($('h1').text())) return;\n    await Actor.pushData({ url: request.url });`],
    [
      'and a constant has the answer',
      `const fresh = isNew($('h1').text());\n    if (fresh) await Actor.pushData({ url: request.url });`,
    ],
    [
      'and a filter asks it',
      `const rows = $('.card').toArray().map((card) => ({ id: $(card).attr('id') }));\n    await Actor.pushData(rows.filter((row) => isNew(row.id)));`,
    ],
    ['and a ternary asks it', `await (isNew($('h1').text()) ? Actor.pushData({ url: request.url }) : undefined);`],
    [
      'and another function asks it',
      `const save = async (item) => { if (isNew(item.id)) await Actor.pushData(item); };\n    await save({ id: $('h1').text() });`,
    ],
  ])('%s', (_, handler) => {
    reportsIn(crawl(`const /*~*/seen = new Set();\n${IS_NEW}`, handler));
  });

  it.each([
    [
      'with the answer turned round',
      `function isNew(id) {\n  if (!seen.has(id)) {\n    seen.add(id);\n    return true;\n  }\n  return false;\n}`,
    ],
    [
      'with an else',
      `const isNew = (id) => {\n  if (seen.has(id)) {\n    log.debug(id);\n    return false;\n  } else {\n    seen.add(id);\n    return true;\n  }\n};`,
    ],
    [
      'that is async',
      `async function isNew(id) {\n  if (seen.has(id)) return false;\n  seen.add(id);\n  return true;\n}`,
    ],
  ])('%s', (_, test) => {
    reportsIn(
      crawl(
        `const /*~*/seen = new Set();\n${test}`,
        `const id = $('h1').attr('id');\n    if (await isNew(id)) await Actor.pushData({ id });`,
      ),
    );
  });

  it('answers with the item or with nothing', () => {
    reportsIn(
      crawl(
        `const /*~*/seen = new Set();
function parse(card) {
  const id = card.attr('id');
  if (seen.has(id)) return null;
  seen.add(id);
  return { id, title: card.text() };
}`,
        `for (const card of $('.card').toArray()) {
      const item = parse($(card));
      if (item) await Actor.pushData(item);
    }`,
      ),
    );
  });

  it('answers with nothing in an else, through another function', () => {
    reportsIn(
      crawl(
        `const /*~*/seen = new Set();
function take(id) {
  if (!seen.has(id)) {
    seen.add(id);
    return { id };
  } else return null;
}
function mayWrite(id) {
  if (!take(id)) return false;
  return id.length > 3;
}`,
        `if (mayWrite($('h1').text())) await Actor.pushData({ url: request.url });`,
      ),
    );
  });

  it('writes by itself, and says whether it has', () => {
    reportsIn(
      crawl(
        `const /*~*/seen = new Set();
async function save(item) {
  if (seen.has(item.id)) return false;
  seen.add(item.id);
  await Actor.pushData(item);
  return true;
}`,
        `await save({ id: $('h1').text() });`,
      ),
    );
  });

  it('stands in a class, in a module of CommonJS', () => {
    reportsIn(
      {
        'main.js': `const Apify = require('apify');
const { Seen } = require('./seen');
Apify.main(async () => {
  const list = await Apify.openRequestList('start', (await Apify.getInput()).urls);
  const seen = new Seen();
  const crawler = new Apify.CheerioCrawler({
    requestList: list,
    handlePageFunction: async ({ $ }) => {
      for (const card of $('.card').toArray()) {
        const id = $(card).attr('id');
        if (!seen.take(id)) continue;
        await Apify.pushData({ id });
      }
    },
  });
  await crawler.run();
});`,
        'seen.js': `class Seen {
  constructor() {
    this./*~*/ids = {};
  }
  take(id) {
    if (this.ids[id]) return false;
    this.ids[id] = true;
    return true;
  }
}
module.exports = { Seen };`,
      },
      'apify 2',
    );
  });

  it('is made by a function that keeps the set', () => {
    reportsIn({
      'main.js': `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { makeFilter } from './filter.js';
await Actor.init();
const isNew = makeFilter();
const crawler = new CheerioCrawler({
  requestHandler: async ({ $ }) => {
    const id = $('h1').attr('id');
    if (isNew(id)) await Actor.pushData({ id });
  },
});
await crawler.run(await Actor.getInput());
await Actor.exit();`,
      'filter.js': `export function makeFilter() {
  const /*~*/seen = new Set();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  };
}`,
    });
  });

  it('stops a loop at a limit', () => {
    reportsIn(
      crawl(
        `let /*~*/pushed = 0;
function mayPush() {
  if (pushed >= maxItems) return false;
  pushed += 1;
  return true;
}`,
        `if (mayPush()) await Actor.pushData({ url: request.url });`,
      ),
    );
  });
});

describe('it is quiet where', () => {
  it.each([
    [
      'the answer is only logged',
      IS_NEW,
      `if (isNew(request.url)) log.info('new');\n    await Actor.pushData({ url: request.url });`,
    ],
    ['nobody asks for the answer', IS_NEW, `isNew(request.url);\n    await Actor.pushData({ url: request.url });`],
    [
      'the answer is of the work that is tried again',
      `function mayTry(attempts) {\n  if (seen.size > attempts) return false;\n  return true;\n}`,
      `seen.add(request.url);\n    if (mayTry(3)) await Actor.pushData({ url: request.url });`,
    ],
    [
      'the function only remembers',
      `async function detailsOf(id) {
  if (seen.has(id)) return true;
  await fetch('https://example.com/' + id);
  seen.add(id);
  return true;
}`,
      `await detailsOf(request.url);\n    await Actor.pushData({ url: request.url });`,
    ],
  ])('%s', (_, test, handler) => {
    reportsIn(crawl(`const seen = new Set();\n${test}`, handler));
  });

  it('the answer does not depend on it', () => {
    reportsIn(
      crawl(
        `const seen = new Set();
function note(id) {
  if (seen.has(id)) log.info('again');
  seen.add(id);
  return id.length > 3;
}`,
        `if (note(request.url)) await Actor.pushData({ url: request.url });`,
      ),
    );
  });

  it('the answer is for every tenth', () => {
    reportsIn(
      crawl(
        `let pages = 0;
function isTurn() {
  pages += 1;
  if (pages % 10 === 0) return true;
  return false;
}`,
        `if (isTurn()) await Actor.pushData({ url: request.url });`,
      ),
    );
  });

  it('a memory answers what could be asked for again', () => {
    reportsIn(
      crawl(
        `const known = new Map();
async function isGood(id) {
  if (known.has(id)) return known.get(id);
  const good = (await fetch('https://example.com/' + id)).ok;
  known.set(id, good);
  return good;
}`,
        `if (await isGood(request.url)) await Actor.pushData({ url: request.url });`,
      ),
    );
  });

  it('something keeps the set', () => {
    reportsIn(
      crawl(
        `const seen = new Set((await Actor.getValue('SEEN')) ?? []);
Actor.on('persistState', async () => {
  await Actor.setValue('SEEN', [...seen]);
});
${IS_NEW}`,
        `if (isNew(request.url)) await Actor.pushData({ url: request.url });`,
      ),
    );
  });
});
