import { describe, expect, it } from 'vitest';

import { actorOf } from '../actor/actor-fixture.ts';
import { readsOf } from './forward-slice.ts';

/** The parts that a program reads of the record that it gets from `Actor.getValue`, and whether all of it is followed. */
function readsIn(code: string): { readonly fields: readonly string[]; readonly isFollowed: boolean } {
  const { code: program, persistence } = actorOf({ 'main.js': `import { Actor } from 'apify';\n${code}` });
  const [restore] = persistence.restores;
  if (restore === undefined) throw new Error('nothing is read');
  const { fields, isFollowed } = readsOf(program, restore.call);
  return { fields: [...fields.keys()].toSorted(), isFollowed };
}

const GET = `Actor.getValue('STATE')`;

describe('of a record is read', () => {
  it.each([
    ['a field', `const saved = await ${GET};\nsaved.a; saved?.b;`],
    ['a field by its text', `const saved = await ${GET};\nsaved['a']; saved?.['b'];`],
    ['a pattern', `const { a, b: other = 1 } = await ${GET};`],
    ['a pattern with a default', `const { a, b } = (await ${GET}) ?? {};`],
    ['in parentheses', `const saved = (await (${GET}));\n(saved).a; (saved)?.b;`],
    ['where there is one', `const saved = await ${GET};\nif (saved) { saved.a; }\nconst b = saved ? saved.b : 0;`],
    [
      'and is there or not',
      `const saved = await ${GET};\nconst a = saved && saved.a;\nif (!saved || saved === null) saved.b;`,
    ],
    ['or a default', `let saved = await ${GET};\nif (!saved) saved = { a: 1 };\nsaved.a; saved.b;`],
    ['or a choice', `const found = await ${GET};\nconst saved = found ? found : {};\nsaved.a; saved.b;`],
    ['through then', `const saved = await ${GET}.then((record) => record);\nsaved.a; saved.b;`],
    ['in then', `await ${GET}.then((saved) => { saved.a; saved.b; });`],
    ['in then, by a pattern', `await ${GET}.then(({ a, b }) => a + b);`],
    ['through an async then', `const saved = await ${GET}.then(async (record) => record ?? {});\nsaved.a; saved.b;`],
    [
      'through a named then',
      `const own = (record) => record;\nconst saved = await ${GET}.then(own);\nsaved.a; saved.b;`,
    ],
    ['through catch', `const saved = await ${GET}.catch(() => undefined);\nsaved.a; saved.b;`],
    ['through a promise', `const promise = ${GET};\nconst saved = await promise;\nsaved.a; saved.b;`],
    ['through Promise.all', `const [, saved] = await Promise.all([fetch('x'), ${GET}]);\nsaved.a; saved.b;`],
    ['through its text', `const saved = JSON.parse(await ${GET});\nsaved.a; saved.b;`],
    ['in a helper', `const restore = (saved) => { saved.a; saved.b; };\nrestore(await ${GET});`],
    ['in a helper, by a pattern', `const restore = ({ a, b }) => a + b;\nrestore(await ${GET});`],
    [
      'in a helper that gets it in an object',
      `const restore = ({ saved }) => saved.a + saved.b;\nrestore({ saved: await ${GET} });`,
    ],
    ['through a helper', `const load = async () => ${GET};\nconst saved = await load();\nsaved.a; saved.b;`],
    [
      'through a helper with a default',
      `const load = async (first) => (await ${GET}) ?? first;\nconst { a, b } = await load({});`,
    ],
    [
      'through a helper that calls itself',
      `const load = async (n) => { const saved = await ${GET};\nreturn n ? load(n - 1) : saved; };\nconst { a, b } = await load(1);`,
    ],
    [
      'through a field',
      `class S { async begin() { this.saved = await ${GET}; }\nread() { return this.saved.a + this.saved.b; } }`,
    ],
    [
      'through a private field',
      `class S { #saved;\nasync begin() { this.#saved = await ${GET}; const { a, b } = this.#saved; } }`,
    ],
    ['through an object', `const held = { saved: await ${GET} };\nheld.saved.a; held.saved.b;`],
    ['and it is told of', `const saved = await ${GET};\nconsole.log(saved);\nsaved.a; saved.b;`],
    [
      'and it is saved again',
      `const saved = await ${GET};\nsaved.a; saved.b;\nawait Actor.setValue('OLD', { ...saved });`,
    ],
  ])('%s', (_, code) => {
    expect(readsIn(code)).toEqual({ fields: ['a', 'b'], isFollowed: true });
  });
});

describe('a record is not followed', () => {
  it.each([
    ['into code that is not known', `import lib from 'lib';\nlib(await ${GET});`],
    ['into another object', `const state = { ...(await ${GET}) };`],
    ['into an object that it is put into', `Object.assign(globalThis, await ${GET});`],
    [
      'through names made at run time',
      `const saved = await ${GET};\nfor (const name of Object.keys(saved)) console.log(saved[name]);`,
    ],
    ['into the rest of a pattern', `const { a, ...rest } = await ${GET};`],
    ['out of the program', `export const load = () => ${GET};`],
  ])('%s', (_, code) => {
    expect(readsIn(code).isFollowed).toBe(false);
  });
});
