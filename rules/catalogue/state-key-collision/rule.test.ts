import { describe, expect, it } from 'vitest';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { stateKeyCollision } from './rule.ts';

/** Code of an Actor of the SDK 3 that is initialised. */
function inActor(code: string): string {
  return `import { Actor } from 'apify';
await Actor.init();
const input = await Actor.getInput();
${code}
await Actor.exit();
`;
}

describe('it finds', () => {
  it.each([
    [
      'two states with different names in them',
      `await Actor.useState('S', { page: 1 });\nawait /*~*/Actor.useState('S', { seen: [] });`,
    ],
    ['a list and an object', `await Actor.useState('S', []);\nawait /*~*/Actor.useState('S', { seen: [] });`],
    [
      'two states without a name',
      `await Actor.useState(undefined, { page: 1 });\nawait /*~*/Actor.useState(undefined, { seen: [] });`,
    ],
    [
      'a record under the key of a state',
      `const state = await Actor.useState('S', { page: 1 });\nawait /*~*/Actor.setValue('S', { done: true });`,
    ],
    [
      'a record that is to clear the state',
      `await Actor.useState('S', { page: 1 });\nawait /*~*/Actor.setValue('S', null);`,
    ],
    [
      'a key that is a constant',
      `const KEY = 'S';\nawait Actor.useState(KEY, { page: 1 });\nawait /*~*/Actor.setValue(KEY, [1]);`,
    ],
    [
      'a store that is opened',
      `const store = await Actor.openKeyValueStore();\nawait Actor.useState('S', { page: 1 });\nawait /*~*/store.setValue('S', [1]);`,
    ],
    [
      'a store that saves by itself',
      `const store = await Actor.openKeyValueStore('cache');\nawait store.getAutoSavedValue('S', {});\nawait /*~*/store.setValue('S', [1]);`,
    ],
  ])('%s', (_, code) => {
    expectReports(stateKeyCollision, inActor(code));
  });

  it("two crawlers' states, which share one key", () => {
    const [report] = expectReports(
      stateKeyCollision,
      `import { CheerioCrawler } from 'crawlee';
const first = new CheerioCrawler();
const second = new CheerioCrawler();
await first.useState({ categories: [] });
await first.run();
await /*~*/second.useState({ products: 0 });
await second.run();`,
      'crawlee 3',
    );
    expect(report?.message).toBe(
      'Another state has the key `CRAWLEE_STATE` too: both get one object, with the first values of whichever comes first',
    );
  });

  it.each(['apify 0', 'apify 2', 'apify 3'] as const)(
    'a list that is written where an object is read, %s',
    (sdk: FixtureSdk) => {
      const name = sdk === 'apify 3' ? `import { Actor as Apify } from 'apify';` : `const Apify = require('apify');`;
      const on = sdk === 'apify 3' ? 'Apify.on' : 'Apify.events.on';
      expectReports(
        stateKeyCollision,
        `${name}
export async function load(client) {
  const state = await Apify.getValue('STATE') || { offset: 0 };
  ${on}('persistState', async () => { await Apify.setValue('STATE', state); });
  const found = [];
  for (;;) {
    const runs = await client.list({ offset: state.offset });
    found.push(...runs);
    if (runs.length === 0) break;
    state.offset += 1000;
  }
  await /*~*/Apify.setValue('STATE', found);
}
Apify.main(() => load());`,
        sdk,
      );
    },
  );
});

describe('it is quiet on', () => {
  it.each([
    [
      'one state that is asked for twice',
      `await Actor.useState('S', { page: 1 });\nawait Actor.useState('S', { page: 1 });`,
    ],
    ['a state without a first value', `await Actor.useState('S', { page: 1 });\nawait Actor.useState('S');`],
    ['an empty first value', `await Actor.useState('S', { page: 1 });\nawait Actor.useState('S', {});`],
    [
      'first values of which one has more',
      `await Actor.useState('S', { page: 1 });\nawait Actor.useState('S', { page: 1, n: 0 });`,
    ],
    [
      'first values of which the first one has more',
      `await Actor.useState('S', { page: 1, n: 0 });\nawait Actor.useState('S', { page: 1 });`,
    ],
    [
      'first values that are not known',
      `await Actor.useState('S', { ...input });\nawait Actor.useState('S', { seen: [] });`,
    ],
    ['two keys', `await Actor.useState('A', { page: 1 });\nawait Actor.useState('B', { seen: [] });`],
    [
      'a key for each item',
      `for (const id of input.ids) {\n  await Actor.useState(\`S-\${id}\`, { page: 1 });\n  await Actor.setValue(\`S-\${id}\`, [1]);\n}`,
    ],
    [
      'two branches of one choice',
      `if (input.a) await Actor.useState('S', { page: 1 });\nelse await Actor.useState('S', { seen: [] });`,
    ],
    [
      'two cases',
      `switch (input.mode) {\n  case 'a': await Actor.useState('S', { page: 1 }); break;\n  default: await Actor.useState('S', { seen: [] });\n}`,
    ],
    [
      'the state itself, saved at once',
      `const state = await Actor.useState('S', { page: 1 });\nawait Actor.setValue('S', state);`,
    ],
    [
      'a copy of the state, saved at once',
      `const state = await Actor.useState('S', { page: 1 });\nawait Actor.setValue('S', { ...state });`,
    ],
    ['what may be the state', `await Actor.useState('S', { page: 1 });\nawait Actor.setValue('S', input.state);`],
    [
      'the same key in another store',
      `const store = await Actor.openKeyValueStore('other');\nawait Actor.useState('S', { page: 1 });\nawait store.setValue('S', [1]);`,
    ],
    ['a dataset', `await Actor.useState('S', { page: 1 });\nawait Actor.pushData({ key: 'S' });`],
    [
      'a record that is always a list',
      `const found = (await Actor.getValue('S')) || [];\nawait Actor.setValue('S', [...found, 1]);\nawait Actor.setValue('S', []);`,
    ],
    ['broken code', `await Actor.useState('S', { page: 1 });\nawait Actor.setValue('S', `],
  ])('%s', (_, code) => {
    expectReports(stateKeyCollision, inActor(code));
  });

  it('the state of a crawler that a listener saves early', () => {
    expectReports(
      stateKeyCollision,
      `import { BasicCrawler, CheerioCrawler, KeyValueStore } from 'crawlee';
const crawler = new CheerioCrawler();
const state = await crawler.useState({ pushed: 0 });
const store = await KeyValueStore.open();
await store.setValue('CRAWLEE_STATE', state);
await store.setValue(BasicCrawler.CRAWLEE_STATE_KEY, state);`,
      'crawlee 3',
    );
  });
});

describe('the fix "own-key"', () => {
  it.each([
    [
      'a second state',
      `await Actor.useState('S', { page: 1 });\nawait Actor.useState("S", { seen: [] }); // seen`,
      `await Actor.useState('S', { page: 1 });\nawait Actor.useState("S_2", { seen: [] }); // seen`,
    ],
    [
      'a record, and a key that is taken',
      `await Actor.useState('my-state', { page: 1 });\nawait Actor.setValue('my-state', [1]);\nawait Actor.setValue('my-state-2', 1);`,
      `await Actor.useState('my-state', { page: 1 });\nawait Actor.setValue('my-state-3', [1]);\nawait Actor.setValue('my-state-2', 1);`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(stateKeyCollision, inActor(before))).toEqual({ 'main.js': inActor(after) });
  });

  it.each([
    [
      'a key that is a constant',
      `const K = 'S';\nawait Actor.useState(K, { a: 1 });\nawait Actor.useState(K, { b: 1 });`,
    ],
    [
      'a record that is read',
      `await Actor.useState('S', { a: 1 });\nawait Actor.setValue('S', [1]);\nawait Actor.getValue('S');`,
    ],
  ])('is not offered for %s', (_, code) => {
    const [report] = reportsOf(stateKeyCollision, inActor(code));
    expect(report?.fixes).toEqual([]);
  });
});
