import { describe, expect, it } from 'vitest';

import { expectReports } from '../expect-reports.ts';
import { slowListener } from './rule.ts';

const HEAD = `import { Actor } from 'apify';
import { CheerioCrawler, sleep, launchPuppeteer } from 'crawlee';
import { setTimeout as pause } from 'node:timers/promises';
import { setTimeout } from 'node:timers/promises';
await Actor.init();
const crawler = new CheerioCrawler({});
let page = 1;
`;

function listener(body: string, event = 'migrating'): string {
  return `${HEAD}Actor.on('${event}', async () => {\n${body}\n});\n`;
}

const SAVE = `  await Actor.setValue('PAGE', page);`;

describe('it finds in a listener of migrating', () => {
  it.each([
    ["Crawlee's sleep before a save", `  await /*~*/sleep(5000);\n${SAVE}`],
    ['the sleep of Node', `  await /*~*/setTimeout(10 * 1000);\n${SAVE}`],
    ['a promise of setTimeout', `  await /*~*/new Promise((done) => setTimeout(done, 3_000));\n${SAVE}`],
    ['a wait by call', `  await /*~*/setTimeout.call(undefined, 5000);\n${SAVE}`],
    ['a wait of a list', `  const given = [5000];\n  await /*~*/(pause)(...given);\n${SAVE}`],
    ['a wait by a part of a constant', `  const { WAIT } = { WAIT: 5000 };\n  await /*~*/(0, sleep)(WAIT);\n${SAVE}`],
    ['a wait by rest arguments', `  const rest = (...given) => pause(...given);\n  await /*~*/rest(5000);\n${SAVE}`],
    ['a crawl', `  await /*~*/crawler.run();`],
    ['a crawl before a reboot', `  await /*~*/crawler.run();\n  await Actor.reboot();`],
    ['a teardown', `  await /*~*/crawler.teardown();`],
    ['a run of another Actor', `${SAVE}\n  await /*~*/Actor.call('a/b');`],
    [
      'a wait in a variable',
      `  const wait = /*~*/sleep(10_000);\n  await wait;\n  await Actor.setValue('STATE', state);`,
    ],
    ['a wait with a chain', `  await /*~*/sleep(10_000).then(() => Actor.setValue('STATE', state));`],
    ['a wait in parentheses', `  await (/*~*/sleep(10_000));\n  await Actor['setValue']('STATE', state);`],
    ['the launch of a browser', `  const browser = await /*~*/launchPuppeteer();`],
  ])('%s', (_, body) => {
    expectReports(slowListener, listener(body));
  });

  it('a wait in a function that it calls', () => {
    expectReports(slowListener, {
      'main.ts': `import { Actor } from 'apify';\nimport { save } from './save.js';\nActor.on('migrating', save);\n`,
      'save.ts': `import { Actor } from 'apify';\nexport async function save() {\n  await /*~ slow-listener */wait(4000);\n  await Actor.setValue('A', 1);\n}\nconst wait = (ms: number) => new Promise((r) => setTimeout(r, ms));\n`,
    });
  });

  it('a wait, in the SDK 2', () => {
    expectReports(
      slowListener,
      `const Apify = require('apify');\nApify.events.on('migrating', async () => {\n  await /*~*/Apify.utils.sleep(5000);\n  await Apify.setValue('A', 1);\n});\n`,
      'apify 2',
    );
  });
});

describe('it is quiet on', () => {
  it.each([
    ['a short wait', listener(`  await sleep(500);\n${SAVE}`)],
    ['a wait behind the save', listener(`${SAVE}\n  await sleep(10000);`)],
    ['a wait before a save and a reboot', listener(`  await sleep(10000);\n${SAVE}\n  await Actor.reboot();`)],
    [
      'a wait before a save and a reboot by the client',
      listener(`  await sleep(10000);\n${SAVE}\n  await Actor.apifyClient.run(process.env.ACTOR_RUN_ID).reboot();`),
    ],
    ['a wait that is computed', listener(`  await sleep(page);\n${SAVE}`)],
    ['other events', listener(`  await sleep(10000);\n${SAVE}`, 'aborting')],
    ['a wait that is not awaited', listener(`  sleep(10000);\n${SAVE}`)],
    ['a crawl elsewhere', `${HEAD}await crawler.run();\n`],
    ['broken code', listener(`  await sleep(`)],
  ])('%s', (_, code) => {
    expect(expectReports(slowListener, code)).toEqual([]);
  });
});
