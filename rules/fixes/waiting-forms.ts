import type { MarkedFiles } from '../catalogue/expect-reports.ts';

/** An Actor whose `save` is async, and leaves a write to itself; `code` calls it. */
function saving(code: string): MarkedFiles {
  return {
    'main.js': `import { Actor } from 'apify';
import { setTimeout as sleep } from 'node:timers/promises';

async function save(page) {
  await sleep(10);
  Actor.setValue('STATE', { page });
}

await Actor.init();
${code}
await Actor.exit();
`,
  };
}

/** Small Actors in which a function that waits is called by one who does not: what the fix of the one does to the other. */
export const WAITING_FORMS: Readonly<Record<string, MarkedFiles>> = {
  'a caller at the top level': saving(`save(1);`),
  'a caller with void': saving(`void save(1);`),
  'a caller that keeps the promise in a variable that nobody uses': saving(`const saved = save(1);`),
  'a caller that handles errors alone': saving(`save(1).catch((error) => console.error(error));`),
  'a caller that waits': saving(`await save(1);`),
  'callers that are collected': saving(`await Promise.all([1, 2].map((page) => save(page)));`),
  'callers in an array that is awaited': saving(`await [1, 2].map((page) => save(page));`),
  'callers in a map that nobody waits for': saving(`[1, 2].map(async (page) => { await save(page); });`),
  'a map by name': saving(`[1, 2].map(save);`),
  'a forEach': saving(`[1, 2].forEach((page) => save(page));`),
  'an async forEach': saving(`[1, 2].forEach(async (page) => { await save(page); });`),
  'a forEach by name': saving(`[1, 2].forEach(save);`),
  'a callback of then': saving(`sleep(1).then(() => save(1));`),
  'a callback of then by name': saving(`sleep(1).then(save);`),
  'a caller in a listener': saving(`Actor.on('migrating', () => { save(1); });`),
  'a caller in a listener, as its value': saving(`Actor.on('migrating', () => save(1));`),
  'a caller in a timer': saving(`setInterval(() => { save(1); }, 1000);`),
  'a caller that is async and its own caller': saving(`async function turn(page) { save(page); }
for (const page of [1, 2]) turn(page);`),
  'callers through several functions': saving(`const inner = async (page) => { await save(page); };
const outer = (page) => inner(page);
async function work() { outer(1); }
function start() { work(); }
start();`),
  'callers of which one waits already': saving(`async function both() { await save(1); save(2); save(3); }
async function all() { both(); }
all();`),
  'callers that call each other': saving(`async function down(page) { await up(page); save(page); }
async function up(page) { if (page > 0) down(page - 1); }
down(3);`),
  'a caller in a constructor': saving(`class Pages { constructor() { save(1); } }
export const pages = new Pages();`),
  'a caller in a getter': saving(`export const pages = { get first() { save(1); return 1; } };`),
  'a caller in a callback that cannot wait': saving(
    `export const pages = [1, 2].filter((page) => { save(page); return true; });`,
  ),
  'a caller that is reported already': saving(`async function both() { await Actor.setValue('BOTH', 1); save(1); }
both();`),
  'a method and its callers': {
    'main.ts': `import { Actor } from 'apify';
import { Pages } from './pages.js';

await Actor.init();
const pages = new Pages();
for (const url of ['a', 'b']) pages.add(url);
await Actor.exit();
`,
    'pages.ts': `import { Actor } from 'apify';

export class Pages {
  async add(url: string): Promise<void> {
    const response = await fetch(url);
    this.#keep(await response.text());
  }

  async #keep(text: string): Promise<void> {
    Actor.pushData({ text });
  }
}
`,
  },
  'a program in CommonJS that ends itself': {
    'main.js': `const { Actor } = require('apify');

async function run() {
  await Actor.init();
  Actor.pushData({ done: true });
}

run();
setTimeout(() => process.exit(), 1000);
`,
  },
  'a program in CommonJS that is left to its end': {
    'main.js': `const { Actor } = require('apify');

async function run() {
  await Actor.init();
  Actor.pushData({ done: true });
  await Actor.exit();
}

run();
`,
  },
  'an end in an async function': {
    'main.js': `import { Actor } from 'apify';

async function finish() {
  await Actor.pushData({ done: true });
  Actor.exit();
}

await Actor.init();
if (process.argv.length > 5) finish();
await Actor.pushData({ more: true });
`,
  },
  'an end that an async function waits for': {
    'main.js': `import { Actor } from 'apify';

async function finish(done) {
  if (done) Actor.exit();
  await Actor.pushData({ done });
}

await Actor.init();
finish(true);
await Actor.pushData({ more: true });
`,
  },
  'a state in an async function': {
    'main.js': `import { Actor } from 'apify';

let state;
async function load() {
  const loaded = Actor.useState('STATE', { page: 0 });
  loaded.page += 1;
  Actor.setValue('LOADED', loaded.page);
}

await Actor.init();
load();
await Actor.exit();
`,
  },
};
