import { describe, expect, it } from 'vitest';

import { codeOf, markedIn, valueWords } from './code-fixture.ts';

/** Checks each marked expression: the values that it may have, in any order. */
function expectValues(files: Readonly<Record<string, string>>): void {
  const { code, trees } = codeOf(files);
  const marked = markedIn(trees);
  expect(marked.length).toBeGreaterThan(0);
  const found = marked.map(({ expression }) => [...new Set(code.valuesOf(expression).map(valueWords))].toSorted());
  expect(found.map((each) => each.join(' | '))).toEqual(marked.map(({ expected }) => expected));
}

const programs: Readonly<Record<string, string>> = {
  'a variable and what is assigned to it': `let key = 'a'; if (x) key = 'b'; use(/*= 'a' | 'b' */ key);`,
  'a pattern that is assigned': `let key = 'a'; ({ key } = { key: 'b' }); use(/*= 'a' | 'b' */ key);`,
  'a list that is assigned': `let a, b; [a, b] = ['x', 'y']; use(/*= 'y' */ b);`,
  'a default is one value, not the whole': `const { list = ['a'] } = input(); use(/*= ? | ['a'] */ list);`,
  'a default behind ??': `const { list } = input() ?? { list: ['a'] }; use(/*= ? | ['a'] */ list);`,
  'a default that is overridden by a spread': `const { list } = { list: ['a'], ...input() }; use(/*= ? | ['a'] */ list);`,
  'a value that overrides a spread': `const { list } = { ...input(), list: ['a'] }; use(/*= ['a'] */ list);`,
  'a default of a parameter': `function f({ list = ['a'] } = {}) { use(/*= ? | ['a'] */ list); } f(input());`,
  'a default that is never needed': `function f(key = 'a') { use(/*= 'b' */ key); } f('b');`,
  'a default that applies': `function f(key = 'a') { use(/*= 'a' */ key); } f();`,
  'a nested pattern': `function f({ a: { b: [, key] } }) { use(/*= 'y' */ key); } f({ a: { b: ['x', 'y'] } });`,
  'a quoted name': `const o = { 'key': 'a' }; use(/*= 'a' */ o.key); use(/*= 'a' */ o['key']);`,
  'a computed name': `const K = 'key'; const o = { key: 'a' }; use(/*= 'a' */ o[K]);`,
  'a property that is assigned': `const o = { key: 'a' }; o.key = 'b'; use(/*= 'a' | 'b' */ o.key);`,
  'an optional chain': `const o = { p: { key: 'a' } }; use(/*= 'a' */ o?.p?.key);`,
  'a spread list': `const args = ['a', 'b']; function f(x, y) { use(/*= 'b' */ y); } f(...args);`,
  'rest and spread': `const f = (...given) => g(...given); function g(x, y) { use(/*= 'b' */ y); } f('a', 'b');`,
  'rest behind a parameter': `const f = (x, ...given) => g(x, ...given); function g(x, y) { use(/*= 'b' */ y); } f('a', 'b');`,
  'call and apply': `function f(x, y) { use(/*= 'a' | 'b' */ y); } f.call(null, 1, 'a'); f.apply(null, [1, 'b']);`,
  'Reflect.apply': `function f(x) { use(/*= 'a' */ x); } Reflect.apply(f, null, ['a']);`,
  bind: `function f(x, y) { use(/*= 'a' */ x); use(/*= 'b' */ y); } const g = f.bind(null, 'a'); g('b');`,
  'a method that is called call': `const api = { call(x) { use(/*= 'a' */ x); } }; api.call('a');`,
  'a call without its receiver': `function f(x) { use(/*= 'a' */ x); } (0, f)('a');`,
  'a constructor': `class C { constructor(x) { this.x = x; } get() { return /*= 'a' */ this.x; } } new C('a');`,
  'a constructor of a base class': `class B { constructor(x) { use(/*= 'a' */ x); } } class C extends B { constructor() { super('a'); } } new C();`,
  'a private field': `class C { #key = 'a'; get() { return /*= 'a' */ this.#key; } }`,
  'a static field': `class C { static key = 'a'; } use(/*= 'a' */ C.key);`,
  'a getter': `class C { get key() { return 'a'; } } use(/*= 'a' */ new C().key);`,
  'a getter of an object': `const o = { get key() { return 'a'; } }; use(/*= 'a' */ o.key);`,
  'a setter': `class C { set key(v) { use(/*= 'a' */ v); } } const c = new C(); c.key = 'a';`,
  'a frozen object': `const o = Object.freeze({ key: 'a' }); use(/*= 'a' */ o.key);`,
  'Object.assign': `const o = Object.assign({}, { key: 'a' }, { other: 1 }); use(/*= 'a' */ o.key);`,
  'a closure from a factory': `const make = (key) => () => key; use(/*= 'a' */ make('a')());`,
  'an object from a factory': `const make = () => ({ save() {} }); use(/*= save() */ make().save);`,
  'this in an object': `const o = { key: 'a', get() { return /*= 'a' */ this.key; } };`,
  'a map': `const m = new Map([['x', 'a'], ['y', 'b']]); use(/*= 'a' */ m.get('x'));`,
  'a map that is filled': `const m = new Map(); m.set('x', 'a'); m.set('y', 'b'); use(/*= 'b' */ m.get('y'));`,
  'a list by its index': `const l = ['a', 'b']; use(/*= 'b' */ l[1]);`,
  'a loop over a list': `for (const key of ['a', 'b']) use(/*= 'a' | 'b' */ key);`,
  'a loop over a list that may grow': `const l = ['a']; fill(l); for (const key of l) use(/*= 'a' | ? */ key);`,
  forEach: `['a', 'b'].forEach((key) => use(/*= 'a' | 'b' */ key));`,
  'forEach with a name': `const f = (key) => use(/*= 'a' | 'b' */ key); ['a', 'b'].forEach(f);`,
  'Object.values': `const E = { A: 'a', B: 'b' }; for (const key of Object.values(E)) use(/*= 'a' | 'b' */ key);`,
  'a generator': `function* keys() { yield 'a'; yield* ['b']; } for (const key of keys()) use(/*= 'a' | 'b' */ key);`,
  'an async generator': `async function* keys() { yield 'a'; } for await (const key of keys()) use(/*= 'a' */ key);`,
  'then alone': `const load = async () => 'a'; use(/*= 'a' */ await load().then((x) => x));`,
  'then with a property': `const load = async () => ({ key: 'a' }); use(/*= 'a' */ await load().then(({ key }) => key));`,
  catch: `const load = async () => 'a'; use(/*= 'a' | 'b' */ await load().catch(() => 'b'));`,
  finally: `const load = async () => 'a'; use(/*= 'a' */ await load().finally(() => 'b'));`,
  'Promise.all': `const load = async () => 'a'; const [x, y] = await Promise.all([load(), 'b']); use(/*= 'a' */ x); use(/*= 'b' */ y);`,
  'a promise in a constant': `const p = Promise.resolve('a'); use(/*= 'a' */ await p);`,
  'a callback that is handed on': `const run = (f) => f('a'); run((key) => use(/*= 'a' */ key));`,
  'a function that nobody calls': `export function f(key = 'a') { use(/*= 'a' | ? */ key); }`,
  'a function that goes elsewhere': `import { run } from 'other'; function f(key) { use(/*= 'a' | ? */ key); } f('a'); run(f);`,
};

describe('the values of an expression', () => {
  it.each(Object.entries(programs))('%s', (_, text) => expectValues({ 'main.js': text }));

  it('TypeScript: enums, parameter properties, satisfies', () => {
    expectValues({
      'main.ts': `enum E { A = 'a' }
        class C { constructor(private readonly key: string) {} get() { return /*= 'a' */ this.key; } }
        new C('a');
        const o = { key: 'b' } satisfies object;
        use(/*= A = 'a' */ E.A); use(/*= 'b' */ (o as any).key);
        namespace N { export const key = 'c'; }
        use(/*= 'c' */ N.key);`,
    });
  });

  it('modules: names, defaults, namespaces, barrels, dynamic ones', () => {
    expectValues({
      'main.js': `import save, { key as k } from './barrel.js'; import * as all from './barrel.js';
        use(/*= 'a' */ k); use(/*= 'a' */ all.key); use(/*= save() */ save);
        const late = await import('./keys.js'); use(/*= 'a' */ late.key);
        import('./keys.js').then((m) => use(/*= 'a' */ m.key));`,
      'barrel.js': `export * from './keys.js'; export { default } from './keys.js';`,
      'keys.js': `export const key = 'a'; export default function save() {}`,
    });
  });

  it('CommonJS: patterns, exports, module.exports', () => {
    expectValues({
      'main.js': `const { key, other } = require('./keys'); use(/*= 'a' */ key); use(/*= 'b' */ require('./more').other);`,
      'keys.js': `module.exports = { key: 'a' };`,
      'more.js': `exports.other = 'b';`,
    });
  });
});

describe('what the SDK gives to a function', () => {
  const sdk = `import { Actor } from 'apify'; import { CheerioCrawler } from 'crawlee';`;
  const forms: Readonly<Record<string, string>> = {
    'in the call': `new CheerioCrawler({ requestHandler: async ({ pushData }) => { use(/*= SDK pushData */ pushData); } });`,
    'in a constant': `const options = { requestHandler: async ({ pushData }) => { use(/*= SDK pushData */ pushData); } }; new CheerioCrawler(options);`,
    renamed: `const options = { requestHandler: async ({ pushData: save }) => { use(/*= SDK pushData */ save); } }; new CheerioCrawler(options);`,
    'by the context': `const options = { async requestHandler(ctx) { use(/*= SDK pushData */ ctx.pushData); } }; new CheerioCrawler(options);`,
    'handed on to a helper': `const handle = (c) => { use(/*= SDK pushData */ c.pushData); }; const options = { requestHandler: (ctx) => handle(ctx) }; new CheerioCrawler(options);`,
    spread: `const base = { requestHandler({ pushData }) { use(/*= SDK pushData */ pushData); } }; new CheerioCrawler({ ...base, maxRequestsPerCrawl: 1 });`,
    'from a factory': `const make = () => ({ pushData }) => { use(/*= SDK pushData */ pushData); }; new CheerioCrawler({ requestHandler: make() });`,
    'an options factory': `const make = () => ({ requestHandler: ({ pushData }) => { use(/*= SDK pushData */ pushData); } }); new CheerioCrawler(make());`,
    'a bound method': `class C { handle({ pushData }) { use(/*= SDK pushData */ pushData); } start() { return new CheerioCrawler({ requestHandler: this.handle.bind(this) }); } }`,
    'hooks in a list': `const hook = ({ pushData }) => { use(/*= SDK pushData */ pushData); }; const hooks = [hook]; new CheerioCrawler({ preNavigationHooks: hooks });`,
    assigned: `const options = {}; options.requestHandler = ({ pushData }) => { use(/*= SDK pushData */ pushData); }; new CheerioCrawler(options);`,
  };
  it.each(Object.entries(forms))('%s', (_, text) => expectValues({ 'main.js': `${sdk}\n${text}` }));
});
