import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { stateBeforeInit } from './rule.ts';

describe('it finds a storage that is used before init', () => {
  it.each([
    [
      'of Actor',
      `import { Actor } from 'apify';\nconst input = await /*~*/Actor.getInput();\nawait Actor.init();\n`,
      'refuses to start',
    ],
    [
      'a write',
      `import { Actor } from 'apify';\nawait /*~*/Actor.setValue('A', 1);\nawait Actor.init();\n`,
      'refuses to start',
    ],
    [
      'useState',
      `import { Actor } from 'apify';\nconst s = await /*~*/Actor.useState('A', {});\nActor.main(async () => {});\n`,
      'refuses to start',
    ],
    [
      'through another name of Actor',
      `import { Actor } from 'apify';\nconst run = Actor;\nawait /*~*/run.setValue('A', 1);\nawait Actor.init();\n`,
      'refuses to start',
    ],
    [
      'through an element access',
      `import { Actor } from 'apify';\nawait /*~*/Actor['setValue']('A', 1);\nawait Actor['init']();\n`,
      'before Actor.init(), which then refuses to start',
    ],
    [
      'of Crawlee',
      `import { Actor } from 'apify';\nimport { KeyValueStore } from 'crawlee';\nconst store = await /*~*/KeyValueStore.open('x');\nawait Actor.init();\n`,
      'in the container',
    ],
    [
      'in a function',
      `import { Actor } from 'apify';\nasync function main() {\n  const queue = await /*~*/Actor.openRequestQueue();\n  await Actor.init();\n}\nmain();\n`,
      'refuses to start',
    ],
  ])('%s', (_, code, words) => {
    const [report] = expectReports(stateBeforeInit, code);
    expect(report?.message).toContain(words);
  });

  it('in a module that is imported', () => {
    expectReports(stateBeforeInit, {
      'main.js': `import { Actor } from 'apify';\nimport { store } from './store.js';\nawait Actor.init();\nawait store.setValue('A', 1);\n`,
      'store.js': `import { KeyValueStore } from 'crawlee';\nexport const store = await /*~ state-before-init */KeyValueStore.open('x');\n`,
    });
  });
});

describe('it is quiet', () => {
  it.each([
    ['behind init', `import { Actor } from 'apify';\nawait Actor.init();\nawait Actor.getInput();\n`],
    ['in main', `import { Actor } from 'apify';\nActor.main(async () => {\n  await Actor.getInput();\n});\n`],
    [
      'in a function that is called later',
      `import { Actor } from 'apify';\nconst load = () => Actor.getInput();\nawait Actor.init();\nawait load();\n`,
    ],
    [
      'on what needs no storage',
      `import { Actor } from 'apify';\nif (Actor.isAtHome()) console.log(1);\nconst client = Actor.newClient();\nawait Actor.init();\n`,
    ],
    [
      'on a local that looks like one',
      `import { Actor } from 'apify';\nconst store = new Map();\nstore.set('a', 1);\nawait Actor.init();\n`,
    ],
    [
      'with two starts',
      `import { Actor } from 'apify';\nif (a) await Actor.init();\nawait Actor.getInput();\nawait Actor.init();\n`,
    ],
    ['in broken code', `import { Actor } from 'apify';\nawait Actor.getInput(\nawait Actor.\n`],
  ])('%s', (_, code) => {
    expectReports(stateBeforeInit, code);
  });

  it('of the SDK 2, and of Crawlee alone', () => {
    expectReports(
      stateBeforeInit,
      `const Apify = require('apify');\nApify.getInput();\nApify.main(async () => {});\n`,
      'apify 2',
    );
    expectReports(stateBeforeInit, `import { Dataset } from 'crawlee';\nawait Dataset.open();\n`, 'crawlee 3');
  });
});

describe('the fix "move"', () => {
  it('starts the SDK first', () => {
    const before = `import { Actor } from 'apify';\n\nconst input = await Actor.getInput(); // what to do\nawait Actor.init();\nawait Actor.exit();\n`;
    const after = `import { Actor } from 'apify';\nawait Actor.init();\n\nconst input = await Actor.getInput(); // what to do\nawait Actor.exit();\n`;
    expect(applyAllFixes(stateBeforeInit, before)['main.js']).toBe(after);
  });

  it.each([
    [
      'the start takes options',
      `import { Actor } from 'apify';\nconst options = await Actor.getInput();\nawait Actor.init(options);\n`,
    ],
    ['the start is main', `import { Actor } from 'apify';\nawait Actor.getInput();\nActor.main(async () => {});\n`],
  ])('is not offered where %s', (_, code) => {
    const reports = reportsOf(stateBeforeInit, code);
    expect(reports).toHaveLength(1);
    expect(reports.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});
