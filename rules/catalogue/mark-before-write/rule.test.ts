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

const MARK = `  state.page += 1;`;
const WRITE = `  await Actor.pushData(items);`;

describe('it finds', () => {
  it('a position that moves on before the write', () => {
    const [report] = expectReports(markBeforeWrite, paging(`  /*~*/state.page += 1;\n${WRITE}`));
    expect(report?.message).toBe(
      '`state` moves on before the items are written: a migration in between leaves them out for good',
    );
  });

  it('with something in between', () => {
    expectReports(markBeforeWrite, paging(`  /*~*/state.page += 1;\n  console.log(items.length);\n${WRITE}`));
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
    ['another block', paging(`  if (items.more) { state.page += 1; }\n${WRITE}`)],
    ['a record', paging(`${MARK}\n  await Actor.setValue('LAST', items);`)],
    ['broken code', paging(`  state.page += ;\n  await Actor.(items`)],
  ])('%s', (_, code) => {
    expectReports(markBeforeWrite, code);
  });

  it('the handlers of a crawler, which run side by side', () => {
    expectReports(
      markBeforeWrite,
      `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const seen = new Set(await Actor.getValue('SEEN'));
Actor.on('persistState', async () => { await Actor.setValue('SEEN', [...seen]); });
const crawler = new CheerioCrawler({
  requestHandler: async ({ $ }) => {
    for (const url of $('a').get().map((a) => a.attribs.href)) {
      if (!seen.has(url)) {
        seen.add(url);
        await Actor.pushData({ url });
      }
    }
  },
});
await crawler.run((await Actor.getInput()).urls);
await Actor.exit();`,
    );
  });
});

describe('the fix "after-write"', () => {
  it('moves the mark behind the write', () => {
    const before = paging(`${MARK} // next\n${WRITE}`);
    expect(reportsOf(markBeforeWrite, before)[0]?.fixes).toEqual([]);
    expect(applyAllFixes(markBeforeWrite, paging(`${MARK}\n${WRITE} // all`))).toEqual({
      'main.js': paging(`${WRITE}\n${MARK} // all`),
    });
  });

  it('is not offered where the write asks for the mark', () => {
    const [report] = reportsOf(
      markBeforeWrite,
      paging(`${MARK}\n  await Actor.pushData({ page: state.page, items });`),
    );
    expect(report?.fixes).toEqual([]);
  });
});
