import { describe, expect, it } from 'vitest';

import { actorOf } from '../actor-fixture.ts';
import type { StateVariable } from './own-state.ts';

function variablesIn(files: string | Readonly<Record<string, string>>): readonly StateVariable[] {
  const { regions } = actorOf(typeof files === 'string' ? { 'main.js': files } : files);
  return regions.flatMap(({ variables }) => variables);
}

/** What a loop changes, by the names. */
function namesIn(before: string, round: string, after = ''): readonly string[] {
  return variablesIn(run(before, round, after)).map(({ binding }) => binding.name);
}

function run(before: string, round: string, after = ''): string {
  return `import { Actor } from 'apify';
await Actor.init();
const { items } = await Actor.getInput();
${before}
for (const item of items) {
  const row = await (await fetch(item.url)).json();
  ${round}
}
${after}
await Actor.exit();`;
}

describe('what a region changes', () => {
  it.each([
    ['a number', `let n = 0;`, `n += 1;`],
    ['a number, step by step', `let n = 0;`, `n++;`],
    ['an array', `const n = [];`, `n.push(row);`],
    ['an array, from the other end', `const n = [];`, `n.unshift(row);`],
    ['a Set', `const n = new Set();`, `n.add(row.id);`],
    ['a Map', `const n = new Map();`, `n.set(row.id, row);`],
    ["an object's property", `const n = { rows: 0 };`, `n.rows += 1;`],
    ['an element', `const n = {};`, `n[row.id] = row;`],
    ['a list in a Map', `const n = new Map([['a', []]]);`, `n.get('a').push(row);`],
    ['what is deep in it', `const n = { a: { b: [] } };`, `n.a.b.push(row);`],
    ['Object.assign', `const n = {};`, `Object.assign(n, row);`],
    ['a pattern', `let n;`, `({ n } = row);`],
    ['an alias in the round', `const n = { list: [] };`, `const { list } = n;\nlist.push(row);`],
    ['a function', `let n = 0;\nconst count = () => { n += 1; };`, `count();`],
    [
      'a parameter that a closure keeps',
      `const start = (n) => () => { n += 1; };\nconst count = start(0);`,
      `count();`,
    ],
    ['a parameter', `const n = [];\nconst keep = (list, x) => list.push(x);`, `keep(n, row);`],
    ['a property of a parameter', `const n = [];\nconst keep = ({ list }) => list.push(1);`, `keep({ list: n });`],
  ])('%s', (_, before, round) => {
    expect(namesIn(before, round)).toEqual(['n']);
  });

  it.each([
    [
      'what a closure keeps that the round makes',
      `const start = (n) => () => { n += 1; };`,
      `const count = start(0); count();`,
    ],
    ['what the round declares', ``, `let n = 0; n += 1;`],
    ['what it only reads', `const n = 5;`, `if (n > 3) console.log(row);`],
    [
      'what no collection is',
      `const n = { push() {}, add() {}, set() {} };`,
      `n.push(row); n.add(row); n.set(row, 1);`,
    ],
    ['a copy', `const n = [1];`, `const copy = [...n]; copy.push(row);`],
    ['connections', `let n = new WebSocket('wss://example.com');`, `n = new WebSocket('wss://example.com');`],
    ['timers', `let n;`, `clearTimeout(n); n = setTimeout(() => {}, 1000);`],
    [
      'a memo',
      `const n = new Map();`,
      `if (!n.has(row.host)) n.set(row.host, await fetch(row.host)); await fetch(n.get(row.host));`,
    ],
    [
      'a table whose entry each round sets before it reads it',
      `const n = {}; const late = (id) => { if (!n[id]) n[id] = 1; else if (n[id] > 1) n[id] = 0; };`,
      `n[row.id] = await fetch(row.url); if (n[row.id]) await Actor.pushData({ row }); late(row.id);`,
    ],
    ["the parameter's own name", `const set = (n) => { n = 1; };`, `set(row);`],
  ])('is not %s', (_, before, round) => {
    expect(namesIn(before, round)).toEqual([]);
  });

  it.each([
    ['asked before the entry is set', `if (n[row.id]) return; n[row.id] = 1; await Actor.pushData({ row });`],
    ['set on one way only', `if (row.isNew) n[row.id] = 1; if (n[row.id]) await Actor.pushData({ row });`],
    [
      'counted on from the round before',
      `n[row.id] = (n[row.id] ?? 0) + 1; if (n[row.id] > 1) await Actor.pushData({ row });`,
    ],
  ])('a table is one where it is %s', (_, round) => {
    expect(namesIn(`const n = {}; const work = async (row) => { ${round} };`, `await work(row);`)).toEqual(['n']);
  });

  it('a field, from inside and from outside of its class, is one', () => {
    const variables = variablesIn(
      run(
        `class Job { seen = new Set(); keep(id) { this.seen.add(id); } }\nconst job = new Job();`,
        `job.seen.add(1); job.keep(2);`,
      ),
    );
    expect(variables.map(({ binding, mutations }) => [binding.name, mutations.length])).toEqual([['seen', 2]]);
  });

  it.each([
    ['a static field', `class Counts { static n = 0; }`, `Counts.n += 1;`],
    [
      'a private static field',
      `class Counts { private static n = 0; static more() { this.n += 1; } }`,
      `Counts.more();`,
    ],
    ['a parameter property', `class Job { constructor(public n = 0) {} }\nconst job = new Job();`, `job.n += 1;`],
    [
      'a field of a field',
      `class Counts { n = 0; }\nclass Job { counts = new Counts(); }\nconst job = new Job();`,
      `job.counts.n += 1;`,
    ],
    [
      'a property of options',
      `const keep = (options) => { options.n.push(1); };\nconst start = () => ({ n: [] });\nconst made = start();`,
      `keep({ n: made.n });`,
    ],
    [
      'a new value in options',
      `const keeper = (options) => () => options.n.push(1);\nconst keep = keeper({ n: [] });`,
      `keep();`,
    ],
    [
      'what a closure counts',
      `const counter = () => { let n = 0; return { more: () => { n += 1; } }; };\nconst made = counter();`,
      `made.more();`,
    ],
    ['what this of an object counts', `const made = { n: 0, more() { this.n += 1; } };`, `made.more();`],
  ])('%s is one', (_, before, round) => {
    const variables = variablesIn({ 'main.ts': run(before, round) });
    expect(
      variables.map(({ binding, mutations: [first] }) => (first?.path.includes('n') === true ? 'n' : binding.name)),
    ).toEqual(['n']);
  });

  it("is not a field of JavaScript's own classes", () => {
    const error = `class Refused extends Error { constructor(why: string) { super(why); this.message = why; } }`;
    const round = `try { throw new Refused(row.why); } catch (thrown) { await Actor.pushData({ why: (thrown as Error).message }); }`;
    expect(variablesIn({ 'main.ts': run(error, round) })).toEqual([]);
  });

  it('is not a field of what each round makes', () => {
    expect(
      namesIn(`class Page { rows = []; add(x) { this.rows.push(x); } }`, `const page = new Page(); page.add(row);`),
    ).toEqual([]);
  });
});

const why = (before: string, round: string, after = ''): string => {
  const [variable] = variablesIn(run(before, round, after));
  if (variable === undefined) return 'no state';
  const { decides, output, position } = variable.significance;
  return [
    ...[...decides].toSorted(),
    ...(output.length > 0 ? ['is output'] : []),
    ...(position.length > 0 ? ['position'] : []),
  ].join(', ');
};

describe('why it matters', () => {
  it.each([
    [
      'a guard of a write',
      `const n = new Set();`,
      `if (!n.has(row.id)) { n.add(row.id); await Actor.pushData(row); }`,
      '',
      'output',
    ],
    [
      'a guard that continues',
      `const n = new Set();`,
      `if (n.has(row.id)) continue; n.add(row.id); await Actor.pushData(row);`,
      '',
      'output',
    ],
    [
      'a guard in a function of its own',
      `let n = 0;\nconst isFull = () => n > 10;`,
      `if (isFull()) break; n += 1;`,
      '',
      'work',
    ],
    ['a limit that ends the loop', `let n = 0;`, `n += 1; if (n > 100) break;`, '', 'work'],
    [
      'what a helper writes parts of',
      `const n = { rows: 0, took: 0 };\nconst report = async (all) => {\n  const text = \`\${all.rows} rows in \${all.took} ms\`;\n  await Actor.setValue('REPORT', text);\n};`,
      `n.rows += 1;`,
      `await report(n);`,
      'is output',
    ],
    ['what is written', `let n = 0;`, `n += row.price;`, `await Actor.setValue('OUTPUT', { n });`, 'is output'],
    [
      'what a variable takes that is written',
      `const n = [];`,
      `n.push(row);`,
      `const sorted = n.toSorted();\nawait Actor.pushData(sorted);`,
      'is output',
    ],
    [
      'what a function hands out that is written',
      `const n = [];\nconst all = () => n;`,
      `n.push(row);`,
      `await Actor.pushData(all());`,
      'is output',
    ],
    ['what a loop over it only logs', `const n = [];`, `n.push(row);`, `for (const url of n) console.log(url);`, ''],
    ['what a request needs', `let n = null;`, `await fetch('https://example.com/' + n); n = row.next;`, '', 'position'],
    ['only logged', `let n = 0;`, `n += 1; console.log(n);`, '', ''],
    ['only the status message', `let n = 0;`, `n += 1; await Actor.setStatusMessage('row ' + n);`, '', ''],
  ])('%s', (_, before, round, after, expected) => {
    expect(why(before, round, after)).toBe(expected);
  });
});

describe('it is output in another form:', () => {
  it.each([
    ['its values', `const rows = Object.values(n);\nawait Actor.pushData(rows);`],
    ['its text', `const text = JSON.stringify(n);\nawait Actor.setValue('OUTPUT', text);`],
    ['a copy', `const rows = Array.from(new Set(n));\nawait Actor.pushData(rows);`],
    ['what lodash makes of it', `const rows = _.uniq(n);\nawait Actor.pushData(rows);`],
    [
      'what a loop over it writes',
      `for (const url of n) {\n  const page = await fetch(url);\n  await Actor.pushData({ ok: page.ok });\n}`,
    ],
    [
      'what the next crawler handles',
      `const { CheerioCrawler } = require('crawlee');\nawait new CheerioCrawler({}).run(n);`,
    ],
  ])('%s', (_, after) => {
    expect(why(`const n = [];`, `n.push(row);`, after)).toBe('is output');
  });
});

const ownerOf = (before: string, round: string): string | undefined => variablesIn(run(before, round))[0]?.owner?.kind;

describe('what keeps it', () => {
  it('a listener, of a private field', () => {
    const [variable] = variablesIn(
      run(
        `class Job {
  #rows = [];
  add(row) { this.#rows.push(row); }
  listen() { Actor.on('migrating', async () => { await Actor.setValue('ROWS', this.#rows); }); }
}
const job = new Job();
job.listen();`,
        `job.add(row);`,
      ),
    );
    expect([variable?.binding.name, variable?.owner?.kind]).toEqual(['#rows', 'listener']);
  });

  it.each([
    [
      'a listener',
      `let n = 0;\nActor.on('migrating', async () => { await Actor.setValue('N', n); });`,
      `n += 1;`,
      'listener',
    ],
    [
      'the SDK, of an instance',
      `class First { n = []; }\nconst state = await Actor.useState('S', new First());`,
      `state.n.push(row);`,
      'auto-saved',
    ],
    [
      'the SDK, of an object that is filled before',
      `const first = {};\nfirst.n = [];\nconst state = await Actor.useState('S', first);`,
      `state.n.push(row);`,
      'auto-saved',
    ],
    [
      'the SDK, by a function that hands its object on',
      `const open = (key, first) => Actor.useState(key, first);\nconst state = await open('S', { n: [] });`,
      `state.n.push(row);`,
      'auto-saved',
    ],
    [
      'the SDK, by way of its promise',
      `const opening = Actor.useState('S', { n: [] });\nconst state = await opening;`,
      `state.n.push(row);`,
      'auto-saved',
    ],
    [
      'a listener by way of a function',
      `let n = 0;\nconst save = (key) => Actor.setValue(key, { n });\nActor.on('persistState', () => save('N'));`,
      `n += 1;`,
      'listener',
    ],
    [
      'a listener, put into an object before',
      `const n = [];\nActor.on('migrating', async () => { const state = {}; state.pages = { n }; await Actor.setValue('N', state); });`,
      `n.push(row);`,
      'listener',
    ],
    [
      'a checkpoint, merged into an object by a function',
      `let state;\nconst n = [];\nconst save = async (part) => { for (const key in part) state[key] = part[key]; await Actor.setValue('STATE', state); };`,
      `n.push(row); await save({ n });`,
      'checkpoint',
    ],
    [
      'a checkpoint, merged by Object.assign',
      `const state = {};\nconst n = [];`,
      `n.push(row); Object.assign(state, { n }); await Actor.setValue('STATE', state);`,
      'checkpoint',
    ],
    [
      'how many items there are',
      `const dataset = await Actor.openDataset();\nconst { items: before } = await dataset.getData();\nlet n = before.length;`,
      `n += 1;`,
      'restored',
    ],
    [
      'a listener, beside a count of it',
      `const n = [];\nActor.on('migrating', async () => { const list = [...n]; await Actor.setValue('N', { total: list.length, list }); });`,
      `n.push(row);`,
      'listener',
    ],
    [
      'a count, which says nothing of what is counted',
      `const n = [];\nconst made = items.map(() => n);`,
      `n.push(row); await Actor.setValue('COUNT', { total: made.length });`,
      undefined,
    ],
    ['a checkpoint', `let n = 0;`, `n += 1; await Actor.setValue('N', n);`, 'checkpoint'],
    ['a timer', `let n = 0;\nsetInterval(() => Actor.setValue('N', n), 1000);`, `n += 1;`, 'timer'],
    ['useState', `const n = await Actor.useState('N', { rows: 0 });`, `n.rows += 1;`, 'auto-saved'],
    ['a record that is read', `let n = (await Actor.getValue('N')) ?? 0;`, `n += 1;`, 'restored'],
    [
      'a record that is assigned to what the variable starts with',
      `let start;\nconst saved = await Actor.getValue('N');\nif (saved) start = saved;\nelse start = 1;\nlet n = start;`,
      `n += 1;`,
      'restored',
    ],
    [
      'nothing, where what the variable starts with is assigned from the code',
      `let start;\nstart = 1;\nlet n = start;`,
      `n += 1;`,
      undefined,
    ],
    [
      'a count of a dataset',
      `const dataset = await Actor.openDataset();\nconst { itemCount } = await dataset.getInfo();\nlet n = itemCount;`,
      `n += 1;`,
      'restored',
    ],
    [
      'nothing, where what is read is saved on abort only',
      `let n = (await Actor.getValue('N')) ?? 0;\nActor.on('aborting', async () => { await Actor.setValue('N', n); });`,
      `n += 1;`,
      undefined,
    ],
    [
      'a record that is read, and saved under keys that are not known',
      `let n = (await Actor.getValue('N')) ?? 0;\nActor.on('aborting', async () => { await Actor.setValue('N', n); });`,
      `n += 1; await Actor.setValue(row.id, row);`,
      'restored',
    ],
    [
      'a record that is read, and saved when the work is over',
      `let n = (await Actor.getValue('N')) ?? 0;\nconst end = () => Actor.setValue('N', n);`,
      `n += 1;`,
      'restored',
    ],
    [
      'useState, of which a list is a part',
      `const state = await Actor.useState('S', { n: [] });\nconst { n } = state;`,
      `n.push(row);`,
      'auto-saved',
    ],
    ['nothing', `let n = 0;`, `n += 1;`, undefined],
    ['the input, which is no state', `let n = (await Actor.getInput()).start;`, `n += 1;`, undefined],
    [
      'a listener of another event',
      `let n = 0;\nActor.on('aborting', async () => { await Actor.setValue('N', n); });`,
      `n += 1;`,
      undefined,
    ],
    [
      'a listener that saves another',
      `let n = 0;\nlet m = 0;\nActor.on('migrating', async () => { await Actor.setValue('M', m); });`,
      `n += 1;`,
      undefined,
    ],
    ['a record for each item', `let n = 0;`, `n += 1; await Actor.setValue(\`row-\${item.id}\`, { n });`, undefined],
    ['a write at the end', `let n = 0;\nconst end = () => Actor.setValue('N', n);`, `n += 1;`, undefined],
  ])('%s', (_, before, round, expected) => {
    expect(ownerOf(before, round)).toBe(expected);
  });
});

describe.each([
  ['by a pattern', `let { n } = state;`],
  ['by its name', `let n = state.n;`],
])('a part that is taken out of useState %s', (_, part) => {
  const before = `const state = await Actor.useState('S', { n: 0 });\nconst keep = (x) => Object.assign(state, { n: x });\n${part}`;

  it.each([
    ['replaced, is kept by nothing', `n += 1;`, undefined],
    ['and put back, is kept', `n += 1; state.n = n;`, 'auto-saved'],
    ['and merged back, is kept', `n += 1; Object.assign(state, { n });`, 'auto-saved'],
    ['and changed in step with the object, is kept', `n += 1; state.n += 1;`, 'auto-saved'],
    ['and given to a function, may be kept', `n += 1; keep(n);`, 'auto-saved'],
  ])('%s', (__, round, expected) => {
    expect(ownerOf(before, round)).toBe(expected);
  });
});

it('a field of an instance that is made where it is first asked for is kept by the method that saves it', () => {
  const state = variablesIn({
    'main.js': `import { Actor } from 'apify';
import { Work } from './work.js';
await Actor.init();
const work = Work.instance();
Actor.on('persistState', () => work.save());
let id;
while ((id = work.next())) await Actor.pushData(await (await fetch(id)).json());
await Actor.exit();`,
    'work.js': `import { Actor } from 'apify';
export class Work {
  static only;
  static instance() { return (Work.only ??= new Work()); }
  pending = ['a'];
  save() { return Actor.setValue('PENDING', this.pending); }
  next() { return this.pending.shift(); }
}`,
  }).find(({ binding }) => binding.name === 'pending');
  expect(state?.owner?.kind).toBe('listener');
});

it('the fields of an instance are kept by a listener that saves the instance', () => {
  const before = `class Done {
  ids = new Set();
  add(id) { this.ids.add(id); }
  toJSON() { return [...this.ids]; }
}
const done = new Done();
Actor.on('persistState', () => Actor.setValue('DONE', done));`;
  const [ids] = variablesIn(run(before, 'done.add(row.id);'));
  expect(ids?.owner?.kind).toBe('listener');
});
