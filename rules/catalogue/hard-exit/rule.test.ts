import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { hardExit } from './rule.ts';

const HEAD = `import { Actor } from 'apify';\nimport { CheerioCrawler } from 'crawlee';\nawait Actor.init();\nconst { startUrls, max } = await Actor.getInput();\n`;

function crawlerWith(body: string): string {
  return `${HEAD}let count = 0;
const crawler = new CheerioCrawler({
  async requestHandler({ $ }) {
${body}
    await Actor.pushData({ title: $('title').text() });
  },
});
await crawler.run(startUrls);
await Actor.exit();
`;
}

describe('it finds process.exit', () => {
  it('in a request handler', () => {
    const [report] = expectReports(hardExit, crawlerWith('    if (++count > max) /*~*/process.exit(0);'));
    expect(report).toMatchObject({ severity: 'error', message: expect.stringContaining('other requests') });
  });

  it('in a function of another file that a handler calls, in CommonJS and the SDK 0 to 2', () => {
    for (const sdk of ['apify 0', 'apify 1', 'apify 2'] as const) {
      expectReports(
        hardExit,
        {
          'main.js': `const Apify = require('apify');
const { save } = require('./save.js');
Apify.main(async () => {
  const requestQueue = await Apify.openRequestQueue();
  const { startUrls } = await Apify.getInput();
  for (const { url } of startUrls) await requestQueue.addRequest({ url });
  await new Apify.CheerioCrawler({ requestQueue, handlePageFunction: async ({ $ }) => save($) }).run();
});
`,
          'save.js': `const Apify = require('apify');
let count = 0;
exports.save = async ($) => {
  if (++count > 100) {
    console.log('enough');
    /*~ hard-exit */process.exit();
  }
  await Apify.pushData({ title: $('title').text() });
};
`,
        },
        sdk,
      );
    }
  });

  it('in a handler of a router', () => {
    expectReports(hardExit, {
      'main.ts': `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { router } from './routes.js';
await Actor.init();
const { startUrls } = await Actor.getInput<any>();
await new CheerioCrawler({ requestHandler: router }).run(startUrls);
await Actor.exit();
`,
      'routes.ts': `import { createCheerioRouter } from 'crawlee';
export const router = createCheerioRouter();
router.addHandler('DETAIL', async ({ pushData }) => {
  await pushData({});
  /*~ hard-exit */process.exit(1);
});
`,
    });
  });

  it('at the end of work whose state the SDK was to save', () => {
    const [report] = expectReports(
      hardExit,
      `${HEAD}const state = await Actor.useState('STATE', { page: 1 });
while (state.page < max) {
  await fetch(\`https://example.com/\${state.page}\`);
  state.page += 1;
}
/*~*/process.exit(0);
`,
    );
    expect(report?.message).toContain('the last changes are lost');
  });
});

describe('it is quiet on', () => {
  it.each([
    ['an exit before the work', `${HEAD}if (!startUrls) process.exit(1);\nawait Actor.exit();\n`],
    ['an exit at the end of a crawl without state', crawlerWith('').replace('await Actor.exit();', 'process.exit(0);')],
    ['a signal handler', `${HEAD}process.on('SIGTERM', () => process.exit(1));\nawait Actor.exit();\n`],
    [
      'an error handler of the program',
      `${HEAD}async function main() {}\nmain().catch((error) => {\n  console.error(error);\n  process.exit(1);\n});\n`,
    ],
    [
      'a catch clause after the work',
      `${HEAD}const state = await Actor.useState('STATE', { page: 1 });\ntry {\n  while (state.page < max) {\n    await fetch('https://example.com');\n    state.page += 1;\n  }\n} catch {\n  process.exit(1);\n}\nawait Actor.exit();\n`,
    ],
    [
      'an Actor that gives up with an error',
      crawlerWith(`    if (!max) {\n      log.error('The input has no max');\n      process.exit(1);\n    }`),
    ],
    ['Actor.exit in a handler', crawlerWith('    if (++count > max) await Actor.exit();')],
    ['an exit of something else', crawlerWith('    if (++count > max) child.exit(0);')],
    ['broken code', `${HEAD}new CheerioCrawler({ requestHandler() { process.exit } }\n`],
  ])('%s', (_, code) => {
    expectReports(hardExit, code);
  });

  it('a test file', () => {
    expectReports(hardExit, {
      'main.js': `import './crawler.test.js';\n`,
      'crawler.test.js': crawlerWith('    process.exit(0);'),
    });
  });
});

describe('the fix "actor-exit"', () => {
  it.each([
    [
      'without a code',
      '    if (++count > max) process.exit(); // enough',
      '    if (++count > max) await Actor.exit(); // enough',
    ],
    ['with 0', '    if (++count > max) process.exit(0);', '    if (++count > max) await Actor.exit();'],
    [
      'with a code',
      '    if (++count > max) process.exit(count);',
      '    if (++count > max) await Actor.exit({ exitCode: count });',
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(hardExit, crawlerWith(before))['main.js']).toBe(crawlerWith(after));
  });

  it('makes the function async, and those who call it', () => {
    const files = applyAllFixes(
      hardExit,
      crawlerWith('    check();').replace(
        'let count',
        'function check() {\n  if (++count > max) process.exit(0);\n}\nlet count',
      ),
    );
    expect(files['main.js']).toContain('async function check() {\n  if (++count > max) await Actor.exit();\n}');
    expect(files['main.js']).toContain('    await check();');
  });

  it('is not offered where the file does not know Actor, or the SDK has no exit', () => {
    const body = crawlerWith('    process.exit(0);').replace(
      "import { Actor } from 'apify';",
      "import * as apify from 'apify';\nconst Actor = apify.Actor;",
    );
    expect(reportsOf(hardExit, body).flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});
