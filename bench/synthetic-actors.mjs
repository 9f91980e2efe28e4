import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of one synthetic Actor: a crawler whose statistics a migration would lose. */
const SOURCES = {
  'main.js': `import { Actor, log } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { router } from './routes.js';
import { stats } from './stats.js';

await Actor.init();
const { startUrls, maxItems } = await Actor.getInput();
const crawler = new CheerioCrawler({ requestHandler: router, maxRequestRetries: 3 });
await crawler.run(startUrls);
await Actor.setValue('OUTPUT', stats);
log.info('Done', { maxItems });
await Actor.exit();
`,
  'routes.js': `import { createCheerioRouter } from 'crawlee';
import { parse } from './parse.js';
import { count, stats } from './stats.js';

export const router = createCheerioRouter();

router.addDefaultHandler(async ({ enqueueLinks }) => {
  count('list');
  await enqueueLinks({ label: 'DETAIL', selector: 'a.item' });
});

router.addHandler('DETAIL', async ({ request, $, pushData }) => {
  const item = parse($, request.url);
  stats.items.push(item.url);
  count('detail');
  await pushData(item);
});
`,
  'stats.js': `export const stats = { list: 0, detail: 0, items: [] };

export function count(kind) {
  stats[kind] += 1;
}
`,
  'parse.js': `export function parse($, url) {
  const title = $('h1').text().trim();
  const price = Number($('.price').text().replace(/[^0-9.]/g, ''));
  const tags = $('.tag').map((_, element) => $(element).text()).get();
  return { url, title, price, tags };
}
`,
};

/** The name of the file that the benchmarks open and edit. */
export const EDITED_FILE = 'actor-0/src/routes.js';

/**
 * Writes a workspace of synthetic Actors, four source files each.
 *
 * @param {string} folder where they go; it is made
 * @param {number} files how many source files, rounded down to whole Actors
 * @returns {number} how many source files were written
 */
export function writeSyntheticActors(folder, files) {
  const actors = Math.floor(files / Object.keys(SOURCES).length);
  for (let actor = 0; actor < actors; actor += 1) {
    const sources = join(folder, `actor-${actor}`, 'src');
    mkdirSync(sources, { recursive: true });
    const manifest = {
      name: `actor-${actor}`,
      type: 'module',
      scripts: { start: 'node src/main.js' },
      dependencies: { apify: '^3.7.2', crawlee: '^3.18.1' },
    };
    writeFileSync(join(folder, `actor-${actor}`, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
    for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(sources, name), text);
  }
  return actors * Object.keys(SOURCES).length;
}
