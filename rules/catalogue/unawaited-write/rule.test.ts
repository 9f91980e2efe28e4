import { describe, expect, it } from 'vitest';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { expectReports } from '../expect-reports.ts';
import { unawaitedWrite } from './rule.ts';

/** Code inside an async function of an Actor that goes on afterwards. */
function inRun(code: string): string {
  return `import { Actor, log } from 'apify';
await Actor.init();
const store = await Actor.openKeyValueStore();
const queue = await Actor.openRequestQueue();
export async function run(items, page) {
${code}
await page.goto('https://example.com');
}
await run([], undefined);
await Actor.exit();
`;
}

describe('unawaited-write finds', () => {
  it.each([
    ['a bare statement', `/*~*/Actor.setValue('STATE', items);`],
    ['a push to the dataset', `/*~*/Actor.pushData(items);`],
    ['a charge', `/*~*/Actor.charge({ eventName: 'page' });`],
    ['a store, opened before', `/*~*/store.setValue('STATE', items);`],
    ['a queue', `/*~*/queue.addRequest({ url: 'https://example.com' });`],
    ['a store that may not be there', `/*~*/store?.setValue('STATE', items);`],
    ['void', `void /*~*/Actor.setValue('STATE', items);`],
    ['void in an arrow function', `page.on('close', () => void /*~*/Actor.setValue('STATE', items));`],
    ['a variable that is never used', `const saved = /*~*/Actor.setValue('STATE', items);`],
    [
      'a variable that is only logged',
      `const saved = /*~*/Actor.setValue('STATE', items);\nconsole.log(saved, items);`,
    ],
    ['a variable that is given to void', `const saved = /*~*/Actor.setValue('STATE', items);\nvoid saved;`],
    ['a variable with only a catch', `const saved = /*~*/Actor.setValue('STATE', items);\nsaved.catch(() => {});`],
    ['.then with a log', `/*~*/Actor.setValue('STATE', items).then(() => log.info('saved'));`],
    ['.catch with a log', `/*~*/Actor.pushData(items).catch((error) => log.error(error));`],
    ['.finally', `/*~*/Actor.pushData(items).finally(() => log.info('done'));`],
    ['a chain of them', `/*~*/Actor.pushData(items).then(() => 1).catch(console.error);`],
    ['the right side of &&', `items.length > 10 && /*~*/Actor.pushData(items);`],
    ['both sides of ?:', `items.length > 10 ? /*~*/Actor.pushData(items) : /*~*/Actor.pushData([]);`],
    ['a comma', `items.reverse(), /*~*/Actor.pushData(items);`],
    ['a loop', `for (const item of items) /*~*/Actor.pushData(item);`],
    ['forEach with an async callback', `/*~*/items.forEach(async (item) => { await Actor.pushData(item); });`],
    ['forEach with a callback that returns the promise', `/*~*/items.forEach((item) => Actor.pushData(item));`],
    ['a statement in a forEach', `items.forEach((item) => { /*~*/Actor.pushData(item); });`],
    [
      'forEach with a function by name',
      `const push = async (item) => { await Actor.pushData(item); };\n/*~*/items.forEach(push);`,
    ],
    [
      "cheerio's each",
      `/*~*/page.$('a').each(async (index, link) => { await queue.addRequest({ url: link.href }); });`,
    ],
    ['map whose array is dropped', `/*~*/items.map(async (item) => { await Actor.pushData(item); });`],
    ['map whose array is never used', `const pushes = /*~*/items.map((item) => Actor.pushData(item));`],
    ['an array of promises that is awaited itself', `await /*~*/[1, 2].map((item) => Actor.pushData({ item }));`],
    ['Promise.all that is dropped', `/*~*/Promise.all(items.map((item) => Actor.pushData(item)));`],
    ['a timer', `setInterval(() => { /*~*/Actor.setValue('STATE', items); }, 1000);`],
    ['a callback of a stream', `page.on('data', (row) => { /*~*/Actor.pushData(row); });`],
    ['an async function called at once', `/*~*/(async () => { await Actor.pushData(items); })();`],
    ['a try that nobody waits in', `try { /*~*/Actor.setValue('STATE', items); } catch (error) { log.error(error); }`],
    ['a then of something else that writes', `/*~*/page.content().then((html) => Actor.setValue('PAGE', html));`],
  ])('%s', (_, code) => {
    expectReports(unawaitedWrite, inRun(code));
  });

  it("the product's first listener, of the SDK 1 and 2", () => {
    const code = `const Apify = require('apify');
Apify.events.on('migrating', () => {
    /*~ unawaited-write */Apify.setValue('my-crawling-state', { foo: 'bar' });
});
Apify.main(async () => { await Apify.getInput(); });`;
    for (const sdk of ['apify 0', 'apify 1', 'apify 2'] as const) {
      const [report] = expectReports(unawaitedWrite, code, sdk);
      expect(report?.severity).toBe('error');
    }
  });

  it('a function of the project, where it is called and not awaited', () => {
    expectReports(unawaitedWrite, {
      'main.js': `import { Actor } from 'apify';
import { saveAll } from './save.js';
await Actor.init();
for (const page of [1, 2]) {
  await fetch(page);
  /*~*/saveAll(page);
}
await Actor.exit();`,
      'save.js': `import { Actor } from 'apify';
const save = (key, value) => Actor.setValue(key, value);
export async function saveAll(page) {
  await save('A', page);
  await save('B', page);
}`,
    });
  });

  it.each([
    ['where the exit is next', `/*~*/saveAll();\nawait Actor.exit();`],
    [
      'where something else is awaited before',
      `/*~*/saveAll();\nawait fetch('https://example.com');\nawait Actor.exit();`,
    ],
    [
      'in a block',
      `if (process.argv.length > 2) {\n  /*~*/saveAll();\n}\nawait fetch('https://example.com');\nawait Actor.exit();`,
    ],
    [
      'where the exit is in a try',
      `/*~*/saveAll();\ntry { await fetch('https://example.com'); } finally { await Actor.exit(); }`,
    ],
  ])('a function of the project at the top level, %s', (_, code) => {
    expectReports(
      unawaitedWrite,
      `import { Actor } from 'apify';\nawait Actor.init();\nasync function saveAll() { await Actor.setValue('A', 1); }\n${code}`,
    );
  });

  it.each([
    ['by nothing', `/*~*/save();`, true],
    ['by a catch', `/*~*/save().catch((error) => log.error(error));`, false],
    ['by the second handler of a then', `/*~*/save().then(undefined, (error) => log.error(error));`, false],
    ['by a catch that throws again', `/*~*/save().catch((error) => { throw error; });`, true],
    ['by a try around the call alone', `try { /*~*/save(); } catch (error) { log.error(error); }`, true],
    ['by a try in the function', `/*~*/saveOrTell();`, false],
    ['by a try that throws again', `/*~*/saveOrThrow();`, true],
    ['by a catch in the function', `/*~*/saveOrLog();`, false],
  ])('a write whose rejection is taken %s, and says what it does', (_, code, endsProcess) => {
    const functions = `const save = async () => { await Actor.setValue('STATE', items); };
const saveOrTell = async () => { try { await save(); } catch (error) { log.error(error); } };
const saveOrThrow = async () => { try { await save(); } catch (error) { throw error; } };
const saveOrLog = async () => { await save().catch(log.error); };
`;
    const [report] = expectReports(unawaitedWrite, inRun(functions + code));
    expect(report?.message.includes('a rejection ends the process')).toBe(endsProcess);
    expect(report?.message).toContain(': it may be cut');
  });

  it('a method that returns the promise of a field', () => {
    expectReports(unawaitedWrite, {
      'main.js': `import { Actor } from 'apify';
class Stats {
  async init() { this.store = await Actor.openKeyValueStore('stats'); return this; }
  save() { return this.store.setValue('STATS', this); }
}
async function run() {
  const stats = await new Stats().init();
  /*~*/stats.save();
  await fetch('https://example.com');
}
await run();`,
    });
  });

  it('a write in a helper that runs what it is given, where the helper is not awaited', () => {
    expectReports(
      unawaitedWrite,
      inRun(`const retry = async (work) => { for (;;) { try { return await work(); } catch (error) { log.error(error); } } };
/*~*/retry(() => Actor.pushData(items));
retry(() => page.reload());
await retry(() => Actor.pushData(items));`),
    );
  });

  it('a handler that is given to the crawler by name', () => {
    expectReports(unawaitedWrite, {
      'main.js': `import { CheerioCrawler } from 'crawlee';
import { router } from './routes.js';
await new CheerioCrawler({ requestHandler: router }).run(['https://example.com']);`,
      'routes.js': `import { createCheerioRouter } from 'crawlee';
export const router = createCheerioRouter();
async function onList({ crawler, enqueueLinks }) {
  /*~*/crawler.addRequests(['https://example.com/2']);
  /*~*/enqueueLinks();
}
router.addHandler('LIST', onList);
router.addDefaultHandler(async ({ pushData }) => { /*~*/pushData({}); });`,
    });
  });
});

describe('unawaited-write is quiet on', () => {
  it.each([
    ['await', `await Actor.setValue('STATE', items);`],
    ['a promise that is returned', `return Actor.setValue('STATE', items);`],
    [
      'a promise in an array that is awaited later',
      `const saves = [];\nfor (const item of items) saves.push(Actor.pushData(item));\nawait Promise.all(saves);`,
    ],
    [
      'an array by another name, filled in a callback',
      `const later = [];\nitems.forEach((item) => { later.push(Actor.pushData(item)); });\nawait Promise.allSettled(later);`,
    ],
    [
      'a Map and a Set of promises',
      `const a = new Map(); const b = new Set();\na.set('x', Actor.pushData(items));\nb.add(Actor.pushData(items));\nawait Promise.all([...a.values(), ...b]);`,
    ],
    ['Promise.all over map', `await Promise.all(items.map(async (item) => { await Actor.pushData(item); }));`],
    ['Promise.all of a spread map', `await Promise.all([...items.map((item) => Actor.pushData(item)), page.close()]);`],
    [
      'map into a variable that is awaited',
      `const pushes = items.map((item) => Actor.pushData(item));\nawait Promise.all(pushes);`,
    ],
    ['arrays in flatMap', `await Promise.all(items.flatMap((item) => [Actor.pushData(item)]));`],
    ['Promise.all that is returned', `return Promise.all(items.map((item) => Actor.pushData(item)));`],
    [
      'reduce with an async callback',
      `await items.reduce(async (before, item) => { await before; return Actor.pushData(item); }, Promise.resolve());`,
    ],
    ['a variable that is awaited', `const saved = Actor.setValue('STATE', items);\nawait page.close();\nawait saved;`],
    [
      'a variable that is awaited on one path',
      `let saved;\nif (items.length) saved = Actor.setValue('STATE', items);\nif (page) await saved;`,
    ],
    ['a variable that goes on to a function', `const saved = Actor.setValue('STATE', items);\npage.waitFor(saved);`],
    ['a field', `page.saving = Actor.setValue('STATE', items);`],
    ['an object that is returned', `return { saved: Actor.setValue('STATE', items) };`],
    ['an argument of a function that we do not know', `page.waitFor(Actor.setValue('STATE', items));`],
    [
      'a queue of promises from a package',
      `page.limit(() => Actor.pushData(items));\npage.queue.add(async () => { await Actor.pushData(items); });`,
    ],
    [
      'a chain that is awaited',
      `await Actor.setValue('STATE', items).then(() => log.info('saved')).catch(console.error);`,
    ],
    [
      'resolve in a then',
      `await new Promise((resolve, reject) => { Actor.setValue('STATE', items).then(resolve, reject); });`,
    ],
    [
      'resolve in a callback of then',
      `await new Promise((resolve) => { Actor.setValue('STATE', items).then(() => { resolve(); }); });`,
    ],
    [
      'an async executor',
      `await new Promise(async (resolve) => { await Actor.setValue('STATE', items); resolve(); });`,
    ],
    ['a then that ends the process', `Actor.setValue('STATE', items).then(() => process.exit(0));`],
    [
      'a pool made by hand',
      `let running = 0;\nconst next = () => { running += 1; Actor.pushData(items.pop()).finally(() => { running -= 1; if (items.length) next(); }); };\nnext();`,
    ],
    ['yield', `function* each() { yield Actor.pushData(items); }\nfor (const push of each()) await push;`],
    ['for await', `for await (const item of [Actor.pushData(items)]) log.info(item);`],
    [
      'the SDK calling back for each key',
      `await store.forEachKey(async (key) => { await store.setValue(key, null); });`,
    ],
    [
      'the SDK calling back for each item',
      `const dataset = await Actor.openDataset();\nawait dataset.forEach(async (item) => { await Actor.pushData(item); });`,
    ],
    ['a forEach that some library gives', `page.dataset.forEach(async (item) => { await Actor.pushData(item); });`],
    ['a forEach without writes', `items.forEach(async (item) => { await page.click(item); });`],
    ['a timer that awaits', `setInterval(async () => { await Actor.setValue('STATE', items); }, 1000);`],
    ['the status message', `Actor.setStatusMessage('Working');`],
    ['a webhook and another run', `Actor.addWebhook({});\nActor.start('other');`],
    ['a read', `Actor.getValue('STATE');`],
    ['useState, which another rule looks at', `Actor.useState('STATE', {});`],
    ['a Set called output', `const output = new Set();\noutput.add(1);\nconst queue2 = [];\nqueue2.push(2);`],
    [
      'work that a request to a server starts',
      `page.post('/', (req, res) => { run(req.body); res.send('ok'); });\nawait Actor.pushData(items);`,
    ],
    [
      'a start that is left to itself on purpose',
      `void page.ready.then(async () => { await Actor.setValue('READY', 1); });`,
    ],
    [
      'work in the background with its own handling of errors',
      `const fail = (error) => { throw error; };\nconst work = async () => { await Actor.pushData(items); };\nwork().catch(fail);`,
    ],
  ])('%s', (_, code) => {
    expectReports(unawaitedWrite, inRun(code));
  });

  it('a program that is started at the top level and left to itself', () => {
    const starts = [
      'main();',
      'main().catch(console.error);',
      'main().then(() => process.exit(0));',
      '(async () => { await main(); })();',
      'void main();',
    ];
    for (const start of starts) {
      expectReports(
        unawaitedWrite,
        `import { Actor } from 'apify';\nasync function main() { await Actor.pushData({}); }\n${start}`,
      );
    }
  });

  it('one that the module ends under a condition only, or in a function', () => {
    for (const end of [
      `if (process.argv.length > 9) process.exit(1);`,
      `process.on('SIGTERM', () => process.exit(0));`,
    ]) {
      expectReports(
        unawaitedWrite,
        `import { Actor } from 'apify';\nasync function main() { await Actor.pushData({}); }\nmain();\nawait fetch('https://example.com');\n${end}`,
      );
    }
  });

  it('Actor.main and Apify.main, which nobody awaits', () => {
    expectReports(
      unawaitedWrite,
      `import { Actor } from 'apify';\nActor.main(async () => { await Actor.pushData({}); });`,
    );
    expectReports(
      unawaitedWrite,
      `const Apify = require('apify');\nApify.main(async () => { await Apify.pushData({}); });`,
      'apify 2',
    );
  });

  it('listeners that await, return or are given by name', () => {
    expectReports(
      unawaitedWrite,
      `import { Actor } from 'apify';
await Actor.init();
let state = {};
const save = async () => { await Actor.setValue('STATE', state); };
Actor.on('migrating', () => Actor.setValue('STATE', state));
Actor.on('aborting', async () => { await save(); });
Actor.on('persistState', save);
Actor.on('migrating', () => { return save(); });`,
    );
  });

  it('handlers of a crawler that await or return, in options, routers and switches', () => {
    expectReports(
      unawaitedWrite,
      `import { CheerioCrawler, Dataset, createCheerioRouter } from 'crawlee';
const router = createCheerioRouter();
router.addDefaultHandler(({ pushData }) => pushData({}));
const list = async () => Dataset.pushData({});
const crawler = new CheerioCrawler({
  requestHandler: async ({ request, pushData }) => {
    switch (request.label) {
      case 'LIST': return list();
      default: return pushData({});
    }
  },
  preNavigationHooks: [async () => { await Dataset.pushData({}); }],
});
await crawler.run();`,
    );
  });

  it('a dependency that is handed in and awaited by who gets it', () => {
    expectReports(unawaitedWrite, {
      'main.js': `import { Actor } from 'apify';
import { run } from './run.js';
await Actor.init();
await run({ pushData: (item) => Actor.pushData(item), charge: (eventName) => Actor.charge({ eventName }) });
await Actor.exit();`,
      'run.js': `export async function run(deps) { await deps.pushData({}); await deps.charge('item'); }`,
    });
  });

  it('tests', () => {
    expectReports(unawaitedWrite, {
      'main.js': `import './main.test.js';`,
      'main.test.js': `import { Actor } from 'apify';\nexport const run = () => { Actor.pushData({}); };`,
    });
  });
});

describe('unawaited-write says what is lost', () => {
  it.each<[string, string, FixtureSdk, string]>([
    [
      'before Actor.exit',
      `import { Actor } from 'apify';\nawait Actor.init();\n/*~*/Actor.pushData({});\nawait Actor.exit();`,
      'apify 3',
      'Nobody waits for this push to the dataset: it is lost when Actor.exit ends the process',
    ],
    [
      'before process.exit, through a function',
      `import { Actor } from 'apify';\nasync function save() { await Actor.setValue('A', 1); }\nfunction end() { /*~*/save(); process.exit(0); }\nend();`,
      'apify 3',
      'Nobody waits for save(), and so for its save: it is lost when process.exit ends the process',
    ],
    [
      'at the end of main',
      `const Apify = require('apify');\nApify.main(async () => {\n  /*~*/Apify.setValue('OUTPUT', {});\n});`,
      'apify 2',
      'Nobody waits for this save: it is lost when Apify.main exits the process at the end of its function',
    ],
    [
      'at the end of a function that main calls last',
      `const Apify = require('apify');\nasync function run() { await Apify.getInput(); /*~*/Apify.setValue('OUTPUT', {}); }\nApify.main(async () => {\n  await run();\n});`,
      'apify 1',
      'Nobody waits for this save: it is lost when Apify.main exits the process at the end of its function',
    ],
    [
      'in a listener, where the SDK reboots',
      `import { Actor } from 'apify';\nawait Actor.init();\nActor.on('migrating', () => { /*~*/Actor.setValue('STATE', {}); });`,
      'apify 3',
      'Nobody waits for this save: it is lost when the SDK reboots the run, which it does once the migrating listener has returned',
    ],
    [
      'in a listener, where it does not',
      `import { Actor } from 'apify';\nawait Actor.init();\nActor.on('migrating', () => { /*~*/Actor.setValue('STATE', {}); });`,
      'apify 3.6',
      'Nobody waits for this save: the migrating listener returns before it has arrived, so the process may end without it',
    ],
    [
      'in a function that a listener calls',
      `import { Actor } from 'apify';\nawait Actor.init();\nfunction save() { /*~*/Actor.setValue('STATE', {}); }\nActor.on('aborting', () => { save(); });`,
      'apify 3',
      'Nobody waits for this save: the aborting listener returns before it has arrived, so the process may end without it',
    ],
  ])('%s', (_, code, sdk, message) => {
    const [report] = expectReports(unawaitedWrite, code, sdk);
    expect(report).toMatchObject({ severity: 'error', message });
  });

  it('a wait that may be left out covers nothing', () => {
    const [report] = expectReports(
      unawaitedWrite,
      `const Apify = require('apify');
Apify.main(async () => {
  const input = await Apify.getInput();
  /*~*/Apify.setValue('OUTPUT', input);
  if (input.webhook) await fetch(input.webhook);
});`,
      'apify 0',
    );
    expect(report).toMatchObject({
      severity: 'error',
      message:
        'Nobody waits for this save: it may be lost when Apify.main exits the process at the end of its function',
    });
  });

  it('elsewhere it may be cut, which is a warning', () => {
    const [report] = expectReports(unawaitedWrite, inRun(`/*~*/Actor.setValue('STATE', items);`));
    expect(report).toMatchObject({
      severity: 'warning',
      message: 'Nobody waits for this save: it may be cut, and a rejection ends the process',
    });
  });

  it('shows the calls down to the write', () => {
    const [report] = expectReports(
      unawaitedWrite,
      `import { Actor } from 'apify';
await Actor.init();
async function save() { await Actor.setValue('A', 1); }
async function saveAll() { await save(); }
export async function run() { /*~*/saveAll(); await fetch('https://example.com'); }
await run();`,
    );
    expect(report?.related.map(({ node, message }) => `${node.getText()}: ${message}`)).toEqual([
      'save: which waits for this call',
      'Actor.setValue: the save',
    ]);
  });
});
