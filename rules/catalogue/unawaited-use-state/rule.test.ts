import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { unawaitedUseState } from './rule.ts';

/** Code of an Actor of the SDK 3 that is initialised. */
function inActor(code: string): string {
  return `import { Actor } from 'apify';
await Actor.init();
${code}
await Actor.exit();
`;
}

describe('it finds', () => {
  it.each([
    ['a variable whose parts are used', `const state = /*~*/Actor.useState('S', { page: 1 });\nstate.page += 1;`],
    ['a pattern', `const { page } = /*~*/Actor.useState('S', { page: 1 });\nconsole.log(page);`],
    ['a part at once', `const page = /*~*/Actor.useState('S', { page: 1 }).page;`],
    ['an element', `const state = /*~*/Actor.useState('S', { page: 1 });\nstate['page'] = 2;`],
    ['a default that is never taken', `const state = /*~*/Actor.useState('S') || { page: 1 };\nstate.page += 1;`],
    ['a spread', `const state = { ...(/*~*/Actor.useState('S', { page: 1 })) };`],
    ['a variable that is assigned', `let state;\nstate = /*~*/Actor.useState('S', { page: 1 });\nstate.page += 1;`],
    ['a statement', `/*~*/Actor.useState('S', { page: 1 });`],
    [
      'a store that saves by itself',
      `const store = await Actor.openKeyValueStore();\nconst state = /*~*/store.getAutoSavedValue('S', {});\nstate.page = 1;`,
    ],
    [
      'a function that returns the promise',
      `const load = () => Actor.useState('S', { page: 1 });\nconst state = /*~*/load();\nstate.page = 2;`,
    ],
    [
      'an async function',
      `async function load() { return Actor.useState('S', { page: 1 }); }\nconst state = /*~*/load();\nstate.page = 2;`,
    ],
  ])('%s', (_, code) => {
    expectReports(unawaitedUseState, inActor(code));
  });

  it('a field of a class, in TypeScript', () => {
    const [report] = expectReports(unawaitedUseState, {
      'main.ts': `import { Actor } from 'apify';
class Crawl {
  private state: any;
  async start() {
    this.state = /*~*/Actor.useState('S', { page: 1 });
    this.state.page += 1;
  }
}
await Actor.init();
await new Crawl().start();`,
    });
    expect(report?.severity).toBe('error');
    expect(report?.message).toBe(
      'useState() gives a promise, and nobody waits for it: what is put into the promise is neither saved nor restored',
    );
  });

  it("a handler's and a crawler's", () => {
    expectReports(
      unawaitedUseState,
      `import { CheerioCrawler } from 'crawlee';
const crawler = new CheerioCrawler({
  requestHandler: async ({ useState, crawler }) => {
    const state = /*~*/useState({ count: 0 });
    state.count += 1;
    const other = /*~*/crawler.useState();
    other.count += 1;
  },
});
await crawler.run();`,
      'crawlee 3',
    );
  });

  it('a dropped promise, as a warning', () => {
    const [report] = reportsOf(unawaitedUseState, inActor(`Actor.useState('S', { page: 1 });`));
    expect(report?.severity).toBe('warning');
  });
});

describe('it is quiet on', () => {
  it.each([
    ['await', `const state = await Actor.useState('S', { page: 1 });\nstate.page += 1;`],
    ['an awaited statement that gives the first value', `await Actor.useState('S', { page: 1 });`],
    [
      'a promise that is awaited later',
      `const promise = Actor.useState('S', {});\nconst state = await promise;\nstate.page = 1;`,
    ],
    [
      'a promise that is awaited and asked',
      `const promise = Actor.useState('S', {});\nconsole.log(promise.name);\nawait promise;`,
    ],
    ['then', `Actor.useState('S', {}).then((state) => { state.page = 1; });`],
    ['Promise.all', `const [state] = await Promise.all([Actor.useState('S', {})]);\nstate.page = 1;`],
    [
      'Promise.all of a name',
      `const promise = Actor.useState('S', {});\nconst [state] = await Promise.all([promise]);`,
    ],
    [
      'a function that returns it and is awaited',
      `const load = () => Actor.useState('S', {});\nconst state = await load();\nstate.page = 1;`,
    ],
    ['an object of promises', `const states = { a: Actor.useState('S', {}) };\n(await states.a).page = 1;`],
    [
      'a function that takes it',
      `const use = async (promise) => { (await promise).page = 1; };\nawait use(Actor.useState('S', {}));`,
    ],
    ['useState of React', `import { useState } from 'react';\nconst state = useState(1);\nstate.page = 2;`],
    ['broken code', `const state = Actor.useState('S', {`],
  ])('%s', (_, code) => {
    expectReports(unawaitedUseState, inActor(code));
  });
});

describe('the fix "await"', () => {
  it.each([
    [
      'a variable',
      `const state = Actor.useState('S', { page: 1 }); // state\nstate.page += 1;`,
      `const state = await Actor.useState('S', { page: 1 }); // state\nstate.page += 1;`,
    ],
    [
      'a part at once',
      `const page = Actor.useState('S', { page: 1 }).page;`,
      `const page = (await Actor.useState('S', { page: 1 })).page;`,
    ],
    ['a statement', `Actor.useState('S', { page: 1 });`, `await Actor.useState('S', { page: 1 });`],
    [
      'a function that is not async',
      `function next() { const state = Actor.useState('S', { page: 1 }); state.page += 1; }\nnext();`,
      `async function next() { const state = await Actor.useState('S', { page: 1 }); state.page += 1; }\nawait next();`,
    ],
    [
      'a function that was async, and that nobody waits for',
      `async function next() { const state = Actor.useState('S', { page: 1 }); state.page += 1; }\nnext();\nconsole.error('on');\nawait work();`,
      `async function next() { const state = await Actor.useState('S', { page: 1 }); state.page += 1; }\nawait next();\nconsole.error('on');\nawait work();`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(unawaitedUseState, inActor(before), 'apify 3', 'await')).toEqual({
      'main.js': inActor(after),
    });
  });

  it('is safe where the promise is used as the state, and not where it is dropped', () => {
    const used = reportsOf(unawaitedUseState, inActor(`const s = Actor.useState('S', {});\ns.page = 1;`));
    const dropped = reportsOf(unawaitedUseState, inActor(`Actor.useState('S', {});`));
    expect([used, dropped].map((reports) => reports.flatMap(({ fixes }) => fixes.map(({ safe }) => safe)))).toEqual([
      [true],
      [false],
    ]);
  });
});
