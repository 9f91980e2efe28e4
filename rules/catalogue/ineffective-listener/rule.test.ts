import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports } from '../expect-reports.ts';
import { ineffectiveListener } from './rule.ts';

/** An Actor with open jobs in a Map and names in a Set, and this in its listener. */
function listener(body: string, event = 'migrating', before = ''): string {
  return `import { Actor } from 'apify';
await Actor.init();
const jobs = new Map();
const names = new Set();
const plain = { a: 1 };
${before}
Actor.on('${event}', async () => {
  ${body}
});
`;
}

describe('it finds in a listener', () => {
  it.each([
    ['Object.keys of a Map', `for (const id of /*~*/Object.keys(jobs)) await Actor.setValue(id, jobs.get(id));`],
    ['Object.values of a Map', `/*~*/Object.values(jobs).forEach((job) => job.stop());`],
    ['Object.entries of a Map', `await Actor.setValue('JOBS', /*~*/Object.entries(jobs));`],
    ['Object.values of a Set', `await Actor.setValue('NAMES', /*~*/Object.values(names));`],
    ['an element access', `/*~*/Object['keys'](jobs).forEach((id) => jobs.get(id).stop());`],
    ['an alias', `const { entries } = Object;\n  await Actor.setValue('JOBS', /*~*/entries(jobs));`],
    ['a call of call', `/*~*/Object.keys.call(Object, jobs).forEach((id) => jobs.get(id).stop());`],
    ['a spread argument', `/*~*/Object.values(...[names]).forEach(console.log);`],
    ['for…in of a Map', `for (const id in /*~*/jobs) jobs.get(id).stop();`],
  ])('%s', (_, body) => {
    expectReports(ineffectiveListener, listener(body));
    expectReports(ineffectiveListener, listener(body, 'persistState'));
  });

  it('says what it sees, and of which listener', () => {
    const [report] = expectReports(ineffectiveListener, listener(`/*~*/Object.keys(jobs).forEach(console.log);`));
    expect(report?.message).toBe(
      'Object.keys() sees none of the entries of `jobs`, which is a Map: what the listener of migrating is to do with them is not done',
    );
  });

  it('in a function of another module that it calls, in TypeScript', () => {
    expectReports(ineffectiveListener, {
      'main.ts': `import { Actor } from 'apify';
import { failAll } from './answers.js';
await Actor.init();
Actor.on('migrating', () => { failAll(); });
`,
      'answers.ts': `interface Answer { reject(reason: string): void }
const answers = new Map<string, Answer>();
export const failAll = (): void => {
  const ids = /*~ ineffective-listener */Object.keys(answers);
  for (const id of ids) answers.get(id)?.reject('migrating');
};
`,
    });
  });

  it('in a field of a class, in CommonJS and the SDK 2', () => {
    expectReports(
      ineffectiveListener,
      `const Apify = require('apify');
class Tracker {
  constructor() { this.jobs = new Map(); }
  async save() { for (const id in /*~*/this.jobs) await Apify.setValue(id, this.jobs.get(id)); }
}
Apify.main(async () => {
  const tracker = new Tracker();
  Apify.events.on('migrating', () => tracker.save());
});`,
      'apify 2',
    );
  });
});

describe('it is quiet on', () => {
  it.each([
    [
      'an object',
      listener(`await Actor.setValue('A', Object.keys(plain)); for (const key in plain) console.log(key);`),
    ],
    ['the entries of a Map', listener(`await Actor.setValue('JOBS', [...jobs.entries()]);`)],
    ['an object made from a Map', listener(`await Actor.setValue('JOBS', Object.keys(Object.fromEntries(jobs)));`)],
    ['a Map elsewhere', listener(`console.log(1);`, 'migrating', `console.log(Object.keys(jobs));`)],
    ['a listener of another event', listener(`console.log(Object.keys(jobs));`, 'systemInfo')],
    [
      'a name that may be an object too',
      listener(`console.log(Object.keys(found));`, 'migrating', `let found = load();\nif (!found) found = new Map();`),
    ],
    ['what only is called a Map', listener(`console.log(Object.keys(jobsMap));`, 'migrating', `const jobsMap = {};`)],
    [
      'a Map of the project',
      listener(`console.log(Object.keys(own));`, 'migrating', `class JobMap { a = 1; }\nconst own = new JobMap();`),
    ],
    ['broken code', listener(`Object.keys(`)],
  ])('%s', (_, code) => {
    expectReports(ineffectiveListener, code);
  });
});

describe('the fix "entries"', () => {
  it.each([
    [
      `for (const id of Object.keys(jobs)) console.log(id);`,
      `for (const id of Array.from(jobs.keys())) console.log(id);`,
    ],
    [`Object.values(names /* all */).forEach(log);`, `Array.from(names.values() /* all */).forEach(log);`],
    [`Object.entries(jobs).map(([id]) => id);`, `Array.from(jobs.entries()).map(([id]) => id);`],
    [`for (const id in jobs) { stop(id); } // all`, `for (const id of jobs.keys()) { stop(id); } // all`],
    [`for (const id in names) stop(id);`, `for (const id of names.keys()) stop(id);`],
  ])('%s', (before, after) => {
    expect(applyAllFixes(ineffectiveListener, listener(before))['main.js']).toBe(listener(after));
  });
});

it('offers no fix where something else than a name would have to be asked', () => {
  const [report] = expectReports(ineffectiveListener, listener(`console.log(/*~*/Object.keys(jobs || jobs));`));
  expect(report?.fixes).toEqual([]);
});
