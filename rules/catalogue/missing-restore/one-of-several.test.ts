import { describe, expect, it } from 'vitest';

import { expectReports } from '../expect-reports.ts';
import { missingRestore } from './rule.ts';

/** A crawler with a position that is restored and a seen-set; what is put in it saves, and restores or not. */
function crawling({
  start = `const state = (await Actor.getValue('STATE')) ?? { pushed: 0 };\nconst seen = new Set();`,
  listener = `await Actor.setValue('STATE', state);\n  await Actor.setValue(/*~*/'SEEN', [...seen]);`,
  handler = `const id = $('h1').attr('id');
    if (state.pushed >= maxItems || seen.has(id)) return;
    seen.add(id);
    state.pushed += 1;
    await Actor.pushData({ id });`,
  end = '',
}): string {
  return `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
import { refill } from 'refill';
await Actor.init();
const { startUrls, maxItems } = await Actor.getInput();
${start}
Actor.on('persistState', async () => {
  ${listener}
});
const crawler = new CheerioCrawler({
  requestHandler: async ({ $, request }) => {
    ${handler}
  },
});
await crawler.run(startUrls);
${end}
await Actor.exit();
`;
}

const BOTH = `await Actor.setValue('STATE', state);\n  await Actor.setValue('SEEN', [...seen]);`;

describe('it finds a key that is forgotten beside one that is read', () => {
  it('of a listener that saves both', () => {
    const [report] = expectReports(missingRestore, crawling({}));
    expect(report?.message).toBe(
      '`SEEN` is saved here and read nowhere: after a migration `seen` starts from its first value all the same',
    );
  });

  it('where one function saves both, each with a key of its own', () => {
    const listener = `const save = (key, value) => Actor.setValue(key, value);\n  await save('STATE', state);\n  await save(/*~*/'SEEN', [...seen]);`;
    expectReports(missingRestore, crawling({ listener }));
  });

  it('in modules of CommonJS, by an event that is given a method', () => {
    expectReports(
      missingRestore,
      {
        'main.js': `const Apify = require('apify');
const { Progress } = require('./progress');
Apify.main(async () => {
  const progress = new Progress();
  await progress.load();
  Apify.events.on('persistState', progress.save.bind(progress));
  const requestQueue = await Apify.openRequestQueue();
  const crawler = new Apify.CheerioCrawler({
    requestQueue,
    handlePageFunction: async ({ $ }) => {
      const id = $('h1').attr('id');
      progress.count += 1;
      if (progress.done[id] || progress.count > 1000) return;
      progress.done[id] = true;
      await Apify.pushData({ id });
    },
  });
  await crawler.run();
});`,
        'progress.js': `const Apify = require('apify');
class Progress {
  count = 0;
  done = {};
  async load() {
    this.count = (await Apify.getValue('COUNT')) || 0;
  }
  async save() {
    await Apify.setValue('COUNT', this.count);
    await Apify.setValue(/*~*/'DONE', this.done);
  }
}
module.exports = { Progress };`,
      },
      'apify 2',
    );
  });
});

describe('it is quiet where', () => {
  it.each([
    [
      'both are read',
      crawling({
        start: `const state = (await Actor.getValue('STATE')) ?? { pushed: 0 };\nconst seen = new Set(await Actor.getValue('SEEN'));`,
        listener: BOTH,
      }),
    ],
    [
      'the other one has it too',
      crawling({
        start: `const state = (await Actor.getValue('STATE')) ?? { pushed: 0, seen: [] };\nconst seen = new Set(state.seen);`,
        listener: `state.seen = [...seen];\n  ${BOTH}`,
      }),
    ],
    [
      'the other one saves it too, and is put in later',
      crawling({
        start: `const state = { pushed: 0 };\nconst seen = new Set();
const saved = await Actor.getValue('STATE');
state.pushed = saved?.pushed ?? 0;
for (const id of saved?.ids ?? []) seen.add(id);`,
        listener: `await Actor.setValue('STATE', { ...state, ids: [...seen] });\n  await Actor.setValue('SEEN', [...seen]);`,
      }),
    ],
    [
      'it is only there to be looked at',
      crawling({
        start: `const state = (await Actor.getValue('STATE')) ?? { pushed: 0 };\nlet pages = 0;`,
        listener: `await Actor.setValue('STATE', state);\n  await Actor.setValue('PAGES', { pages });`,
        handler: `pages += 1;
    if (state.pushed >= maxItems) return;
    state.pushed += 1;
    await Actor.pushData({ url: request.url });`,
      }),
    ],
    [
      'its key says that it is for people',
      crawling({
        listener: `await Actor.setValue('STATE', state);\n  await Actor.setValue('SEEN_REPORT', [...seen]);`,
      }),
    ],
    ['it is written at the end, too', crawling({ listener: BOTH, end: `await Actor.setValue('SEEN', [...seen]);` })],
    [
      'a key that nothing writes is read: one of them may be misspelt',
      crawling({
        start: `const state = (await Actor.getValue('STATE')) ?? { pushed: 0 };\nconst seen = new Set();
refill(seen, await Actor.getValue('SEEN_IDS'));`,
        listener: BOTH,
      }),
    ],
    [
      'it is read for another place, by a constant',
      crawling({
        start: `const KEY = 'SEEN';
const state = (await Actor.getValue('STATE')) ?? { pushed: 0 };
const seen = new Set();
refill(seen, await Actor.getValue(KEY));`,
        listener: `await Actor.setValue('STATE', state);\n  await Actor.setValue(KEY, [...seen]);`,
      }),
    ],
    [
      'a key that is made at run time is read',
      crawling({
        start: `const state = (await Actor.getValue('STATE')) ?? { pushed: 0 };\nconst seen = new Set(await Actor.getValue(startUrls[0]));`,
        listener: BOTH,
      }),
    ],
    [
      'one call saves both',
      crawling({
        listener: `for (const [key, value] of [['STATE', state], ['SEEN', [...seen]]]) await Actor.setValue(key, value);`,
      }),
    ],
    [
      'what is read is none of the listeners',
      crawling({ listener: `await Actor.setValue('SEEN', [...seen]);`, end: `await Actor.setValue('STATE', state);` }),
    ],
    [
      'a dataset is read',
      crawling({
        start: `const state = (await Actor.getValue('STATE')) ?? { pushed: 0 };\nconst seen = new Set();
refill(seen, (await (await Actor.openDataset()).getData()).items);`,
        listener: BOTH,
      }),
    ],
  ])('%s', (_, code) => {
    expectReports(missingRestore, code);
  });
});
