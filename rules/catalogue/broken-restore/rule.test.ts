import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { brokenRestore } from './rule.ts';

/** A loop of the SDK 3 that restores from STATE and saves it on migrating. */
function loop(restore: string, saved: string, more = ''): string {
  return `import { Actor } from 'apify';
await Actor.init();
const saved = await Actor.getValue('STATE');
${restore}
Actor.on('migrating', async () => { await Actor.setValue('STATE', ${saved}); });
for (; page < 100; page += 1) {
  const answer = await fetch(\`https://example.com/?page=\${page}\`);
  for (const item of await answer.json()) {
    if (seen.has(item.id)) continue;
    seen.add(item.id);
    await Actor.pushData(item);
  }
}
${more}
await Actor.exit();
`;
}

const PAGE = `let page = saved?.page ?? 1;`;

describe('it finds', () => {
  it.each([
    ['items that are spread into a Set', `${PAGE}\nconst seen = /*~*/new Set(...(saved?.seen ?? []));`],
    [
      'items that are spread into a Set, by name',
      `${PAGE}\nconst ids = saved?.seen || [];\nconst seen = /*~*/new Set(...ids);`,
    ],
    ['entries that are spread into a Map', `${PAGE}\nconst seen = /*~*/new Map(...saved.seen);`],
  ])('%s', (_, restore) => {
    expectReports(brokenRestore, loop(restore, '{ page, seen: [...seen] }'));
  });

  it('items that are spread, in the SDK 2, with the listener through a parameter', () => {
    const [report] = expectReports(
      brokenRestore,
      {
        'main.js': `const Apify = require('apify');
const { gather } = require('./gather.js');
Apify.main(async () => { await gather({ events: Apify.events, urls: [] }); });`,
        'gather.js': `const Apify = require('apify');
module.exports.gather = async ({ events, urls }) => {
  const before = (await Apify.getValue('GATHERED')) || [];
  const gathered = /*~*/new Set(...before);
  events.on('persistState', async () => { await Apify.setValue('GATHERED', Array.from(gathered)); });
  for (const url of urls) gathered.add(url);
};`,
      },
      'apify 2',
    );
    expect(report?.message).toBe(
      '`Set` takes one list, and here it gets the items as arguments: after a migration it holds the characters of the first item',
    );
  });

  it('a variable that is saved and not restored with the rest', () => {
    const [report] = expectReports(
      brokenRestore,
      loop(`${PAGE}\nconst seen = new Set();`, '{ page, /*~*/seen: [...seen] }'),
    );
    expect(report?.message).toBe(
      '`seen` is saved, but it is not restored with the rest: after a migration `seen` starts anew',
    );
  });

  it('a field that is restored and not saved', () => {
    const [report] = expectReports(
      brokenRestore,
      loop(`let page = /*~*/saved?.page ?? 1;\nconst seen = new Set(saved?.seen);`, '{ seen: [...seen] }'),
    );
    expect(report?.message).toBe('`page` is restored, but nothing saves it: after a migration it is undefined');
  });

  it('a field of a pattern that nothing saves', () => {
    expectReports(
      brokenRestore,
      loop(
        `const { pages, /*~*/seenIds = [] } = saved ?? {};\nlet page = pages ?? 1;\nconst seen = new Set(seenIds);`,
        '{ pages: page, ids: 1 }',
      ),
    );
  });

  it('a field of what a class keeps of the record', () => {
    expectReports(brokenRestore, {
      'main.ts': `import { Actor } from 'apify';
class Crawl {
  private saved: any;
  async load() { this.saved = await Actor.getValue('STATE'); }
  from(): number { return /*~*/this.saved.offset; }
  async save(page: number) { await Actor.setValue('STATE', { page }); }
}
await Actor.init();
const crawl = new Crawl();
await crawl.load();
for (let at = crawl.from(); at < 9; at += 1) await crawl.save(at);`,
    });
  });

  it('a count that is added to itself', () => {
    expectReports(
      brokenRestore,
      loop(
        `${PAGE}\nconst seen = new Set(saved?.seen);\nlet count = saved?.count ?? 0;\nif (saved) /*~*/count += saved.count;`,
        '{ page, seen: [...seen], count }',
        'await Actor.pushData({ count });',
      ),
    );
  });

  it.each([
    [
      'a size that is added by a name for it',
      'const seen = new globalThis.Set(saved?.seen);\nconst { size } = seen;\nconst total = () => /*~*/(seen.size) + size;',
    ],
    [
      'a length in parentheses, in a sum of three',
      'const seen = [...(saved?.seen ?? [])];\nconst before = seen.length;\nconst total = () => 1 + (/*~*/seen.length + (before));',
    ],
  ])('%s', (_, code) => {
    expectReports(brokenRestore, loop(`${PAGE}\n${code.replace('/*~*/(', '(/*~*/')}`, '{ page, seen: [...seen] }'));
  });

  it('a size that is added to itself', () => {
    const [report] = expectReports(
      brokenRestore,
      {
        'main.js': `const Apify = require('apify');
const { tracker } = require('./tracker.js');
Apify.main(async () => {
  const items = await tracker(100);
  const crawler = new Apify.CheerioCrawler({
    handlePageFunction: async ({ request }) => {
      if (items.isFull()) return;
      items.add(request.url);
      await Apify.pushData({ url: request.url });
    },
  });
  await crawler.run();
});`,
        'tracker.js': `const Apify = require('apify');
module.exports.tracker = async (max) => {
  const ids = new Set(await Apify.getValue('IDS'));
  const before = ids.size;
  Apify.events.on('migrating', async () => { await Apify.setValue('IDS', [...ids]); });
  return { add: (id) => ids.add(id), isFull: (more = 0) => /*~*/ids.size + before + more >= max };
};`,
      },
      'apify 2',
    );
    expect(report?.message).toBe(
      '`ids` holds what was restored, and here its size from the start is added to it again: after a migration that counts twice',
    );
  });

  it('a length that is added to itself', () => {
    expectReports(
      brokenRestore,
      loop(
        `${PAGE}\nconst seen = new Set();\nconst rows = saved?.rows ?? [];\nconst before = rows.length;\nfor (const { id } of rows) seen.add(id);`,
        '{ page, rows }',
        'await Actor.pushData({ count: before + /*~*/rows.length });',
      ),
    );
  });

  it.each([
    ['a restored 0 that is taken for nothing', `/*~*/!position`],
    ['a restored 0 in a condition', `/*~*/position ? false : true`],
    ['a restored 0 before ||', `/*~*/position || 7`],
  ])('%s', (_, test) => {
    const [report] = expectReports(
      brokenRestore,
      `const Apify = require('apify');
const start = async () => { await Apify.setValue('POSITION', 0); return 0; };
Apify.main(async () => {
  const position = await Apify.getValue('POSITION');
  const isNew = ${test};
  for (let at = isNew ? await start() : position; at < 10; at += 1) {
    await Apify.setValue('POSITION', at);
  }
});`,
      'apify 2',
    );
    expect(report?.severity).toBe('information');
  });
});

/** A crawl that counts in an object of a class, which is saved as a whole. */
function counting(restore: string, result = 'shop.sums', more = ''): string {
  return `import { Actor } from 'apify';
import { CheerioCrawler } from 'crawlee';
class Shop {
  sums = { cars: 0, /*~*/broken: [] };
  async begin() {
    const saved = await Actor.getValue('SUMS');
    ${restore}
    Actor.on('migrating', async () => { await Actor.setValue('SUMS', this.sums); });
  }
}
await Actor.init();
const shop = new Shop();
await shop.begin();
${more}
const crawler = new CheerioCrawler({
  async requestHandler({ request, $ }) {
    shop.sums.cars += 1;
    if ($('p').length === 0) shop.sums.broken.push(request.url);
  },
});
await crawler.run(await Actor.getInput());
await Actor.setValue('OUTPUT', ${result});
await Actor.exit();
`;
}

describe('an object that is saved as a whole', () => {
  it.each([
    ['a field is left out', `if (saved) this.sums.cars = saved.cars;`, undefined],
    ['a field with a default', `this.sums.cars = saved?.cars ?? 0;`, undefined],
    ['a pattern leaves one out', `const { cars } = saved ?? {};\n    if (cars) this.sums.cars = cars;`, undefined],
    ['the field alone is the result', `if (saved) this.sums.cars = saved.cars;`, '{ found: shop.sums.broken }'],
  ])('it finds that %s', (_, restore, result) => {
    expectReports(brokenRestore, counting(restore, result));
  });

  it.each([
    ['all is restored', `if (saved) this.sums = saved;`, undefined, ''],
    ['all is merged', `Object.assign(this.sums, saved);`, undefined, ''],
    ['all is spread', `this.sums = { ...this.sums, ...saved };`, undefined, ''],
    ['each is restored', `if (saved) { this.sums.cars = saved.cars; this.sums.broken = saved.broken; }`, undefined, ''],
    [
      'each is restored by its name',
      `for (const name of Object.keys(saved ?? {})) this.sums[name] = saved[name];`,
      undefined,
      '',
    ],
    ['only the rest is used', `if (saved) this.sums.cars = saved.cars;`, 'shop.sums.cars', ''],
    [
      'the start makes it anew',
      `if (saved) this.sums.cars = saved.cars;`,
      undefined,
      `shop.sums.broken.push(...(await Actor.getInput()).broken);`,
    ],
  ])('it is quiet where %s', (_, restore, result, more) => {
    expectReports(brokenRestore, counting(restore, result, more).replace('/*~*/', ''));
  });
});

/** A loop whose state is two fields of an object, of which `more` may restore the second. */
function inObject(save: string, more = ''): string {
  return `import { Actor } from 'apify';
await Actor.init();
const books = { page: 1, /*1*/seen: [] };
const saved = await Actor.getValue('BOOKS');
if (saved) books.page = saved.page;
${more}
const save = async () => {
  ${save}
};
Actor.on('migrating', save);
for (; books.page < 100; books.page += 1) {
  const response = await fetch(\`https://example.com/?page=\${books.page}\`);
  for (const { id } of await response.json()) {
    if (books.seen.includes(id)) continue;
    books.seen.push(id);
    await Actor.pushData({ id });
  }
}
await Actor.exit();
`;
}

describe('however a record is put together', () => {
  const ways: readonly (readonly [string, string])[] = [
    ['the object itself', `await Actor.setValue('BOOKS', books);`],
    ['a copy', `await Actor.setValue('BOOKS', { ...books, at: new Date() });`],
    ['a copy with a name', `const copy = { ...books };\n  await Actor.setValue('BOOKS', copy);`],
    ['parts of it', `await Actor.setValue('BOOKS', { page: books.page, /*2*/seen: books.seen });`],
    [
      'parts under quoted names',
      `await Actor.setValue('BOOKS', { 'page': books.page, /*2*/'seen': [...books.seen] });`,
    ],
    ['parts by a pattern', `const { page, seen } = books;\n  await Actor.setValue('BOOKS', { page, /*2*/seen });`],
    [
      'what a function gives',
      `const all = () => ({ page: books.page, /*2*/seen: books.seen.slice() });\n  await Actor.setValue('BOOKS', all());`,
    ],
    [
      'fields that are put in',
      `const value = {};\n  value.page = books.page;\n  /*2*/value.seen = books.seen;\n  await Actor.setValue('BOOKS', value);`,
    ],
    [
      'a helper that saves',
      `const write = (record) => Actor.setValue('BOOKS', record);\n  await write({ page: books.page, /*2*/seen: books.seen });`,
    ],
  ];

  it.each(ways)('it finds the field that is left out: %s', (_, save) => {
    const mark = save.includes('/*2*/') ? '/*2*/' : '/*1*/';
    expectReports(brokenRestore, inObject(save).replace(mark, '/*~*/'));
  });

  it.each(ways)('it is quiet where all come back: %s', (_, save) => {
    expectReports(brokenRestore, inObject(save, `if (saved) books.seen = saved.seen;`));
    expectReports(brokenRestore, inObject(save, `books.seen.push(...(saved?.seen ?? []));`));
    expectReports(brokenRestore, inObject(save, `Object.assign(books, saved);`));
  });

  it('it is quiet where a field may be saved that it does not see', () => {
    const save = `const value = {};\n  fill(value);\n  await Actor.setValue('BOOKS', value);`;
    expectReports(brokenRestore, `import { fill } from 'fill';\n${inObject(save)}`);
  });
});

describe('whatever way a record comes', () => {
  const GET = `await Actor.getValue('STATE')`;
  const ways: readonly (readonly [string, string])[] = [
    ['through then', `${GET}.then((record) => record)`],
    ['through a helper with a default', `await load({})`],
    ['through a choice', `(${GET}) ? { page: 1 } : await load({})`],
    ['with others', `(await Promise.all([Actor.getValue('STATE')]))[0]`],
  ];
  const helper = `const load = async (first) => (await Actor.getValue('STATE')) ?? first;\n`;

  it.each(ways)('it is quiet on all of it, %s', (_, way) => {
    const code = loop(`${PAGE}\nconst seen = new Set(saved?.seen);`, '{ page, seen: [...seen] }');
    expectReports(brokenRestore, `${way.includes('load') ? helper : ''}${code.replace(GET, way)}`);
  });

  it.each(ways.filter(([, way]) => !way.includes('?')))('it finds what is left out, %s', (_, way) => {
    const code = loop(`${PAGE}\nconst seen = new Set();`, '{ page, /*~*/seen: [...seen] }');
    expectReports(brokenRestore, `${way.includes('load') ? helper : ''}${code.replace(GET, way)}`);
  });
});

describe('it is quiet on', () => {
  it.each([
    ['what was added since the start', `seen.size - before`],
    ['the size of another list', `seen.size + other`],
    ['a size alone', `seen.size + 1`],
  ])('%s', (_, sum) => {
    expectReports(
      brokenRestore,
      loop(
        `${PAGE}\nconst seen = new Set(saved?.seen);\nconst before = seen.size;\nconst other = process.argv.length;\nconsole.log(before);`,
        '{ page, seen: [...seen] }',
        `await Actor.pushData({ count: ${sum} });`,
      ),
    );
  });

  it('the size of a collection that nothing restores', () => {
    expectReports(
      brokenRestore,
      loop(
        `${PAGE}\nconst seen = new Set(saved?.seen);\nconst urls = new Set(process.argv);\nconst before = urls.size;`,
        '{ page, seen: [...seen] }',
        `await Actor.pushData({ count: urls.size + before });`,
      ),
    );
  });

  it.each([
    ['what is saved and restored', `${PAGE}\nconst seen = new Set(saved?.seen);`, '{ page, seen: [...seen] }'],
    [
      'what is saved for people to read',
      `${PAGE}\nconst seen = new Set(saved?.seen);`,
      '{ page, seen: [...seen], at: new Date(), size: seen.size }',
    ],
    [
      'a record that goes elsewhere as a whole',
      `let page = 1;\nconst seen = new Set();\nrestore(saved);`,
      '{ page, seen: [...seen] }',
    ],
    [
      'a record that goes elsewhere too',
      `${PAGE}\nconst seen = new Set();\nrestoreInto(seen, saved);`,
      '{ page, seen: [...seen] }',
    ],
    [
      'a record that is spread',
      `const state = { page: 1, ...saved };\nlet { page } = state;\nconst seen = new Set(state.seen);`,
      '{ page, seen: [...seen] }',
    ],
    [
      'a record that is saved in a way that is not known',
      `let page = saved?.page ?? 1;\nconst seen = new Set(saved?.seen);`,
      'snapshot()',
    ],
    [
      'an object that is saved as a whole',
      `const state = saved ?? { page: 1 };\nlet { page } = state;\nconst seen = new Set(state.seen);`,
      '{ ...state, page }',
    ],
    [
      'a field that is put into what was read',
      `const state = saved ?? { page: 1 };\nstate.started = true;\nlet page = state.page;\nconst seen = new Set(state.seen);\nconsole.log(state.started);`,
      '{ page, seen: [...seen] }',
    ],
    [
      'a spread of what was made here',
      `${PAGE}\nconst arguments_ = [[1, 2]];\nconst seen = new Set(...arguments_);\nfor (const id of saved.seen) seen.add(id);`,
      '{ page, seen: [...seen] }',
    ],
    [
      'a spread into an array',
      `${PAGE}\nconst seen = new Set([...(saved?.seen ?? []), 1]);`,
      '{ page, seen: [...seen] }',
    ],
    [
      'a spread into a class of its own',
      `class Ids { constructor(...ids) { this.ids = new Set(ids); } has(id) { return this.ids.has(id); } add(id) { this.ids.add(id); } }\n${PAGE}\nconst seen = new Ids(...(saved?.seen ?? []));`,
      '{ page, seen: [...seen.ids] }',
    ],
    [
      'another count',
      `${PAGE}\nconst seen = new Set(saved?.seen);\nlet all = 0;\nall += saved?.page ?? 0;`,
      '{ page, seen: [...seen] }',
    ],
    [
      'a restored 0 that stays 0',
      `let page = saved?.page || 0;\nconst seen = new Set(saved?.seen);`,
      '{ page, seen: [...seen] }',
    ],
    [
      'a first value that no save can fall short of',
      `let page = saved?.page || 1;\nconst seen = new Set(saved?.seen);`,
      '{ page, seen: [...seen] }',
    ],
    [
      'whether there is a record',
      `let page = 1;\nlet seen = new Set();\nif (saved) { page = saved.page; seen = new Set(saved.seen); }`,
      '{ page, seen: [...seen] }',
    ],
  ])('%s', (_, restore, value) => {
    expectReports(brokenRestore, loop(restore, value));
  });

  it('an own record of another store, which an older version may have written', () => {
    expectReports(
      brokenRestore,
      `import { Actor } from 'apify';
await Actor.init();
const store = await Actor.openKeyValueStore('shops');
const saved = await store.getValue('STATE');
let page = saved?.page ?? saved?.lastPage ?? 1;
for (; page < 9; page += 1) await store.setValue('STATE', { page });
await Actor.exit();`,
    );
  });

  it('a 0 that is put in the place of nothing', () => {
    expectReports(
      brokenRestore,
      `const Apify = require('apify');
let count = 0;
Apify.events.on('migrating', () => Apify.setValue('COUNT', count));
Apify.main(async () => {
  count = await Apify.getValue('COUNT');
  if (!count) {
    count = 0;
  }
});`,
      'apify 1',
    );
  });

  it('a key that is never saved, and the input', () => {
    expectReports(
      brokenRestore,
      `const Apify = require('apify');
Apify.main(async () => {
  const input = await Apify.getValue('INPUT');
  const report = await Apify.getValue('REPORT');
  console.log(new Set(...input.urls), report.title);
});`,
      'apify 0',
    );
  });
});

/** An Actor that saves the position 0, and runs some code with what it read. */
function positioned(code: string): string {
  return `import { Actor } from 'apify';
await Actor.init();
export async function run() {
  const position = await Actor.getValue('POSITION');
  ${code}
}
await Actor.setValue('POSITION', 0);
await run();
`;
}

/** A class that restores two fields, and saves what is given. */
function tracker(saved: string): string {
  return `const Apify = require('apify');
class Limits {
  constructor() { this.enqueued = 0; this.scraped = 0; }
  async initialize(events) {
    const loaded = await Apify.getValue('LIMITS');
    if (loaded) {
      this.enqueued = loaded.enqueued;
      this.scraped = loaded.total;
    }
    events.on('persistState', async () => { await this.persist(); });
  }
  async persist() {
    await Apify.setValue('LIMITS', ${saved});
  }
}
Apify.main(async () => { await new Limits().initialize(Apify.events); });
`;
}

describe('the fixes', () => {
  it.each([
    [
      'list',
      loop(`${PAGE}\nconst seen = new Set(...(saved?.seen ?? [])); // done`, '{ page, seen: [...seen] }'),
      loop(`${PAGE}\nconst seen = new Set((saved?.seen ?? [])); // done`, '{ page, seen: [...seen] }'),
    ],
    [
      'save-field',
      loop(`${PAGE}\nconst seen = new Set(saved?.seen);`, '{ seen: [...seen] }'),
      loop(`${PAGE}\nconst seen = new Set(saved?.seen);`, '{ seen: [...seen], page }'),
    ],
    [
      'restore-field: a Set',
      loop(`${PAGE}\nconst seen = new Set(); // ids`, '{ page, seen: [...seen] }'),
      loop(`${PAGE}\nconst seen = new Set(saved?.seen); // ids`, '{ page, seen: [...seen] }'),
    ],
    [
      'restore-field: a Map with a first entry',
      loop(`${PAGE}\nconst seen = new Map([[0, 1]]);`, '{ page, ids: Array.from(seen) }').replace(
        'add(item.id)',
        'set(item.id, 1)',
      ),
      loop(`${PAGE}\nconst seen = new Map(saved?.ids ?? [[0, 1]]);`, '{ page, ids: Array.from(seen) }').replace(
        'add(item.id)',
        'set(item.id, 1)',
      ),
    ],
    [
      'restore-field: a number',
      loop(`const seen = new Set(saved?.seen);\nlet page = 1;`, '{ page, seen: [...seen] }'),
      loop(`const seen = new Set(saved?.seen);\nlet page = saved?.page ?? 1;`, '{ page, seen: [...seen] }'),
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(brokenRestore, before)).toEqual({ 'main.js': after });
  });

  it.each([
    ['a refusal', 'if (!position) return;', 'if (position === null) return;'],
    ['a condition', 'if (position) return;', 'if (position !== null) return;'],
    ['a first value', 'console.log(position || 7);', 'console.log(position ?? 7);'],
  ])('empty: %s', (_, before, after) => {
    expect(applyAllFixes(brokenRestore, positioned(before), 'apify 3', 'empty')).toEqual({
      'main.js': positioned(after),
    });
  });

  it('none is offered where the variable is not seen in what is saved', () => {
    const code = loop(
      `let page = 1;\n{ const limit = saved?.limit; page = limit; }\nconst seen = new Set(saved?.seen);`,
      '{ seen: [...seen] }',
    );
    expect(reportsOf(brokenRestore, code).flatMap((report) => report.fixes)).toEqual([]);
  });

  it.each([
    [
      'a variable that is declared before the record is read',
      `let page = saved?.page ?? 1;`,
      '{ page, seen: [...seen] }',
      `const seen = new Set();\n`,
    ],
    ['a Set that is saved in another way', `${PAGE}\nconst seen = new Set();`, '{ page, seen: [...seen].join() }', ''],
  ])('restore-field is not offered for %s', (_, restore, value, above) => {
    const code = loop(restore, value).replace('const saved =', `${above}const saved =`);
    const [report] = reportsOf(brokenRestore, code);
    expect(report?.message).toContain('it is not restored with the rest');
    expect(report?.fixes).toEqual([]);
  });

  it('save-field: a field of a class, and a variable of another name', () => {
    expect(applyAllFixes(brokenRestore, tracker('{ enqueued: this.enqueued }'), 'apify 2')).toEqual({
      'main.js': tracker('{ enqueued: this.enqueued, total: this.scraped }'),
    });
  });
});
