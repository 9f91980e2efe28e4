import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { intervalAsPersistence } from './rule.ts';

const HEAD = `import { Actor } from 'apify';
await Actor.init();
const state = (await Actor.getValue('STATE')) ?? { page: 1 };
`;

describe('it finds a timer that saves what is restored', () => {
  it.each([
    ['itself', `${HEAD}/*~*/setInterval(async () => {\n  await Actor.setValue('STATE', state);\n}, 10_000);\n`],
    [
      'through a function',
      `${HEAD}async function save() {\n  await Actor.setValue('STATE', state);\n}\nconst timer = /*~*/setInterval(save, 10_000);\n`,
    ],
    ['of globalThis', `${HEAD}/*~*/globalThis.setInterval(() => Actor.setValue('STATE', state), 10_000);\n`],
    [
      'of a module of Node',
      `import { setInterval as every } from 'node:timers';\n${HEAD}/*~*/every(() => Actor.setValue('STATE', state), 10_000);\n`,
    ],
    ['in parentheses', `${HEAD}/*~*/(setInterval)((async () => { await Actor.setValue('STATE', state); }), 10_000);\n`],
    [
      'beside a listener that saves something else',
      `${HEAD}Actor.on('migrating', () => Actor.setValue('OTHER', 1));\n/*~*/setInterval(() => Actor.setValue('STATE', state), 10_000);\n`,
    ],
  ])('%s', (_, code) => {
    expectReports(intervalAsPersistence, code);
  });

  it('of the SDK 2', () => {
    expectReports(
      intervalAsPersistence,
      `const Apify = require('apify');
Apify.main(async () => {
  const state = (await Apify.getValue('STATE')) || { page: 1 };
  /*~*/setInterval(() => Apify.setValue('STATE', state), 10000);
});
`,
      'apify 2',
    );
  });

  it('in TypeScript, with the key in a module of its own', () => {
    expectReports(intervalAsPersistence, {
      'main.ts': `import { Actor } from 'apify';
import { KEY } from './keys.js';
await Actor.init();
const state = (await Actor.getValue<{ page: number }>(KEY)) ?? { page: 1 };
/*~ interval-as-persistence */setInterval(() => void Actor.setValue(KEY, state), 10_000);
`,
      'keys.ts': `export const KEY = 'STATE';\n`,
    });
  });
});

describe('the fix "persist-state"', () => {
  it.each([
    [
      'of an async callback',
      `${HEAD}setInterval(async () => {\n  await Actor.setValue('STATE', state);\n}, 10_000);\n`,
      `${HEAD}Actor.on('persistState', async () => {\n  await Actor.setValue('STATE', state);\n});\n`,
    ],
    [
      'of a function by its name',
      `${HEAD}const save = () => Actor.setValue('STATE', state);\nsetInterval(save, 10_000); // often\n`,
      `${HEAD}const save = () => Actor.setValue('STATE', state);\nActor.on('persistState', save); // often\n`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(intervalAsPersistence, before)['main.js']).toBe(after);
  });

  it.each([
    ['somebody stops the timer', `${HEAD}const timer = setInterval(() => Actor.setValue('STATE', state), 10_000);\n`],
    [
      'the timer gives its callback a value',
      `${HEAD}const save = async (value) => {\n  await Actor.setValue('STATE', value);\n};\nsetInterval(save, 10_000, state);\n`,
    ],
    [
      'the callback takes a value',
      `${HEAD}const save = async (value = state) => {\n  await Actor.setValue('STATE', value);\n};\nsetInterval(save, 10_000);\n`,
    ],
    ['the promise is dropped', `${HEAD}setInterval(() => void Actor.setValue('STATE', state), 10_000);\n`],
  ])('is not offered where %s', (_, code) => {
    expect(reportsOf(intervalAsPersistence, code).map(({ fixes }) => fixes)).toEqual([[]]);
  });
});

describe('it is quiet on', () => {
  it.each([
    [
      'a timer beside a listener that saves the same',
      `${HEAD}const save = () => Actor.setValue('STATE', state);\nsetInterval(save, 10_000);\nActor.on('migrating', save);\n`,
    ],
    [
      'a listener that is not known',
      `${HEAD}setInterval(() => Actor.setValue('STATE', state), 10_000);\nActor.on('migrating', listeners.save);\n`,
    ],
    ['a report that nobody reads', `${HEAD}setInterval(() => Actor.setValue('STATS', { now: 1 }), 10_000);\n`],
    ['a sign of life', `${HEAD}setInterval(() => Actor.setStatusMessage('on'), 10_000);\n`],
    ['items', `${HEAD}setInterval(() => Actor.pushData(state), 10_000);\n`],
    [
      'keys that are made at run time',
      `${HEAD}setInterval(() => Actor.setValue(\`S\${Date.now()}\`, state), 10_000);\n`,
    ],
    ['broken code', `${HEAD}setInterval(() => Actor.setValue(\n`],
  ])('%s', (_, code) => {
    expectReports(intervalAsPersistence, code);
  });
});
