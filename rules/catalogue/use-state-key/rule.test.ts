import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { useStateKey } from './rule.ts';

/** Code of an Actor of the SDK 3 that is initialised. */
function inActor(code: string): string {
  return `import { Actor, KeyValueStore } from 'apify';
await Actor.init();
${code}
await Actor.exit();
`;
}

describe('it finds', () => {
  it.each([
    ['an object', `const state = await Actor.useState(/*~*/{ page: 1 });`],
    ['an array', `const urls = await Actor.useState(/*~*/[]);`],
    ['an object in parentheses', `const state = await Actor.useState(/*~*/({ page: 1 }));`],
    ['an object with options behind it', `const state = await Actor.useState(/*~*/{ page: 1 }, {});`],
    ['a constant', `const first = { page: 1 };\nconst state = await Actor.useState(/*~*/first);`],
    [
      'what a function gives',
      `function first() { return { page: 1 }; }\nconst state = await Actor.useState(/*~*/first());`,
    ],
    ['a field of a constant', `const defaults = { state: { page: 1 } };\nawait Actor.useState(/*~*/defaults.state);`],
    ['an element access', `const state = await Actor['useState'](/*~*/{ page: 1 });`],
    ['a call that nobody awaits', `const state = Actor.useState(/*~*/{ page: 1 });`],
    [
      'a store',
      `const store = await Actor.openKeyValueStore();\nconst state = await store.getAutoSavedValue(/*~*/{ page: 1 });`,
    ],
    ['the default store', `const state = await KeyValueStore.getAutoSavedValue(/*~*/{ page: 1 });`],
    ['another name of Actor', `const Run = Actor;\nconst state = await Run.useState(/*~*/{ page: 1 });`],
    ['Actor.main', `await Actor.main(async () => { const state = await Actor.useState(/*~*/{ page: 1 }); });`],
  ])('%s', (_, code) => {
    expectReports(useStateKey, inActor(code));
  });

  it('a call in CommonJS', () => {
    expectReports(
      useStateKey,
      `const { Actor } = require('apify');
Actor.main(async () => {
  const state = await Actor.useState(/*~*/{ page: 1 });
});`,
    );
  });

  it('an imported constant, and a type assertion, in TypeScript', () => {
    expectReports(useStateKey, {
      'main.ts': `import { Actor } from 'apify';
import { FIRST } from './first.js';
await Actor.init();
const state = await Actor.useState(/*~*/FIRST);
const other = await Actor.useState<{ page: number }>(/*~*/{ page: 1 } as const);`,
      'first.ts': `export const FIRST = { page: 1 };`,
    });
  });

  it('the useState of Crawlee', () => {
    const [report] = expectReports(
      useStateKey,
      `import { useState } from 'crawlee';\nconst state = await useState(/*~*/{ page: 1 });`,
      'crawlee 3',
    );
    expect(report?.message).toBe(
      'The first argument of useState() is the key of the record, and an object is none: the call throws',
    );
  });
});

describe('it is quiet on', () => {
  it.each([
    ['a key', `const state = await Actor.useState('STATE', { page: 1 });`],
    ['a key by name', `const key = 'STATE';\nconst state = await Actor.useState(key, { page: 1 });`],
    ['a template', `const state = await Actor.useState(\`STATE-\${process.pid}\`, { page: 1 });`],
    ['no argument', `const state = await Actor.useState();`],
    ['undefined, which is the key of the SDK', `const state = await Actor.useState(undefined, { page: 1 });`],
    ['arguments that are spread', `const state = await Actor.useState(...['STATE', { page: 1 }]);`],
    ['a parameter', `const load = (first) => Actor.useState(first);\nconst state = await load('STATE');`],
    ['a part of an object', `const KEYS = { state: 'STATE' };\nconst state = await Actor.useState(KEYS.state, {});`],
    ['a variable that changes', `let first = {};\nfirst = 'STATE';\nconst state = await Actor.useState(first);`],
    ['useState of React', `import { useState } from 'react';\nconst [state] = useState({ page: 1 });`],
    ['a useState of the project', `const useState = (first) => first;\nconst state = useState({ page: 1 });`],
    ['broken code', `const state = await Actor.useState(`],
  ])('%s', (_, code) => {
    expectReports(useStateKey, inActor(code));
  });

  it("a handler's and a crawler's, which take the first value alone", () => {
    expectReports(
      useStateKey,
      `import { CheerioCrawler } from 'crawlee';
const crawler = new CheerioCrawler({
  requestHandler: async ({ useState, crawler }) => {
    await useState({ count: 0 });
    await crawler.useState({ count: 0 });
  },
});
await crawler.run();`,
      'crawlee 3',
    );
  });

  it('a recoverable state, whose options name the key', () => {
    expectReports(
      useStateKey,
      `import { RecoverableState } from 'crawlee';
const state = new RecoverableState({ persistStateKey: 'STATE', defaultState: {} });`,
      'crawlee 3',
    );
  });
});

describe('the fix "insert-key"', () => {
  it.each([
    [
      'an object',
      `const state = await Actor.useState({ page: 1 }); // state`,
      `const state = await Actor.useState('STATE', { page: 1 }); // state`,
    ],
    [
      'a comment before the value',
      `const state = await Actor.useState(/* first */ { page: 1 });`,
      `const state = await Actor.useState(/* first */ 'STATE', { page: 1 });`,
    ],
    [
      'a key that another has',
      `const other = await Actor.useState('STATE', {});\nconst state = await Actor.useState({ page: 1 });`,
      `const other = await Actor.useState('STATE', {});\nconst state = await Actor.useState('STATE_2', { page: 1 });`,
    ],
    [
      'two of them, each with its own key',
      `await Actor.useState({ page: 1 });\nawait Actor.useState([]);`,
      `await Actor.useState('STATE', { page: 1 });\nawait Actor.useState('STATE_2', []);`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(useStateKey, inActor(before), 'apify 3', 'insert-key')).toEqual({ 'main.js': inActor(after) });
  });

  it("takes the file's quotes", () => {
    const code = `import { Actor } from "apify";\nawait Actor.init();\nawait Actor.useState({ page: 1 });\n`;
    expect(applyAllFixes(useStateKey, code)).toEqual({ 'main.js': code.replace('{ page', '"STATE", { page') });
  });

  it('is not offered where a second argument stands, which may be the first value', () => {
    expect(reportsOf(useStateKey, inActor(`await Actor.useState({ page: 1 }, {});`))[0]?.fixes).toEqual([]);
  });

  it('is not safe: the name of the record is for the author to choose', () => {
    const [report] = reportsOf(useStateKey, inActor(`await Actor.useState({ page: 1 });`));
    expect(report?.fixes.map(({ safe }) => safe)).toEqual([false]);
  });
});
