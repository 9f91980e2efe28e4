import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { markBeforeWrite } from './rule.ts';

/** An Actor of the SDK 3 that keeps its state, with the body of a loop over pages. */
function paging(body: string, state = `await Actor.useState('STATE', { page: 1 })`): string {
  return `import { Actor } from 'apify';
await Actor.init();
const state = ${state};
for (;;) {
  const items = await (await fetch(\`https://example.com/\${state.page}\`)).json();
  if (items.length === 0) break;
${body}
}
await Actor.exit();
`;
}

/** An Actor whose listener saves two variables, with what stands in its loop behind what it reads. */
function kept(body: string): string {
  return `import { Actor } from 'apify';
await Actor.init();
const { urls } = await Actor.getInput();
const saved = await Actor.getValue('STATE');
const seen = new Set(saved?.seen);
let total = saved?.total ?? 0;
Actor.on('persistState', async () => { await Actor.setValue('STATE', { seen: [...seen], total }); });
for (const url of urls) {
  if (seen.has(url)) continue;
  const { price } = await (await fetch(url)).json();
${body}
}
await Actor.setValue('OUTPUT', total);
await Actor.exit();
`;
}

/** An Actor whose handlers mark what they have seen. */
function crawling(options: string, mark = ''): string {
  return `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const seen = new Set(await Actor.getValue('SEEN'));
Actor.on('persistState', async () => { await Actor.setValue('SEEN', [...seen]); });
const crawler = new CheerioCrawler({${options}
  requestHandler: async ({ $ }) => {
    for (const url of $('a').get().map((a) => a.attribs.href)) {
      if (!seen.has(url)) {
        ${mark}seen.add(url);
        await Actor.pushData({ url });
      }
    }
  },
});
await crawler.run((await Actor.getInput()).urls);
await Actor.exit();`;
}

const MARK = `  state.page += 1;`;
const WRITE = `  await Actor.pushData(items);`;

describe('it finds', () => {
  it('a position that moves on before the write', () => {
    const [report] = expectReports(markBeforeWrite, paging(`  /*~*/state.page += 1;\n${WRITE}`));
    expect(report?.message).toBe(
      '`state.page` moves on before the items are written: a migration in between leaves them out for good',
    );
  });

  it.each([
    ['in parentheses', `await (Actor.pushData(items));`],
    ['whose promise is awaited later', `const written = Actor.pushData(items);\n  await written;`],
    ['with a chain', `await Actor.pushData(items).finally(() => console.log(items));`],
    ['among others', `await Promise.all([Actor.pushData(items), fetch('https://example.com/next')]);`],
    [
      'in a helper that waits for it',
      `const end = async (promise) => { await promise; };\n  await end(Actor.pushData(items));`,
    ],
  ])('a mark before a write %s', (_, write) => {
    expectReports(markBeforeWrite, paging(`  /*~*/state.page += 1;\n  ${write}`));
  });

  it('with something in between', () => {
    expectReports(markBeforeWrite, paging(`  /*~*/state.page += 1;\n  console.log(items.length);\n${WRITE}`));
  });

  it.each([
    ['beside another property that changes', `  state.total += items.length;\n  /*~*/state.page += 1;\n${WRITE}`],
    ['by another name', `  const page = state;\n  /*~*/page.page += 1;\n${WRITE}`],
  ])('a position in an object, %s', (_, body) => {
    expectReports(markBeforeWrite, paging(body));
  });

  it.each([
    ['in a block of its own', `  {\n    /*~*/state.page += 1;\n  }\n${WRITE}`],
    ['before a write in a branch', `  /*~*/state.page += 1;\n  if (items.ok) {\n  ${WRITE}\n  }`],
    [
      'before an inner loop that writes',
      `  /*~*/state.page += 1;\n  for (const item of items) await Actor.pushData(item);`,
    ],
    [
      'before a write in a function',
      `  /*~*/state.page += 1;\n  await store(items);\n  async function store(rows) { await Actor.pushData(rows); }`,
    ],
    [
      'before a write in a chain',
      `  /*~*/state.page += 1;\n  await Actor.pushData(items).then(() => console.log('done'));`,
    ],
    ['in an expression', `  console.log(/*~*/state.page++);\n${WRITE}`],
    ['in a try', `  try {\n    /*~*/state.page += 1;\n  ${WRITE}\n  } finally {\n    console.log('round');\n  }`],
  ])('a position, %s', (_, body) => {
    expectReports(markBeforeWrite, paging(body));
  });

  it('a mark in the handler of a crawler that handles one request after the other', () => {
    expectReports(markBeforeWrite, crawling(' maxConcurrency: 1,', '/*~*/'));
  });

  it('a table of what was seen', () => {
    expectReports(
      markBeforeWrite,
      kept('  /*~*/seen[url] = true;\n  await Actor.pushData({ url, price });')
        .replace('new Set(saved?.seen)', 'saved?.seen ?? {}')
        .replace('[...seen]', 'seen')
        .replace('seen.has(url)', 'seen[url]'),
    );
  });

  it('a set of what was seen, which a listener saves, SDK 2', () => {
    expectReports(
      markBeforeWrite,
      `const Apify = require('apify');
const got = require('got');
Apify.main(async () => {
  const { urls } = await Apify.getInput();
  const seen = new Set((await Apify.getValue('SEEN')) || []);
  Apify.events.on('persistState', async () => { await Apify.setValue('SEEN', [...seen]); });
  for (const url of urls) {
    if (!seen.has(url)) {
      const { body } = await got(url);
      /*~*/seen.add(url);
      await Apify.pushData({ url, body });
    }
  }
});`,
      'apify 2',
    );
  });
});

describe('it is quiet on', () => {
  it.each([
    ['a position that moves on behind the write', paging(`${WRITE}\n${MARK}`)],
    ['a write that nobody waits for', paging(`${MARK}\n  Actor.pushData(items);`)],
    ['a position that nothing keeps', paging(`${MARK}\n${WRITE}`, '{ page: 1 }')],
    ['a position that moves on in two places', paging(`${MARK}\n${WRITE}\n  if (items.skip) state.page += 1;`)],
    ['a count beside what says the place', paging(`  state.rounds += 1;\n${WRITE}`)],
    [
      'a list beside what says what is done',
      paging(
        `  if (state.done.includes(items[0])) continue;\n  state.sizes.push(items.length);\n${WRITE}`,
        `await Actor.useState('STATE', { done: [], sizes: [] })`,
      ),
    ],
    [
      'a count in a function that is given the state',
      paging(`  await count(state);`).replace(
        'for (;;)',
        'async function count(progress) { progress.rounds += 1; await Actor.pushData({}); }\nfor (;;)',
      ),
    ],
    ['another block', paging(`  if (items.more) { state.page += 1; }\n${WRITE}`)],
    [
      'another write in a branch behind it',
      paging(`${WRITE}\n${MARK}\n  if (items.odd) await Actor.pushData({ odd: true });`),
    ],
    [
      'a write in a catch behind it',
      paging(`  try {\n  ${WRITE}\n  } catch {\n    console.log('again');\n  }\n${MARK}`),
    ],
    ['the loop of the next page', paging(`  for (const item of items) await Actor.pushData(item);\n${MARK}`)],
    ['a record', paging(`${MARK}\n  await Actor.setValue('LAST', items);`)],
    ['broken code', paging(`  state.page += ;\n  await Actor.(items`)],
  ])('%s', (_, code) => {
    expectReports(markBeforeWrite, code);
  });

  it('the handlers of a crawler, which run side by side', () => {
    expectReports(markBeforeWrite, crawling(''));
  });
});

describe('the fix "after-write"', () => {
  it.each([
    ['the mark', `${MARK}\n${WRITE} // all`, `${WRITE} // all\n${MARK}`],
    ['its comments', `  // next\n${MARK} // page\n${WRITE}`, `${WRITE}\n  // next\n${MARK} // page`],
    [
      'over code that runs straight on',
      `${MARK}\n  const first = items[0];\n  console.log(first);\n  await Actor.pushData(first);`,
      `  const first = items[0];\n  console.log(first);\n  await Actor.pushData(first);\n${MARK}`,
    ],
  ])('moves %s behind the write', (_, before, after) => {
    expect(applyAllFixes(markBeforeWrite, paging(before))).toEqual({ 'main.js': paging(after) });
  });

  it('moves what else the loop changes', () => {
    const marks = '  seen.add(url);\n  total += price;';
    const write = '  await Actor.pushData({ url, price });';
    expect(applyAllFixes(markBeforeWrite, kept(`${marks}\n${write}`))).toEqual({
      'main.js': kept(`${write}\n${marks}`),
    });
  });

  it.each([
    ['the write asks for the mark', `${MARK}\n  await Actor.pushData({ page: state.page, items });`],
    ['something on the way asks for it', `${MARK}\n  console.log(state.page);\n${WRITE}`],
    ['the round may end on the way', `${MARK}\n  if (items.skip) continue;\n${WRITE}`],
    ['something else changes on the way', `${MARK}\n  items.sorted = true;\n${WRITE}`],
    ['an error on the way is caught', `  try {\n  ${MARK}\n  ${WRITE}\n  } catch { console.log('again'); }`],
    ['it shares its line', `${MARK}${WRITE}`],
  ])('is not offered where %s', (_, body) => {
    expect(reportsOf(markBeforeWrite, paging(body)).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  it('is not offered where what it marks by changes on the way', () => {
    const code = `import { Actor } from 'apify';
await Actor.init();
const { urls } = await Actor.getInput();
const done = new Set(await Actor.getValue('DONE'));
Actor.on('persistState', async () => { await Actor.setValue('DONE', [...done]); });
while (urls.length > 0) {
  if (done.has(urls[0])) { urls.shift(); continue; }
  done.add(urls[0]);
  const url = urls.shift();
  await Actor.pushData({ url, status: (await fetch(url)).status });
}
await Actor.exit();
`;
    expect(reportsOf(markBeforeWrite, code).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  it('is not offered where a function on the way asks for the mark', () => {
    const code = paging(`${MARK}\n  show();\n${WRITE}`).replace(
      'for (;;)',
      'function show() { console.log(state); }\nfor (;;)',
    );
    expect(reportsOf(markBeforeWrite, code).map(({ fixes }) => fixes)).toEqual([[]]);
  });
});
