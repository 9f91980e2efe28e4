import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

import { actorOf } from '../../actor/actor-fixture.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { awaitOf, fatesOf } from './fates.ts';

/** In a program `save()` makes the promise that is looked at; a comment before a place is its mark. */
function programOf(code: string, others: Readonly<Record<string, string>> = {}): ActorModel {
  return actorOf({
    'main.js': `import { Actor } from 'apify';
const save = () => Actor.setValue('STATE', {});
${code}`,
    ...others,
  });
}

function madeIn({ files }: ActorModel): readonly ts.CallExpression[] {
  return files
    .flatMap((file) => indexOf(file).callsByName.get('save') ?? [])
    .filter(ts.isCallExpression)
    .filter(({ expression }) => ts.isIdentifier(expression));
}

/** What becomes of the promise of each `save()`, in words. */
function fatesIn(code: string, others?: Readonly<Record<string, string>>): readonly string[] {
  const actor = programOf(code, others);
  const fates = madeIn(actor).flatMap((call) => fatesOf(actor.code, call));
  return [...new Set(fates.map((fate) => (fate.kind === 'dropped' ? fate.drop.form : fate.kind)))];
}

/** The text of the line, from the mark on, where the promise of `save()` is waited for. */
function awaitedAt(code: string): string | undefined {
  const actor = programOf(code);
  const [call] = madeIn(actor);
  const awaited = call && awaitOf(actor.code, call);
  return awaited?.at.getText().split('\n')[0];
}

describe('a promise is awaited', () => {
  it.each([
    ['at once', `await save();`],
    ['in parentheses', `await (save());`],
    ['through a constant', `const p = save();\nawait p;`],
    ['through two names', `const p = save();\nconst q = p;\nawait q;`],
    ['through an assignment', `let p;\np = save();\nawait p;`],
    ['through a chain', `await save().then(() => 1).catch(() => 2).finally(() => {});`],
    ['through a chain of a variable', `const p = save();\nawait p.catch(() => {});`],
    ['through Promise.all', `await Promise.all([save(), fetch('x')]);`],
    ['through Promise.allSettled and a variable', `const all = [save()];\nawait Promise.allSettled(all);`],
    ['through an array that is filled', `const all = [];\nall.push(save());\nawait Promise.all(all);`],
    ['through a Set', `const all = new Set();\nall.add(save());\nawait Promise.all([...all]);`],
    ['through a Set of an array', `await Promise.race(new Set([save()]));`],
    ['through a spread', `const all = [...[save()]];\nawait Promise.all(all);`],
    ['in a loop over an array', `const all = [save()];\nfor (const p of all) await p;`],
    ['by for await', `for await (const p of [save()]) console.log(p);`],
    ['through a map', `await Promise.all([save()].map((p) => p.catch(() => {})));`],
    ['through an async map', `await Promise.all([save()].map(async (p) => { await p; }));`],
    ['through a choice', `const p = process.env.X ? save() : undefined;\nawait p;`],
    ['through an object', `const held = { p: save() };\nawait held.p;`],
    ['through an object and a pattern', `const { p: q } = { p: save() };\nawait q;`],
    ['through an object in an object', `const held = { a: { p: save() } };\nawait held.a.p;`],
    ['through an element by its name', `const held = { p: save() };\nawait held['p'];`],
    ['through a spread object', `const held = { p: save() };\nconst copy = { ...held };\nawait copy.p;`],
    ['through a property that is set', `const held = { p: undefined };\nheld.p = save();\nawait held.p;`],
    ['in a function that is given it', `const waitFor = async (p) => { await p; };\nawait waitFor(save());`],
    ['through a function that gives it back', `const same = (p) => p;\nawait same(save());`],
    ['through a function with a chain', `const quiet = (p) => p.catch(() => {});\nawait quiet(save());`],
    ['in a function that is given an object', `async function end({ p }) { await p; }\nawait end({ p: save() });`],
    ['in a function that is given an array', `const end = (ps) => Promise.all(ps);\nawait end([save()]);`],
    ['through an object that is returned', `const make = () => ({ p: save() });\nawait make().p;`],
    ['through an object that comes later', `const make = async () => ({ p: save() });\nawait (await make()).p;`],
  ])('%s', (_, code) => {
    expect(fatesIn(code)).toEqual(['awaited']);
  });

  it.each([
    ['a field', `class A { p = save();\nasync end() { await this.p; } }\nawait new A().end();`],
    ['a private field', `class A { #p;\nbegin() { this.#p = save(); }\nasync end() { await this.#p; } }`],
    ['a static field', `class A { static p = save(); }\nawait A.p;`],
    ['a parameter that is a field', `class A { constructor(p) { this.p = p; } }\nawait new A(save()).p;`],
    ['a method of the object that holds it', `const a = { p: save(), async end() { await this.p; } };\nawait a.end();`],
    ['a pattern of this', `class A { p = save();\nasync end() { const { p } = this; await p; } }`],
  ])('through %s', (_, code) => {
    expect(fatesIn(code)).toContain('awaited');
    expect(fatesIn(code)).not.toContain('unused');
  });

  it('through an import', () => {
    const others = {
      'state.js': `import { save } from './save.js';\nexport const p = save();`,
      'save.js': `import { Actor } from 'apify';\nexport const save = () => Actor.setValue('S', 1);`,
    };
    expect(fatesIn(`import { p } from './state.js';\nawait p;`, others)).toEqual(['awaited']);
  });
});

describe('a promise is dropped', () => {
  it.each([
    ['statement', `save();`],
    ['statement', `(save());`],
    ['statement', `save().catch(() => {});`],
    ['void', `void save();`],
    ['unused', `const p = save();`],
    ['unused', `const p = save();\nconsole.log(p);`],
    ['statement', `const p = save();\np.catch(() => {});`],
    ['unused', `const all = [];\nall.push(save());\nconsole.log(all.length);`],
    ['unused', `const held = { p: save(), q: 1 };\nawait held.q;`],
    ['unused', `const forget = (p) => { p.catch(() => {}); };\nforget(save());`],
    ['array', `await [save(), save()];`],
    ['unused', `class A { #p = save(); }`],
  ])('as %s: %s', (form, code) => {
    expect(fatesIn(code)).toEqual([form]);
  });

  it('where each round puts it in the place of the one before', () => {
    expect(fatesIn(`let p;\nfor (const x of [1, 2]) p = save(x);\nawait p;`)).toEqual(['overwritten', 'awaited']);
  });
});

describe('a promise is used as its value', () => {
  it.each([
    ['a property is read', `const p = save();\np.page;`],
    ['an element is read', `const p = save();\np['page'];`],
    ['it is taken apart', `const { page } = save();`],
    ['it is spread', `const copy = { ...save() };`],
    ['a function takes it apart', `const use = ({ page }) => page;\nuse(save());`],
    ['a function reads a property of it', `const use = (state) => state.page;\nuse(save());`],
    [
      'a function reads a property of a property',
      `function use({ p: state }) { return state[1]; }\nuse({ p: save() });`,
    ],
    [
      'a class keeps it',
      `class A { constructor(p) { this.p = p; }\nread() { return this.p.page; } }\nnew A(save()).read();`,
    ],
  ])('%s', (_, code) => {
    expect(fatesIn(code)).toEqual(['used']);
  });
});

describe('nothing is said of a promise', () => {
  it.each([
    ['that goes to code that is not known', `import lib from 'lib';\nlib(save());`],
    ['that goes there in an object', `import lib from 'lib';\nlib({ p: save() });`],
    ['that somebody is told of', `await new Promise((resolve) => { save().then(resolve); });`],
    ['that is exported', `export const p = save();`],
    ['in a field that is read of what has no type', `class A { p = save(); }\nexport const end = (a) => a.p;`],
    ['in an array that is returned', `export const make = () => [save()];`],
    ['that stands under a name chosen at run time', `const held = {};\nheld[process.env.X] = save();`],
    ['that a generator gives', `export function* all() { yield save(); }`],
  ])('%s', (_, code) => {
    expect(fatesIn(code)).toEqual(['kept']);
  });
});

describe('where a promise is awaited', () => {
  it.each([
    ['at once', `await save();`, `await save()`],
    ['in parentheses', `await (save());`, `await (save())`],
    ['later', `const p = save();\nawait p;`, `await p`],
    ['with others', `const all = [save()];\nawait Promise.all(all);`, `await Promise.all(all)`],
    ['in a chain', `await save().then(() => {});`, `await save().then(() => {})`],
    ['where a helper waits', `const end = async (p) => { await p; };\nawait end(save());`, `await end(save())`],
    ['where a helper gives it back', `const end = (p) => p;\nconst q = end(save());\nawait q;`, `await q`],
    ['where it may not be there', `const p = save();\nif (p) await p;`, `await p`],
    ['nowhere', `const p = save();`, undefined],
    ['nowhere, where a chain is dropped', `save().then(() => {});`, undefined],
    ['elsewhere', `const p = save();\nexport const end = async () => { await p; };`, undefined],
    ['in some rounds only', `let p;\nfor (const x of [1, 2]) p = save(x);\nawait p;`, undefined],
  ])('%s', (_, code, expected) => {
    expect(awaitedAt(code)).toBe(expected);
  });

  it('knows what runs in between', () => {
    const actor = programOf(`await save().then(() => 1).finally(() => 2);`);
    const [call] = madeIn(actor);
    const awaited = call && awaitOf(actor.code, call);
    expect(awaited?.continuations.map((each) => each.getText())).toEqual(['() => 1', '() => 2']);
  });
});
