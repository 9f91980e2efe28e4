import { describe, expect, it } from 'vitest';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { applyFix, expectReports } from '../expect-reports.ts';
import type { Fixture } from '../expect-reports.ts';
import type { Report } from '../rule.ts';
import { unawaitedWrite } from './rule.ts';

/** An Actor that works on items, and has something to do behind that. */
function run(code: string): string {
  return `import { Actor, log } from 'apify';
await Actor.init();
const { items, groups } = await Actor.getInput();
const save = async (item) => {
  await Actor.setValue(item.id, item);
};
async function work() {
  ${code}
  await fetch('https://example.com/done');
}
await work();
await Actor.exit();
`;
}

function reportsIn(fixture: Fixture, sdk?: FixtureSdk): readonly Report[] {
  return expectReports(unawaitedWrite, fixture, sdk);
}

describe('a promise that the next round of a loop puts another one in the place of', () => {
  it('only the last is awaited', () => {
    const fixture = run(`let last;
  for (const item of items) {
    last = /*~*/Actor.pushData(item);
  }
  await last;`);
    const [report] = reportsIn(fixture);
    expect(report?.severity).toBe('warning');
    expect(report?.message).toBe(
      '`last` keeps the promise of the last round only, so nobody waits for this push to the dataset in the others: it may be cut, and a rejection ends the process',
    );
    const fixed = report && applyFix(fixture, report, 'await')['main.js'];
    expect(fixed).toContain('last = await Actor.pushData(item);');
  });

  it.each([
    ['without braces', `let last;\n  for (const item of items) last = /*~*/Actor.pushData(item);\n  await last;`],
    [
      'in a while loop',
      `let last;\n  while (items.length) { last = /*~*/Actor.pushData(items.pop()); }\n  await last;`,
    ],
    [
      'in a loop that takes its time',
      `let last = null;
  for (const item of items) {
    const row = await (await fetch(item)).json();
    last = /*~*/Actor.pushData(row);
  }
  if (last) await last;`,
    ],
    [
      'through a function of the project',
      `let last;\n  for (const item of items) { last = /*~*/save(item); }\n  await last;`,
    ],
    [
      'with what becomes of an error',
      `let last;\n  for (const item of items) { last = /*~*/Actor.pushData(item).catch(log.exception); }\n  await last;`,
    ],
    [
      'behind a loop that starts before the loop of the promises',
      `let last;
  for (const group of groups) {
    for (const item of group) last = /*~*/Actor.pushData(item);
    await last;
  }`,
    ],
    [
      'in a try',
      `let last;
  for (const item of items) {
    try { last = /*~*/Actor.pushData(item); } catch (error) { log.error(error); }
  }
  await last;`,
    ],
    ['and returned', `let last;\n  for (const item of items) { last = /*~*/Actor.pushData(item); }\n  return last;`],
    [
      'that is an array of them',
      `let all;\n  for (const group of groups) { all = /*~*/group.map((item) => Actor.pushData(item)); }\n  await Promise.all(all);`,
    ],
  ])('%s', (_, code) => {
    reportsIn(run(code));
  });

  it('in CommonJS and a helper module', () => {
    reportsIn(
      {
        'main.js': `const Apify = require('apify');
const { saveAll } = require('./save');
Apify.main(async () => {
  /*~*/saveAll(await Apify.getInput());
});`,
        'save.js': `const Apify = require('apify');
exports.saveAll = async (items) => {
  let pushed;
  for (let i = 0; i < items.length; i++) {
    pushed = /*~*/Apify.pushData(items[i]);
  }
  return pushed;
};`,
      },
      'apify 2',
    );
  });
});

describe('it is quiet where', () => {
  it.each([
    [
      'each waits for the one before',
      `let last = Promise.resolve();\n  for (const item of items) { last = last.then(() => Actor.pushData(item)); }\n  await last;`,
    ],
    [
      'the one before is awaited first',
      `let last;\n  for (const item of items) { await last; last = Actor.pushData(item); }\n  await last;`,
    ],
    [
      'it is awaited in the round',
      `let last;\n  for (const item of items) { last = Actor.pushData(item); await fetch(item.url); await last; }`,
    ],
    [
      'it goes into an array, too',
      `let last;\n  const all = [];\n  for (const item of items) { last = Actor.pushData(item); all.push(last); }\n  await Promise.all(all);`,
    ],
    [
      'an array keeps them',
      `const all = [];\n  for (const item of items) { all[all.length] = Actor.pushData(item); }\n  await Promise.all(all);`,
    ],
    ['it is one of the round', `for (const item of items) { let last; last = Actor.pushData(item); await last; }`],
    [
      'the loop ends there',
      `let last;\n  for (const item of items) {\n    if (!item.ok) continue;\n    last = Actor.pushData(item);\n    break;\n  }\n  await last;`,
    ],
    [
      'a round may be the only one that assigns',
      `let last;\n  for (const item of items) { if (item.isLast) last = Actor.pushData(item); }\n  await last;`,
    ],
    [
      'another function reads it',
      `let last;\n  const wait = async () => last;\n  for (const item of items) { await wait(); last = Actor.pushData(item); }\n  await last;`,
    ],
    [
      'a callback of the loop reads it',
      `let last;\n  for (const item of items) { last = Actor.pushData(item); item.on('end', () => last); }\n  await last;`,
    ],
    [
      'the loop asks it',
      `let last;\n  do { last = Actor.pushData(items.pop()); } while ((await last) || items.length);\n  await last;`,
    ],
    [
      'what is kept is not the promise',
      `let last;\n  for (const item of items) { last = await Actor.pushData(item); }\n  return last;`,
    ],
    [
      'there is no loop',
      `let last = Actor.pushData(items);\n  await last;\n  last = Actor.pushData(groups);\n  await last;`,
    ],
  ])('%s', (_, code) => {
    expect(reportsIn(run(code))).toEqual([]);
  });
});
