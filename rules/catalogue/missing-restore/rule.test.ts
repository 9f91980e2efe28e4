import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { missingRestore } from './rule.ts';

/** An Actor of the SDK 3 that works through pages; what is put in it saves, or not. */
function paging({ start = '', end = '', save = `await Actor.setValue(/*~*/'STATE', state);` }): string {
  return `import { Actor } from 'apify';
await Actor.init();
const input = await Actor.getInput();
const state = { page: 1 };
${start}
Actor.on('migrating', async () => {
  ${save}
});
while (state.page < 100) {
  const items = await (await fetch(\`https://example.com/\${state.page}\`)).json();
  await Actor.pushData(items);
  state.page += 1;
}
${end}
await Actor.exit();
`;
}

describe('it finds', () => {
  it('the position of a loop, and says what is lost', () => {
    const [report] = expectReports(missingRestore, paging({}));
    expect(report?.message).toBe(
      '`STATE` is saved here and read nowhere: after a migration `state` starts from its first value all the same',
    );
  });

  it.each([
    ['an object that is put together', paging({ save: `await Actor.setValue(/*~*/'STATE', { page: state.page });` })],
    ['a constant', paging({ start: `const KEY = 'STATE';`, save: `await Actor.setValue(/*~*/KEY, state);` })],
    [
      'a store that is opened',
      paging({
        start: `const store = await Actor.openKeyValueStore();`,
        save: `await store.setValue(/*~*/'STATE', state);`,
      }),
    ],
  ])('%s', (_, code) => {
    expectReports(missingRestore, code);
  });

  it('the position of an Actor of the SDK 2, in its function', () => {
    expectReports(
      missingRestore,
      `const Apify = require('apify');
const got = require('got');
Apify.main(async () => {
  let page = 1;
  Apify.events.on('persistState', async () => { await Apify.setValue(/*~*/'POSITION', { page }); });
  for (; page < 100; page += 1) {
    const { body } = await got(\`https://example.com/\${page}\`);
    await Apify.pushData(JSON.parse(body));
  }
});`,
      'apify 2',
    );
  });

  it('what a timer saves', () => {
    expectReports(
      missingRestore,
      `import { Actor } from 'apify';
await Actor.init();
const state = { page: 1 };
setInterval(async () => { await Actor.setValue(/*~*/'STATE', state); }, 5000);
while (state.page < 100) {
  await Actor.pushData(await (await fetch(\`https://example.com/\${state.page}\`)).json());
  state.page += 1;
}
await Actor.exit();`,
    );
  });
});

describe('it is quiet on', () => {
  const STATE = `await Actor.setValue('STATE', state);`;
  it.each([
    ['a state that is read', paging({ save: STATE, start: `Object.assign(state, await Actor.getValue('STATE'));` })],
    ['any other record that is read', paging({ save: STATE, start: `await Actor.getValue('OLD');` })],
    [
      'a state that the SDK keeps too',
      paging({ save: STATE, start: `const kept = await Actor.useState('KEPT', {});\nkept.page = 1;` }),
    ],
    [
      'a dataset that is read',
      paging({
        save: STATE,
        start: `const { itemCount } = await (await Actor.openDataset()).getInfo();\nstate.page = itemCount / 20;`,
      }),
    ],
    ['a report', paging({ save: `await Actor.setValue('STATS', state);` })],
    ['an output', paging({ save: `await Actor.setValue('OUTPUT', state);` })],
    ['a record that is written at the end too', paging({ save: STATE, end: STATE })],
    [
      'a named store',
      paging({
        start: `const store = await Actor.openKeyValueStore('runs');`,
        save: `await store.setValue('STATE', state);`,
      }),
    ],
    ['a key that is made at run time', paging({ save: `await Actor.setValue(\`STATE-\${input.id}\`, state);` })],
    ['a key that stands elsewhere too', paging({ save: STATE, end: `console.log('STATE');` })],
    ['what is not state of a region', paging({ save: `await Actor.setValue('STATE', { at: Date.now() });` })],
    ['broken code', paging({ save: `await Actor.setValue('STATE' + ` })],
  ])('%s', (_, code) => {
    expectReports(missingRestore, code);
  });

  it('what is only saved when the run is aborted', () => {
    expectReports(missingRestore, paging({ save: STATE }).replace("'migrating'", "'aborting'"));
  });

  it('what is only logged', () => {
    expectReports(
      missingRestore,
      `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
await Actor.init();
let requests = 0;
Actor.on('persistState', async () => { await Actor.setValue('SEEN', requests); });
const crawler = new CheerioCrawler({
  requestHandler: async ({ pushData, request }) => {
    requests += 1;
    console.log(requests);
    await pushData({ url: request.url });
  },
});
await crawler.run(await Actor.getInput());
await Actor.exit();`,
    );
  });
});

describe('the fix "restore"', () => {
  it('reads the object where it is declared', () => {
    const before = paging({});
    const after = before
      .replace('/*~*/', '')
      .replace('const state = { page: 1 };', `const state = (await Actor.getValue('STATE')) ?? { page: 1 };`);
    expect(applyAllFixes(missingRestore, before)).toEqual({ 'main.js': after });
  });

  it('is not offered for an object that is put together', () => {
    const [report] = reportsOf(
      missingRestore,
      paging({ save: `await Actor.setValue('STATE', { page: state.page });` }),
    );
    expect(report?.fixes).toEqual([]);
  });
});
