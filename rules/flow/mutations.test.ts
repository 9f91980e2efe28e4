import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

import { mutationsOf } from './mutations.ts';
import { actorOf } from '../actor/actor-fixture.ts';

/** What the program changes where a line ends with `//!`: `kind place`, as in `step state.page`. */
function changesIn(files: string | Readonly<Record<string, string>>, name = 'main.js'): readonly string[] {
  const { code } = actorOf(typeof files === 'string' ? { [name]: files } : files);
  const found = mutationsOf(code).in(code.files, 'all');
  const marked = found.filter(({ node }) => isMarked(node));
  return [
    ...new Set(
      marked.map(
        ({ kind, binding, path }) => `${kind} ${[binding.name, ...path].map((each) => each ?? '*').join('.')}`,
      ),
    ),
  ];
}

function isMarked(node: ts.Node): boolean {
  const file = node.getSourceFile();
  const line = file.getLineAndCharacterOfPosition(node.end).line;
  return file.text.split('\n')[line]?.endsWith('//!') === true;
}

describe('one place for one storage, by whatever name:', () => {
  it.each([
    ['a variable', `let page = 1;\npage += 1; //!`, 'step page'],
    ['a field of an object', `const state = { page: 1 };\nstate.page += 1; //!`, 'step state.page'],
    ['a quoted name', `const state = { page: 1 };\nstate['page'] += 1; //!`, 'step state.page'],
    [
      'a field at any depth',
      `const state = { a: { b: { page: 1 } } };\nstate.a.b.page += 1; //!`,
      'step state.a.b.page',
    ],
    ['an element', `const state = {};\nstate[Date.now()] = 1; //!`, 'set state.*'],
    ['an alias', `const state = { a: { page: 1 } };\nconst s = state.a;\ns.page += 1; //!`, 'step state.a.page'],
    [
      'an alias that is assigned',
      `const state = { a: { page: 1 } };\nlet s;\ns = state.a;\ns.page += 1; //!`,
      'step state.a.page',
    ],
    [
      'a pattern',
      `const state = { a: { list: [] } };\nconst { a: { list } } = state;\nlist.push(1); //!`,
      'add state.a.list',
    ],
    [
      'an item',
      `const state = { rows: [{ n: 0 }] };\nfor (const row of state.rows) {\n  row.n += 1; //!\n}`,
      'step state.rows.*.n',
    ],
    [
      'an item of a callback',
      `const state = { rows: [{ n: 0 }] };\nstate.rows.forEach((row) => {\n  row.n += 1; //!\n});`,
      'step state.rows.*.n',
    ],
    ['an entry of a Map', `const lists = new Map([['a', []]]);\nlists.get('a').push(1); //!`, 'add lists.a'],
    [
      'an entry of a Map that is put back',
      `const KEY = 'page';\nconst progress = new Map([[KEY, 1]]);\nprogress.set(KEY, progress.get('page') + 1); //!`,
      'step progress.page',
    ],
    [
      'what a promise brings',
      `const opening = Promise.resolve({ page: 1 });\nconst state = await opening;\nstate.page += 1; //!`,
      'step state.page',
    ],
    [
      'what a promise brings in two places',
      `const opening = Promise.resolve({ page: 1 });
for (;;) {\n  const state = await opening;\n  state.page += 1; //!\n}
async function next() {\n  const again = await opening;\n  again.page += 1; //!\n}`,
      'step opening.page',
    ],
    ['a property that is put in later', `const state = {};\nstate.page = 1;\nstate.page += 1; //!`, 'step state.page'],
    [
      'what a closure keeps',
      `const cell = (kept) => ({ get: () => kept, set: (next) => {\n  kept = next; //!\n} });
const page = cell(1);\npage.set(page.get() + 1);`,
      'step kept',
    ],
    [
      'a new list that a closure keeps',
      `const cell = (kept) => ({ get: () => kept });\nconst rows = cell([]);\nrows.get().push(1); //!`,
      'add kept',
    ],
    [
      'a part of what a closure keeps',
      `const cell = ({ kept }) => [() => kept];\nconst [rows] = cell({ kept: [] });\nrows().push(1); //!`,
      'add kept',
    ],
    [
      'what a closure was given and others have',
      `const list = [];\nconst cell = (kept) => ({ get: () => kept });\nconst rows = cell(list);\nrows.get().push(1); //!`,
      'add list',
    ],
    ['a default behind', `let list;\nconst all = [];\n(list ?? all).push(1); //!`, ['add list', 'add all']],
    ['a parameter', `const list = [];\nfunction keep(to) {\n  to.push(1); //!\n}\nkeep(list);`, 'add list'],
    [
      'a property of a parameter',
      `const list = [];\nfunction keep(options) {\n  options.to.push(1); //!\n}\nkeep({ to: list });`,
      'add list',
    ],
    [
      'a shorthand',
      `const list = [];\nfunction keep(options) {\n  options.list.push(1); //!\n}\nkeep({ list });`,
      'add list',
    ],
    [
      'an options object in a variable',
      `const list = [];\nconst options = { to: { list } };\nfunction keep({ to }) {\n  to.list.push(1); //!\n}\nkeep(options);`,
      'add list',
    ],
    [
      'what was put into an object',
      `const list = [];\nconst context = { a: { list } };\ncontext.a.list.push(1); //!`,
      'add list',
    ],
    ['a copy of a number', `let page = 1;\nconst context = { page };\ncontext.page += 1; //!`, 'step context.page'],
    [
      'a copy of options',
      `const list = [];\nfunction keep(options) {\n  options.list.push(1); //!\n}\nfunction start(options) {\n  keep({ ...options, more: 1 });\n}\nstart({ list });`,
      'add list',
    ],
    [
      'a new value in options',
      `function keep(options) {\n  options.list.push(1); //!\n}\nkeep({ list: [] });`,
      'add list',
    ],
    [
      'what a function hands out',
      `const state = { page: 1 };\nconst stateOf = () => state;\nstateOf().page += 1; //!`,
      'step state.page',
    ],
    [
      'what a function that is called once made',
      `function create() {\n  const inner = { n: 0 };\n  return { inner };\n}\nconst made = create();\nmade.inner.n += 1; //!`,
      'step inner.n',
    ],
    [
      'a closure',
      `function create() {\n  let n = 0;\n  return { inc() {\n    n += 1; //!\n  } };\n}\ncreate().inc();`,
      'step n',
    ],
    [
      'this of an object',
      `const counter = { n: 0, inc() {\n  this.n += 1; //!\n} };\ncounter.inc();`,
      'step counter.n',
    ],
    [
      'this of an object that is returned',
      `function create() {\n  return { n: 0, inc() {\n    this.n += 1; //!\n  } };\n}\nconst counter = create();\ncounter.inc();`,
      'step counter.n',
    ],
    [
      'a field',
      `class Job {\n  page = 1;\n  go() {\n    this.page += 1; //!\n  }\n}\nconst job = new Job();\njob.page += 1; //!`,
      'step page',
    ],
    [
      'a field that the constructor sets',
      `class Job {\n  constructor() {\n    this.page = 1;\n  }\n}\nconst job = new Job();\njob.page += 1; //!`,
      'step page',
    ],
    ['a private field', `class Job {\n  #page = 1;\n  go() {\n    this.#page += 1; //!\n  }\n}`, 'step #page'],
    ['a static field', `class Job {\n  static page = 1;\n}\nJob.page += 1; //!`, 'step page'],
    [
      'a field of an instance in a field',
      `class Inner {\n  page = 1;\n}\nclass Job {\n  inner = new Inner();\n}\nconst job = new Job();\njob.inner.page += 1; //!`,
      'step page',
    ],
    [
      'a field of an instance that is handed on',
      `class Job {\n  page = 1;\n}\nfunction go(job) {\n  job.page += 1; //!\n}\ngo(new Job());`,
      'step page',
    ],
    [
      'a field that holds what the constructor gets',
      `const list = [];\nclass Job {\n  constructor(to) {\n    this.to = to;\n  }\n  go() {\n    this.to.push(1); //!\n  }\n}\nnew Job(list).go();`,
      'add list',
    ],
    [
      'a property behind accessors',
      `class Job {\n  #page = 1;\n  get page() {\n    return this.#page;\n  }\n  set page(value) {\n    this.#page = value;\n  }\n}\nconst job = new Job();\njob.page += 1; //!`,
      'step #page',
    ],
  ])('%s', (_, program, expected) => {
    expect(changesIn(program)).toEqual([expected].flat());
  });

  it.each([
    [
      'a parameter property',
      `const list: number[] = [];\nclass Job {\n  constructor(private readonly to: number[]) {}\n  go() {\n    this.to.push(1); //!\n  }\n}\nnew Job(list).go();`,
      'add list',
    ],
    [
      'a parameter property with a new value',
      `class Job {\n  constructor(private readonly to: number[]) {}\n  go() {\n    this.to.push(1); //!\n  }\n}\nnew Job([]).go();`,
      'add to',
    ],
    [
      'this of an object, in TypeScript',
      `const counter = { n: 0, inc() {\n  this.n += 1; //!\n} };\ncounter.inc();`,
      'step counter.n',
    ],
    [
      'an assertion',
      `const state = { page: 1 } as Record<string, number>;\n(state as any).page! += 1; //!`,
      'step state.page',
    ],
  ])('%s', (_, program, expected) => {
    expect(changesIn(program, 'main.ts')).toEqual([expected]);
  });

  it.each([
    ['a name', `import { state } from './state.js';\nstate.page += 1; //!`, `export const state = { page: 1 };`],
    [
      'a namespace',
      `import * as all from './state.js';\nall.state.page += 1; //!`,
      `export const state = { page: 1 };`,
    ],
    [
      'a default',
      `import state from './state.js';\nstate.page += 1; //!`,
      `const state = { page: 1 };\nexport default state;`,
    ],
    [
      'require',
      `const { state } = require('./state.js');\nstate.page += 1; //!`,
      `const state = { page: 1 };\nmodule.exports = { state };`,
    ],
    ['a barrel', `import { state } from './barrel.js';\nstate.page += 1; //!`, `export const state = { page: 1 };`],
  ])('of another module, by %s', (_, main, state) => {
    const files = { 'main.js': main, 'state.js': state, 'barrel.js': `export * from './state.js';` };
    expect(changesIn(files)).toEqual(['step state.page']);
  });
});

describe('what a change is, by its meaning:', () => {
  it.each([
    ['a sum', `n = n + 1; //!`, 'step n'],
    ['a sum by way of a variable', `const next = n + 1;\nn = next; //!`, 'step n'],
    ['a sum by way of two', `const before = n;\nconst after = before + 1;\nn = after; //!`, 'step n'],
    ['the larger', `n = Math.max(n, 2); //!`, 'step n'],
    ['what a function makes of it', `const more = (x) => x + 1;\nn = more(n); //!`, 'step n'],
    ['what a function makes of it by itself', `const more = () => n + 1;\nn = more(); //!`, 'step n'],
    ['a value of its own', `n = 7; //!`, 'set n'],
    ['what a service answers', `const answer = await fetch(n);\nn = answer.next; //!`, 'set n'],
    ['one of two', `n = Math.random() > 1 ? n + 1 : 0; //!`, ['step n', 'set n']],
    ['where none was', `n ??= 7; //!`, 'set n'],
    ['a pattern', `[n] = [1]; //!`, 'set n'],
    ['a pattern with a default', `({ n = 1 } = {}); //!`, 'set n'],
  ])('%s', (_, change, expected) => {
    expect(changesIn(`let n = 0;\n${change}`)).toEqual([expected].flat());
  });

  it.each([
    [
      'a setter function that steps',
      `let n = 0;\nconst setN = (next) => {\n  n = next; //!\n};\nsetN(n + 1);`,
      ['step n'],
    ],
    [
      'a setter function that steps and sets back',
      `let n = 0;\nfunction setN(next) {\n  n = next; //!\n}\nsetN(n + 1);\nsetN(0);`,
      ['step n', 'set n'],
    ],
    [
      'a setter of a class',
      `class Job {\n  #n = 0;\n  get n() {\n    return this.#n;\n  }\n  set n(next) {\n    this.#n = next; //!\n  }\n}\nconst job = new Job();\njob.n = job.n + 1;`,
      ['step #n'],
    ],
    [
      'a method that is given the next',
      `class Job {\n  n = 0;\n  moveTo(next) {\n    this.n = next; //!\n  }\n}\nconst job = new Job();\njob.moveTo(job.n + 1);`,
      ['step n'],
    ],
    ['a new object', `let s = { page: 1, done: [] };\ns = { ...s, page: s.page + 1 }; //!`, ['step s.page']],
    [
      'a new object with a longer list',
      `let s = { done: [] };\ns = { ...s, done: [...s.done, 1] }; //!`,
      ['add s.done'],
    ],
    [
      'a new object by Object.assign',
      `let s = { page: 1 };\ns = Object.assign({}, s, { page: s.page + 1 }); //!`,
      ['step s.page'],
    ],
    [
      'a reducer',
      `let s = { page: 1 };\nconst reduce = (before, by) => ({ ...before, page: before.page + by });\ns = reduce(s, 1); //!`,
      ['step s.page'],
    ],
    [
      'a reducer of several actions',
      `let s = { page: 1 };\nfunction reduce(before, action) {\n  switch (action) {\n    case 'next':\n      return { ...before, page: before.page + 1 };\n    default:\n      return before;\n  }\n}\ns = reduce(s, 'next'); //!`,
      ['step s.page'],
    ],
    ['a merge', `const s = { page: 1 };\nObject.assign(s, { page: s.page + 1 }); //!`, ['step s.page']],
    ['a new list', `let list = [];\nlist = [...list, 1]; //!`, ['add list']],
    ['a list with another', `let list = [];\nlist = list.concat([1]); //!`, ['add list']],
    ['the rest of a list', `let list = [1, 2];\nlist = list.slice(1); //!`, ['remove list']],
    ['a new Set', `let set = new Set();\nset = new Set([...set, 1]); //!`, ['add set']],
    ['a method by its quoted name', `const list = [];\nlist['push'](1); //!`, ['add list']],
    ['a borrowed method', `const list = [];\nArray.prototype.push.apply(list, [1]); //!`, ['add list']],
    ['a method that is called', `const list = [];\nlist.push.call(list, 1); //!`, ['add list']],
    ['a list without its items', `const list = [1];\nlist.length = 0; //!`, ['remove list']],
    ['delete', `const seen = {};\ndelete seen.a; //!`, ['remove seen.a']],
    ['of what is no collection, none', `const n = { push() {} };\nn.push(1); //!`, []],
    ['of a copy, none of the original', `const list = [1];\nconst copy = [...list];\ncopy.push(1); //!`, ['add copy']],
  ])('%s', (_, program, expected) => {
    expect(changesIn(program)).toEqual(expected);
  });
});
