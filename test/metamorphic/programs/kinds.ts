import type { Program } from '../program.ts';

/** Programs for what the pages have no example of: branches with an `else`, compound conditions, loops in loops, callbacks. */
const TEXTS: Readonly<Record<string, string>> = {
  'limit with an else branch': `
import { Actor, log } from 'apify';
import { CheerioCrawler } from 'crawlee';

await Actor.init();
const { startUrls, maxItems } = await Actor.getInput();
let pushed = 0;
const crawler = new CheerioCrawler({
  maxConcurrency: 1,
  requestHandler: async ({ request, $ }) => {
    const title = $('h1').text();
    if (pushed < maxItems && title !== '') {
      pushed += 1;
      await Actor.pushData({ url: request.url, title });
    } else {
      log.info('nothing to store');
    }
  },
});
await crawler.run(startUrls);
await Actor.exit();
`,
  'sums of several lists': `
import { Actor } from 'apify';

await Actor.init();
const { queries } = await Actor.getInput();
const state = await Actor.useState('STATE', { next: 0 });
let sum = 0;
while (state.next < queries.length) {
  const response = await fetch(\`https://shop.test/?q=\${queries[state.next]}\`);
  const { products } = await response.json();
  for (const product of products) {
    if (product.price > 0 && product.id > 0) {
      sum += product.price;
    }
  }
  await Actor.pushData({ query: queries[state.next], found: products.length });
  state.next += 1;
}
await Actor.setValue('OUTPUT', { sum });
await Actor.exit();
`,
  'a list of what was done, by lines': `
import { Actor } from 'apify';

await Actor.init();
const { urls } = await Actor.getInput();
const done = (await Actor.getValue('DONE')) ?? [];
Actor.on('persistState', () => {
  Actor.setValue('DONE', done);
});
for (const url of urls) {
  if (!done.includes(url)) {
    const response = await fetch(url);
    await Actor.pushData({ url, status: response.status });
    done.push(url);
  }
}
await Actor.exit();
`,
  'a saved page that is restored': `
import { Actor, log } from 'apify';

await Actor.init();
const saved = await Actor.getValue('PROGRESS');
let page = saved?.page ?? 1;
let empty = 0;
Actor.on('migrating', async () => {
  await Actor.setValue('PROGRESS', { page });
});
for (;;) {
  const response = await fetch(\`https://shop.test/?page=\${page}\`);
  const { items } = await response.json();
  if (items.length === 0) {
    log.info(\`the end at \${page}\`);
    break;
  } else {
    await Actor.pushData(items);
  }
  page += 1;
}
await Actor.exit();
`,
  'two events, one listener': `
import { Actor } from 'apify';

await Actor.init();
const state = { page: 1, ...(await Actor.getValue('STATE')) };
const save = async () => {
  await Actor.setValue('STATE', state);
};
Actor.on('migrating', save);
Actor.on('aborting', save);
while (state.page <= 5) {
  const response = await fetch(\`https://shop.test/?page=\${state.page}\`);
  await Actor.pushData({ page: state.page, status: response.status });
  state.page += 1;
}
await Actor.exit();
`,
  'a key with a slip': `
import { Actor } from 'apify';

await Actor.init();
const cursor = (await Actor.getValue('CURSOR_POSITION')) ?? { after: 0 };
Actor.on('persistState', async () => {
  if (cursor.after > 0) {
    await Actor.setValue('CURSOR_POSITON', cursor);
  }
});
while (cursor.after < 6) {
  const response = await fetch(\`https://shop.test/?after=\${cursor.after}\`);
  await Actor.pushData({ after: cursor.after, status: response.status });
  cursor.after += 2;
}
await Actor.exit();
`,
  'rows by a router in another way': `
import { Actor } from 'apify';
import { CheerioCrawler, createCheerioRouter } from 'crawlee';

await Actor.init();
const router = createCheerioRouter();
const rows = [];
router.addDefaultHandler(async ({ request, enqueueLinks, log }) => {
  await enqueueLinks({ label: 'detail' });
  log.info(request.url);
});
router.addHandler('detail', async ({ request, $ }) => {
  const title = $('h1').text();
  rows.push({ url: request.url, title });
  if (rows.length >= 10) {
    await Actor.pushData(rows.splice(0));
  }
});
const crawler = new CheerioCrawler({ requestHandler: router });
await crawler.run(['https://shop.test']);
await Actor.pushData(rows);
await Actor.exit();
`,
  'a start that only counts': `
import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';

await Actor.init();
const totals = await Actor.useState('TOTALS', { pages: 0, failed: 0 });
const crawler = new CheerioCrawler({
  requestHandler: async ({ request, $, enqueueLinks }) => {
    await enqueueLinks();
    if ($('h1').text() === '') totals.failed += 1;
    else totals.pages += 1;
    await Actor.pushData({ url: request.url });
  },
});
await crawler.run(['https://shop.test']);
await Actor.setValue('OUTPUT', totals);
await Actor.exit();
`,
  'callbacks for each item': `
import { Actor } from 'apify';

await Actor.init();
const { urls } = await Actor.getInput();
urls.forEach(async (url) => {
  const response = await fetch(url);
  await Actor.pushData({ url, status: response.status });
});
await Actor.exit();
`,
  'functions of its own': `
import { Actor } from 'apify';

const pageAddress = (page) => {
  return \`https://shop.test/?page=\${page}\`;
};
async function load(page) {
  return fetch(pageAddress(page));
}
async function store(rows) {
  return Actor.pushData(rows);
}

await Actor.init();
let page = 1;
for (;;) {
  const response = await load(page);
  const { items } = await response.json();
  if (items.length === 0) break;
  await store(items);
  page += 1;
}
await Actor.exit();
`,
  'a retried page': `
import { Actor, log } from 'apify';

await Actor.init();
let offset = 0;
let errors = 0;
while (errors < 3) {
  try {
    const response = await fetch(\`https://shop.test/?offset=\${offset}\`);
    const { items } = await response.json();
    if (items.length === 0) break;
    await Actor.pushData(items);
    offset += items.length;
  } catch (error) {
    errors += 1;
    log.error(error.message);
  }
}
await Actor.exit();
`,
};

const LEGACY: Readonly<Record<string, string>> = {
  'a legacy crawler with a switch': `
const Apify = require('apify');

Apify.main(async () => {
  const { startUrls, maxItems } = await Apify.getInput();
  const requestQueue = await Apify.openRequestQueue();
  for (const { url } of startUrls) await requestQueue.addRequest({ url });
  let count = 0;
  const crawler = new Apify.CheerioCrawler({
    requestQueue,
    handlePageFunction: async ({ request, $ }) => {
      if (count >= maxItems) return;
      switch (request.userData.label) {
        case 'skip':
          break;
        default:
          count += 1;
          await Apify.pushData({ url: request.url, title: $('title').text() });
      }
    },
  });
  await crawler.run();
});
`,
  'a legacy page that is saved': `
const Apify = require('apify');
const { log, sleep } = Apify.utils;

Apify.main(async () => {
  const state = (await Apify.getValue('STATE')) || { page: 1, seen: [] };
  Apify.events.on('migrating', () => {
    Apify.setValue('STATE', state);
  });
  while (state.page < 5) {
    if (state.seen.includes(state.page)) {
      log.info('seen');
    } else {
      await Apify.pushData({ page: state.page });
      state.seen.push(state.page);
    }
    state.page += 1;
    await sleep(200);
  }
});
`,
};

/** The programs of this file. */
export function kindPrograms(): readonly Program[] {
  const current = { package: 'apify', version: '3.7.2' } as const;
  const legacy = { package: 'apify', version: '2.3.2' } as const;
  return [
    ...Object.entries(TEXTS).map(([name, text]) => ({ name, sdk: current, files: { 'main.js': text.trimStart() } })),
    ...Object.entries(LEGACY).map(([name, text]) => ({ name, sdk: legacy, files: { 'main.js': text.trimStart() } })),
  ];
}
