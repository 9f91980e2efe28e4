import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { lateListener } from './rule.ts';

const HEAD = `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
const { urls, startUrls } = await Actor.getInput();
let done = 0;
`;
const LOOP = `for (const url of urls) {
  await fetch(url);
  done += 1;
}
`;
const LISTENER = `Actor.on('migrating', async () => {
  await Actor.setValue('DONE', done);
});
`;
const CRAWL = `const crawler = new CheerioCrawler({ requestHandler: async () => { done += 1; } });
await crawler.run(startUrls);
`;

describe('it finds a listener', () => {
  it('behind a long-running loop', () => {
    expectReports(lateListener, `${HEAD}${LOOP}/*~*/${LISTENER}await Actor.exit();\n`);
  });

  it('behind a crawl', () => {
    expectReports(lateListener, `${HEAD}${CRAWL}console.log(done);\n/*~*/${LISTENER}`);
  });

  it.each([
    ['in a function', `const listen = () => {\n  /*~*/${LISTENER}};\n${LOOP}listen();\nawait Actor.exit();\n`],
    ['behind work in a function', `async function work() {\n  ${LOOP}}\nawait work();\n/*~*/${LISTENER}`],
    [
      'behind a crawl in a try',
      `${CRAWL.replace('await crawler', 'try {\n  await crawler')}} finally {\n  console.log(done);\n}\n/*~*/${LISTENER}`,
    ],
    ['in a branch', `${LOOP}if (done > 0) {\n  /*~*/${LISTENER}}\n`],
  ])('%s', (_, code) => {
    expectReports(lateListener, `${HEAD}${code}`);
  });

  it('of the SDK 2, in main', () => {
    expectReports(
      lateListener,
      `const Apify = require('apify');
Apify.main(async () => {
  const { urls } = await Apify.getInput();
  let n = 0;
  for (const url of urls) {
    await Apify.utils.requestAsBrowser({ url });
    n += 1;
  }
  /*~*/Apify.events.on('persistState', () => Apify.setValue('N', n));
});
`,
      'apify 2',
    );
  });
});

describe('it is quiet', () => {
  it.each([
    ['before the work', `${HEAD}${LISTENER}${LOOP}`],
    ['between two pieces of work', `${HEAD}${LOOP}${LISTENER}${CRAWL}`],
    ['before a function that works', `${HEAD}async function more() {\n  ${LOOP}}\n${LOOP}${LISTENER}await more();\n`],
    ['where the work is not awaited', `${HEAD}${CRAWL.replace('await crawler', 'crawler')}${LISTENER}`],
    ['in another block', `${HEAD}if (urls) {\n  ${LOOP}}\n${LISTENER}`],
    ['on other events', `${HEAD}${LOOP}Actor.on('aborting', () => {});\n`],
    ['behind a short loop', `${HEAD}for (const n of [1, 2]) await fetch('https://example.com/' + n);\n${LISTENER}`],
    ['in broken code', `${HEAD}for (const url of urls) {\n  await fetch(\nActor.on('migrating'\n`],
  ])('%s', (_, code) => {
    expectReports(lateListener, code);
  });
});

describe('the fix "move"', () => {
  it('moves it before the work, with its comment', () => {
    expect(applyAllFixes(lateListener, `${HEAD}${LOOP}// Saves\n${LISTENER}await Actor.exit();\n`)['main.js']).toBe(
      `${HEAD}// Saves\n${LISTENER}${LOOP}await Actor.exit();\n`,
    );
  });

  it('is not offered where it uses what the work declares', () => {
    const code = `${HEAD}const result = await new CheerioCrawler({ requestHandler() {} }).run(startUrls);
Actor.on('migrating', () => Actor.setValue('RESULT', result));
`;
    const reports = reportsOf(lateListener, code);
    expect(reports).toHaveLength(1);
    expect(reports.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});
