import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { unserializableState } from './rule.ts';

/** Code of an Actor of the SDK 3 that is initialised. */
function inActor(code: string): string {
  return `import { Actor } from 'apify';
await Actor.init();
const input = await Actor.getInput();
${code}
await Actor.exit();
`;
}

/** An Actor that restores STATE and saves it on migrating. */
function saving(restore: string, value: string): string {
  return inActor(`const saved = await Actor.getValue('STATE');
${restore}
Actor.on('migrating', async () => { await Actor.setValue('STATE', ${value}); });`);
}

describe('it finds', () => {
  it.each([
    ['a Set in useState', `const state = await Actor.useState('S', { /*~*/seen: new Set() });`],
    ['a Map in useState', `const state = await Actor.useState('S', { /*~*/byId: new Map() });`],
    ['a Map that is the whole state', `const state = await Actor.useState('S', /*~*/new Map());`],
    ['a Set deeper in the state', `await Actor.useState('S', { /*~*/shop: { seen: new Set() } });`],
    ['Infinity', `await Actor.useState('S', { page: 1, /*~*/lowest: Infinity });`],
    ['its name in Number', `await Actor.useState('S', { /*~*/lowest: Number.POSITIVE_INFINITY });`],
    ['-Infinity', `await Actor.useState('S', { /*~*/highest: -Infinity });`],
    ['NaN', `await Actor.useState('S', { /*~*/last: NaN });`],
    ['Infinity where the input says nothing', `await Actor.useState('S', { /*~*/max: input.max || Infinity });`],
    ['a Set under a quoted name', `await Actor.useState('S', { /*~*/'seen': new Set() });`],
    ['a Set under a computed name', `await Actor.useState('S', { /*~*/['seen']: new globalThis.Set() });`],
    ['Infinity by another access', `await Actor.useState('S', { /*~*/max: Number['POSITIVE_INFINITY'] });`],
    [
      'a save through call',
      `const seen = new Set();\nawait Actor.setValue.call(Actor, 'S', { /*~*/seen });\nawait Actor.getValue('S');`,
    ],
    [
      'Infinity through a variable',
      `const max = input.max ?? Number.POSITIVE_INFINITY;\nawait Actor.useState('S', { /*~*/max });`,
    ],
    ['a BigInt', `await Actor.useState('S', { /*~*/total: 0n });`],
    ['a BigInt from a call', `await Actor.useState('S', { /*~*/total: BigInt(1) });`],
    ['a function', `await Actor.useState('S', { /*~*/next: () => 1 });`],
    ['a method', `await Actor.useState('S', { /*~*/next() { return 1; } });`],
    ['a Set that is put in later', `const state = await Actor.useState('S', {});\n/*~*/state.seen = new Set();`],
    [
      'Infinity that is put in later',
      `const state = await Actor.useState('S', { low: 1 });\n/*~*/state.low = Infinity;`,
    ],
    [
      'a store that saves by itself',
      `const store = await Actor.openKeyValueStore();\nawait store.getAutoSavedValue('S', { /*~*/seen: new Set() });`,
    ],
    ['a Set in a record', `const seen = new Set();\nawait Actor.setValue('SEEN', /*~*/seen);`],
    ['a Map in a record', `const byId = new Map();\nawait Actor.setValue('SEEN', { count: 1, /*~*/byId });`],
    [
      'a Map that is made JSON of',
      `const byId = new Map();\nawait Actor.setValue('SEEN', JSON.stringify({ /*~*/byId }));`,
    ],
    ['a BigInt in a record', `const total = 1n;\nawait Actor.setValue('TOTAL', { /*~*/total });`],
    [
      'a state object that holds a Set',
      `const state = { /*~*/seen: new Set() };\nawait Actor.setValue('SEEN', state);`,
    ],
    [
      'a state object that is spread',
      `const state = { /*~*/seen: new Set() };\nawait Actor.setValue('SEEN', { ...state, page: 1 });`,
    ],
  ])('%s', (_, code) => {
    expectReports(unserializableState, inActor(code));
  });

  it('what a helper in another file builds, at the property of the state', () => {
    const [report] = expectReports(unserializableState, {
      'main.js': `import { CheerioCrawler } from 'crawlee';
import { firstState } from './state.js';
const crawler = new CheerioCrawler();
await crawler.useState(await firstState({}));
await crawler.run();`,
      'state.js': `const configOf = (input) => ({ maxDepth: input.maxDepth || Infinity });
export async function firstState(input) {
  const config = configOf(input);
  return { /*~*/config, pages: 0 };
}`,
    });
    expect(report?.message).toBe(
      '`config.maxDepth` may be Infinity, which JSON writes as null: after a migration it is null',
    );
    expect(report?.related.map(({ message }) => message)).toEqual(['the Infinity', 'the SDK saves it']);
  });

  it('a Set that only the type tells of', () => {
    expectReports(unserializableState, {
      'main.ts': `import { Actor } from 'apify';
interface State { page: number; seen?: Set<string> }
export class Crawl {
  constructor(private readonly state: State) {}
  async save() { await Actor.setValue('STATE', { /*~*/state: this.state }); }
}`,
    });
  });

  it.each([
    ['a listener of the SDK 2', 'apify 2'],
    ['a listener of the SDK 0', 'apify 0'],
  ] as const)('%s that saves a Map', (_, sdk) => {
    const [report] = expectReports(
      unserializableState,
      `const Apify = require('apify');
Apify.main(async () => {
  const done = new Map();
  Apify.events.on('persistState', () => Apify.setValue('DONE', { /*~*/done }));
});`,
      sdk,
    );
    expect(report?.message).toBe(
      '`done` is a Map, of which JSON keeps nothing: after a migration it is an empty object',
    );
  });

  it('a Date that is used as one when it has come back', () => {
    const [report] = expectReports(
      unserializableState,
      inActor(`const state = await Actor.useState('S', { startedAt: new Date() });
console.log(/*~*/state.startedAt.getTime());`),
    );
    expect(report?.message).toBe(
      '`startedAt` is saved as a Date and comes back as a text: after a migration `getTime` is not a function',
    );
  });

  it.each([
    ['subtracted', 'let startedAt = new Date();', 'Date.now() - /*~*/saved.startedAt'],
    ['taken over by a variable', 'const startedAt = saved?.startedAt ?? new Date();', '/*~*/startedAt.toISOString()'],
    [
      'given to a helper',
      'const iso = (date) => /*~*/date.toISOString();\nlet startedAt = new Date();',
      'iso(saved.startedAt)',
    ],
    [
      'kept in a private field',
      'let startedAt = new Date();\nclass Clock { #at = saved.startedAt; get age() { return Date.now() - (/*~*/this.#at); } }',
      'new Clock().age',
    ],
    ['called by an element access', 'let startedAt = new Date();', "/*~*/saved.startedAt['getTime']()"],
    ['taken out by a pattern', 'const { startedAt } = saved ?? { startedAt: new Date() };', '/*~*/startedAt.getTime()'],
  ])('a Date that is restored and %s', (_, restore, use) => {
    expectReports(unserializableState, saving(`${restore}\nconsole.log(${use});`, '{ startedAt }'));
  });

  it('an instance that is the whole record, and whose methods are called when it has come back', () => {
    const [report] = expectReports(
      unserializableState,
      `const Apify = require('apify');
class Stats { constructor() { this.pages = 0; } count() { this.pages += 1; } }
Apify.main(async () => {
  const stats = (await Apify.getValue('STATS')) || new Stats();
  Apify.events.on('migrating', () => Apify.setValue('STATS', stats));
  for (const page of [1, 2, 3]) /*~*/stats.count(page);
});`,
      'apify 1',
    );
    expect(report?.message).toBe(
      'The value is saved as a Stats and comes back as a plain object: after a migration `count` is not a function',
    );
  });

  it('a Date of an object that is saved and restored as a whole', () => {
    expectReports(
      unserializableState,
      inActor(`const state = (await Actor.getValue('S')) ?? { startedAt: new Date() };
await Actor.setValue('S', state);
console.log(/*~*/state.startedAt.getTime());`),
    );
  });

  it('an instance whose methods are called when it has come back', () => {
    expectReports(
      unserializableState,
      inActor(`class Stats { pages = 0; count() { this.pages += 1; } }
const state = await Actor.useState('S', { stats: new Stats() });
/*~*/state.stats.count();`),
    );
  });
});

describe('it is quiet on', () => {
  it.each([
    ['what JSON keeps', `await Actor.useState('S', { page: 1, seen: [], by: {}, at: null, name: 'a', ok: true });`],
    ['a great number', `await Actor.useState('S', { max: input.max ?? Number.MAX_SAFE_INTEGER });`],
    ['a state whose first value is not known', `await Actor.useState('S', { ...input, items: input.items });`],
    ['a Date that is only printed', `const s = await Actor.useState('S', { at: new Date() });\nconsole.log(s.at);`],
    [
      'a Date that is made anew',
      `const s = await Actor.useState('S', { at: new Date() });\nconsole.log(new Date(s.at).getTime());`,
    ],
    [
      'a Date that is put back into its place',
      `const s = await Actor.useState('S', { at: new Date() });\ns.at = new Date(s.at);\nconsole.log(s.at.getTime());`,
    ],
    [
      'a Date that is looked at first',
      `const s = await Actor.useState('S', { at: new Date() });\nconst at = s.at instanceof Date ? s.at : new Date(s.at);\nconsole.log(s.at.getTime());`,
    ],
    [
      'an instance that is made again',
      `class P { n = 1; up() { this.n += 1; } }\nconst p = Object.assign(new P(), await Actor.getValue('P'));\np.up();\nawait Actor.setValue('P', p);`,
    ],
    [
      'a time in milliseconds',
      `const s = await Actor.useState('S', { at: Date.now() });\nconsole.log(Date.now() - s.at);`,
    ],
    [
      'an instance whose fields alone are read',
      `class P { n = 1; up() { this.n += 1; } }\nconst s = await Actor.useState('S', { p: new P() });\nconsole.log(s.p.n);`,
    ],
    [
      'an instance that says how it is written',
      `class P { seen = new Set(); toJSON() { return [...this.seen]; } }\nawait Actor.setValue('S', { p: new P() });`,
    ],
    ['items of a Set', `const seen = new Set();\nawait Actor.setValue('SEEN', [...seen]);`],
    ['Array.from', `const seen = new Set();\nawait Actor.setValue('SEEN', { seen: Array.from(seen) });`],
    ['Object.fromEntries', `const by = new Map();\nawait Actor.setValue('SEEN', { by: Object.fromEntries(by) });`],
    ['entries', `const by = new Map();\nawait Actor.setValue('SEEN', [...by.entries()]);`],
    ['its size', `const seen = new Set();\nawait Actor.setValue('SEEN', { size: seen.size, has: seen.has(1) });`],
    ['a replacer', `const by = new Map();\nawait Actor.setValue('S', JSON.stringify(by, (k, v) => [...v]));`],
    [
      'a value with a content type',
      `const by = new Map();\nawait Actor.setValue('S', by, { contentType: 'text/plain' });`,
    ],
    [
      'a Set that is written down behind the object that is spread',
      `const state = { seen: new Set() };\nawait Actor.setValue('S', { ...state, seen: [...state.seen] });`,
    ],
    [
      'what may as well be an array',
      `let seen = [];\nif (input.fast) seen = new Set();\nawait Actor.setValue('S', { seen });`,
    ],
    ['no limit in a record that nothing reads', `await Actor.setValue('OUTPUT', { limit: input.limit || Infinity });`],
    ['a function in a record that nothing reads', `await Actor.setValue('OUTPUT', { page: () => 1 });`],
    ['what is pushed', `await Actor.pushData({ lowest: Infinity });`],
    ['a Set that is none', `class Bag extends Array {}\nconst seen = new Bag();\nawait Actor.setValue('S', { seen });`],
    ['a store that is none', `const cache = { setValue: async () => {} };\nawait cache.setValue('S', new Map());`],
    ['broken code', `await Actor.useState('S', { seen: new`],
  ])('%s', (_, code) => {
    expectReports(unserializableState, inActor(code));
  });

  it('a Set that is saved as an array and made again', () => {
    expectReports(unserializableState, saving('const seen = new Set(saved?.seen);', '{ seen: [...seen] }'));
  });

  it('a Set whose restored value is the record itself', () => {
    expectReports(unserializableState, saving('const seen = saved?.seen ?? [];', '{ seen }'));
  });
});

describe('the fixes', () => {
  it.each([
    [
      'array: a short property and a restore with a first value',
      saving('const seen = saved?.seen ?? new Set();', '{ seen } /* all */'),
      saving('const seen = new Set(saved?.seen ?? []);', '{ seen: [...seen] } /* all */'),
    ],
    [
      'array: a Map that is rebuilt already',
      saving('const by = new Map(saved?.by);', '{ page: 1, by: by }'),
      saving('const by = new Map(saved?.by);', '{ page: 1, by: [...by] }'),
    ],
    [
      'array: an assignment',
      saving('let seen = new Set();\nif (saved) seen = saved.seen;', '{ seen }'),
      saving('let seen = new Set();\nif (saved) seen = new Set(saved.seen);', '{ seen: [...seen] }'),
    ],
    [
      'array: the whole value',
      inActor(`const seen = (await Actor.getValue('SEEN')) ?? new Set();\nawait Actor.setValue('SEEN', seen);`),
      inActor(`const seen = new Set((await Actor.getValue('SEEN')) ?? []);\nawait Actor.setValue('SEEN', [...seen]);`),
    ],
    [
      'array: a record that nothing reads',
      inActor(`const seen = new Set();\nawait Actor.setValue('SEEN', { seen });`),
      inActor(`const seen = new Set();\nawait Actor.setValue('SEEN', { seen: [...seen] });`),
    ],
    [
      'array: an object that is saved and restored as a whole',
      inActor(`const state = (await Actor.getValue('S')) ?? { page: 1, seen: new Set() };
console.log(state.page);
await Actor.setValue('S', state);`),
      inActor(`const state = (await Actor.getValue('S')) ?? { page: 1, seen: new Set() };
state.seen = new Set(state.seen);
console.log(state.page);
await Actor.setValue('S', { ...state, seen: [...state.seen] });`),
    ],
    [
      'finite',
      inActor(`await Actor.useState('S', { max: input.max || Infinity, low: -Infinity }); // limits`),
      inActor(`await Actor.useState('S', { max: input.max || Number.MAX_VALUE, low: -Number.MAX_VALUE }); // limits`),
    ],
    [
      'plain: a Set in useState',
      inActor(`const state = await Actor.useState('S', { seen: new Set() });
for (const url of input.urls) {
  if (state.seen.has(url)) continue;
  state.seen.add(url); // done
}
console.log(state.seen.size);`),
      inActor(`const state = await Actor.useState('S', { seen: [] });
for (const url of input.urls) {
  if (state.seen.includes(url)) continue;
  if (!state.seen.includes(url)) state.seen.push(url); // done
}
console.log(state.seen.length);`),
    ],
    [
      'plain: a Map in useState',
      inActor(`const state = await Actor.useState('S', { by: new Map() });
if (!state.by.has('a')) state.by.get('b');
for (const id of input.ids) {
  state.by.set(id, 1);
  state.by.delete(id);
}`),
      inActor(`const state = await Actor.useState('S', { by: {} });
if (!Object.hasOwn(state.by, 'a')) state.by['b'];
for (const id of input.ids) {
  state.by[id] = 1;
  delete state.by[id];
}`),
    ],
    [
      'date',
      inActor(`const state = await Actor.useState('S', { at: new Date() });\nconsole.log(Date.now() - state.at);`),
      inActor(
        `const state = await Actor.useState('S', { at: new Date() });\nconsole.log(Date.now() - new Date(state.at));`,
      ),
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(unserializableState, before)).toEqual({ 'main.js': after });
  });

  it.each([
    [
      'a Set in useState that is used in ways an array has not',
      `const s = await Actor.useState('S', { seen: new Set() });\ns.seen.forEach(console.log);`,
    ],
    ['a Set in useState that goes elsewhere', `const s = await Actor.useState('S', { seen: new Set() });\nuse(s);`],
    [
      'a state that is read in two places',
      `const s = await Actor.useState('S', { seen: new Set() });\nconst t = await Actor.useState('S');`,
    ],
    [
      'an item that is made where it is added',
      `const s = await Actor.useState('S', { seen: new Set() });\ns.seen.add(next());`,
    ],
    [
      'a restored Set that is used at once',
      `const saved = await Actor.getValue('S');\nsaved.seen.add(1);\nconst seen = new Set();\nawait Actor.setValue('S', { seen });`,
    ],
    ['a BigInt', `await Actor.useState('S', { total: 0n });`],
    ['NaN', `await Actor.useState('S', { last: NaN });`],
  ])('none is offered for %s', (_, code) => {
    const fixes = reportsOf(unserializableState, inActor(code)).flatMap((report) => report.fixes);
    expect(fixes).toEqual([]);
  });
});
