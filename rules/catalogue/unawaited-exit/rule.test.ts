import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports } from '../expect-reports.ts';
import { unawaitedExit } from './rule.ts';

const HEAD = `import { Actor, log } from 'apify';\nawait Actor.init();\nconst input = await Actor.getInput();\n`;

describe('it finds an end that is not awaited, where the code goes on', () => {
  it.each([
    ['in a loop that checks', `for (const n of input.sizes) {\n  if (n < 0) /*~*/Actor.fail('no');\n}\nawait crawl();`],
    ['in a catch block', `try {\n  await open();\n} catch (error) {\n  /*~*/Actor.fail('no');\n}\nawait crawl();`],
    ['with void', `if (!input) void /*~*/Actor.exit();\nawait crawl();`],
    ['with a catch', `if (!input) /*~*/Actor.exit().catch(log.error);\nawait crawl();`],
    ['in a variable that nobody uses', `if (!input) { const end = /*~*/Actor.exit(); }\nawait crawl();`],
    ['behind a log', `if (!input) /*~*/Actor.reboot();\nlog.info('on');\nawait crawl();`],
    [
      'before another loop round',
      `while (true) {\n  await crawl();\n  if (input.done) /*~*/Actor.exit();\n  await crawl();\n}`,
    ],
    [
      'in a function that returns to one that goes on',
      `function check() {\n  if (!input) {\n    /*~*/Actor.fail('no');\n    return;\n  }\n}\ncheck();\nawait crawl();`,
    ],
    ['as a metamorph', `/*~*/Actor.metamorph('a/b', input);\nawait Actor.pushData({});`],
    [
      'through a helper that returns it',
      `const leave = () => Actor.exit();\nif (!input) /*~*/leave();\nawait crawl();`,
    ],
    [
      'through a helper that waits for it, and says why',
      `class Run {\n  static async leave(why) {\n    log.info(why);\n    await Actor.exit();\n  }\n}\nif (!input) /*~*/Run.leave('no');\nawait crawl();`,
    ],
    [
      'through a helper of a helper',
      `const leave = () => Actor.fail('no');\nasync function stop() {\n  return leave();\n}\nif (!input) void /*~*/stop();\nawait crawl();`,
    ],
  ])('%s', (_, code) => {
    expectReports(unawaitedExit, `${HEAD}${code}\n`);
  });

  it('in a request handler of another file', () => {
    expectReports(unawaitedExit, {
      'main.ts': `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { handle } from './handle.js';
await Actor.init();
await new CheerioCrawler({ requestHandler: handle }).run(['https://example.com']);
await Actor.exit();
`,
      'handle.ts': `import { Actor } from 'apify';
export const handle = async ({ request, pushData }) => {
  if (request.retryCount > 2) /*~ unawaited-exit */Actor.fail('Max retries exceeded');
  await pushData({ url: request.url });
};
`,
    });
  });

  it('of the SDK 1 and 2', () => {
    expectReports(
      unawaitedExit,
      `const Apify = require('apify');
Apify.main(async () => {
  const input = await Apify.getInput();
  if (input.other) /*~*/Apify.metamorph('a/b', input);
  await Apify.pushData({});
});
`,
      'apify 2',
    );
  });
});

describe('it is quiet', () => {
  it.each([
    ['on an end that is awaited', `if (!input) await Actor.fail('no');\nawait crawl();`],
    [
      'on one that is returned',
      `const end = () => Actor.exit();\nasync function f() {\n  if (!input) return Actor.exit();\n  await crawl();\n}\nawait f();\nawait end();\nawait crawl();`,
    ],
    ['on the last thing', `await crawl();\nActor.exit();`],
    ['before a log only', `await crawl();\nActor.exit();\nlog.info('done');`],
    [
      'before a return',
      `const router = async () => {\n  if (!input) {\n    Actor.fail('no');\n    return;\n  }\n  await crawl();\n};\nregister(router);`,
    ],
    ['before a throw', `if (!input) {\n  Actor.fail('no');\n  throw new Error('no');\n}\nawait crawl();`],
    ['before another end', `if (!input) {\n  Actor.exit();\n  process.exit(1);\n}\nawait crawl();`],
    [
      'in an error handler of the program',
      `async function main() {\n  await crawl();\n}\nmain().catch((error) => {\n  Actor.fail(error.message);\n});`,
    ],
    ['in a listener', `Actor.on('aborting', () => {\n  Actor.exit();\n});\nawait crawl();`],
    [
      'where the promise is kept',
      `const ends = [];\nif (!input) ends.push(Actor.exit());\nawait Promise.all(ends);\nawait crawl();`,
    ],
    [
      'on a function that works first, and ends then',
      `async function main() {\n  await crawl();\n  await Actor.exit();\n}\nmain();\nserve();`,
    ],
    [
      'on a function that may end',
      `async function check() {\n  if (!input) await Actor.exit();\n}\ncheck();\nawait crawl();`,
    ],
    ['on a helper that is awaited', `const leave = () => Actor.exit();\nif (!input) await leave();\nawait crawl();`],
    ['on what is not the SDK', `const Actor2 = { exit() {} };\nif (!input) Actor2.exit();\nawait crawl();`],
    ['on the end of another run', `const client = Actor.newClient();\nclient.run('id').reboot();\nawait crawl();`],
  ])('%s', (_, code) => {
    expectReports(unawaitedExit, `${HEAD}${code}\n`);
  });

  it('in broken code', () => {
    expectReports(unawaitedExit, `${HEAD}if (!input) { Actor.fail('no'\n`);
  });
});

describe('the fix "await"', () => {
  it.each([
    [
      'a statement',
      `if (!input) Actor.fail('no'); // stop\nawait crawl();`,
      `if (!input) await Actor.fail('no'); // stop\nawait crawl();`,
    ],
    ['void', `if (!input) void Actor.exit();\nawait crawl();`, `if (!input) await Actor.exit();\nawait crawl();`],
    [
      'in a function that becomes async, with its callers',
      `function check() {\n  if (!input) Actor.fail('no');\n}\ncheck();\nawait crawl();`,
      `async function check() {\n  if (!input) await Actor.fail('no');\n}\nawait check();\nawait crawl();`,
    ],
    [
      'in a function that was async, with those that left it to itself',
      `async function check() {\n  if (!input) Actor.fail('no');\n}\ncheck();\nawait crawl();`,
      `async function check() {\n  if (!input) await Actor.fail('no');\n}\nawait check();\nawait crawl();`,
    ],
    [
      'in a function that was async, and that ends the program',
      `async function check() {\n  if (!input) Actor.fail('no');\n  await crawl();\n}\ncheck();`,
      `async function check() {\n  if (!input) await Actor.fail('no');\n  await crawl();\n}\ncheck();`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(unawaitedExit, `${HEAD}${before}\n`)['main.js']).toBe(`${HEAD}${after}\n`);
  });
});
