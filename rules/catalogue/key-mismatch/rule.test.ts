import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports } from '../expect-reports.ts';
import { differenceOf } from './difference.ts';
import { keyMismatch } from './rule.ts';

/** Code of an Actor of the SDK 3 that is initialised. */
function inActor(code: string): string {
  return `import { Actor } from 'apify';
await Actor.init();
const input = await Actor.getInput();
${code}
await Actor.exit();
`;
}

describe('it finds', () => {
  it.each([
    ['another case', `await Actor.getValue(/*~*/'state');\nawait Actor.setValue('STATE', input);`],
    ['another separator', `await Actor.getValue(/*~*/'seen-urls');\nawait Actor.setValue('seen_urls', input);`],
    ['a slip', `await Actor.getValue(/*~*/'PROGRES');\nawait Actor.setValue('PROGRESS', input);`],
    [
      'a constant',
      `const KEY = 'crawl-state';\nawait Actor.getValue(/*~*/KEY);\nawait Actor.setValue('CRAWL_STATE', 1);`,
    ],
    [
      'fields of an object',
      `const KEYS = { in: 'crawl-state', out: 'CRAWL_STATE' };\nawait Actor.getValue(/*~*/KEYS.in);\nawait Actor.setValue(KEYS.out, 1);`,
    ],
    [
      'a named store',
      `const store = await Actor.openKeyValueStore('cache');\nawait store.getValue(/*~*/'state');\nawait store.setValue('STATE', input);`,
    ],
    [
      'a key that is only asked for',
      `const store = await Actor.openKeyValueStore();\nawait store.recordExists(/*~*/'state');\nawait Actor.setValue('STATE', input);`,
    ],
    [
      'each read',
      `await Actor.getValue(/*~*/'state');\nawait Actor.getValue(/*~*/'state');\nawait Actor.setValue('STATE', 1);`,
    ],
  ])('%s', (_, code) => {
    expectReports(keyMismatch, inActor(code));
  });

  it('keys in two modules, and says what is lost', () => {
    const [report] = expectReports(keyMismatch, {
      'main.ts': `import { Actor } from 'apify';
import { SAVED, save } from './save.ts';
await Actor.init();
const state = await Actor.getValue<{ page: number }>(/*~*/'Crawl State');
Actor.on('migrating', () => save(SAVED, state));`,
      'save.ts': `import { Actor } from 'apify';
export const SAVED = 'CRAWL_STATE';
export async function save(key: string, state: unknown) { await Actor.setValue(key, state); }`,
    });
    expect(report?.severity).toBe('error');
    expect(report?.message).toBe(
      '`Crawl State` is read here and saved nowhere, `CRAWL_STATE` is saved and read nowhere: what was saved does not come back',
    );
  });

  it('keys of an Actor of the SDK 2; a slip is a warning', () => {
    const [report] = expectReports(
      keyMismatch,
      `const Apify = require('apify');
Apify.main(async () => {
  const state = (await Apify.getValue(/*~*/'STAET-OF-CRAWL')) || {};
  Apify.events.on('persistState', () => Apify.setValue('STATE-OF-CRAWL', state));
});`,
      'apify 2',
    );
    expect(report?.severity).toBe('warning');
  });
});

describe('it is quiet on', () => {
  const both = `await Actor.getValue('state');\nawait Actor.setValue('STATE', input);`;
  it.each([
    ['one key', `await Actor.getValue('STATE');\nawait Actor.setValue('STATE', input);`],
    ['keys that are two', `await Actor.getValue('CONFIGURATION');\nawait Actor.setValue('REPORT', input);`],
    ['a key that is saved too', `${both}\nawait Actor.setValue('state', 1);`],
    ['a key that is read too', `${both}\nawait Actor.getValue('STATE');`],
    ['a key that is made at run time and read', `${both}\nawait Actor.getValue(input.key);`],
    ['a key that is made at run time and saved', `${both}\nawait Actor.setValue(\`\${input.key}\`, 1);`],
    [
      'keys that are listed',
      `${both}\nconst store = await Actor.openKeyValueStore();\nawait store.forEachKey(async (key) => console.log(key));`,
    ],
    [
      'the input and the output',
      `await Actor.getValue('input');\nawait Actor.setValue('INPUT', 1);\nawait Actor.getValue('output');\nawait Actor.setValue('OUTPUT', 1);`,
    ],
    [
      'two stores',
      `const store = await Actor.openKeyValueStore('cache');\nawait store.getValue('state');\nawait Actor.setValue('STATE', 1);`,
    ],
    [
      'a store that is not known',
      `${both}\nfor (const name of input.names) await (await Actor.openKeyValueStore(name)).getValue('STATE');`,
    ],
    [
      'the store of another run',
      `await Actor.setValue('REPORT', input);\nconst store = Actor.newClient().run(input.runId).keyValueStore();\nawait store.getRecord('report');`,
    ],
    [
      'a store that came from elsewhere',
      `${both}\nexport async function load(store) { return store.getValue('STATE'); }`,
    ],
    ['a text that stands elsewhere too', `${both}\nconst deleted = ['STATE', 'OTHER'];\nconsole.log(deleted);`],
    [
      'the key of a state',
      `await Actor.useState('STATE', {});\nawait Actor.setValue('STATE', {});\nawait Actor.getValue('state');`,
    ],
    ['lists of two names', `await Actor.getValue('PRODUCTS-A');\nawait Actor.setValue('PRODUCTS-B', 1);`],
    ['numbered keys', `await Actor.getValue('PRODUCTS1');\nawait Actor.setValue('PRODUCTS2', 1);`],
    ['three keys that look alike', `${both}\nawait Actor.setValue('St-ate', 1);`],
    ['maps', `const map = new Map();\nmap.get('state');\nmap.set('STATE', 1);`],
    ['broken code', `await Actor.getValue('state');\nawait Actor.setValue('STATE' + `],
  ])('%s', (_, code) => {
    expectReports(keyMismatch, inActor(code));
  });
});

it.each([
  ['SEEN-URLS', 'seenUrls', 'spelling'],
  ['PRODUCTS', 'PRODUCST', 'slip'],
  ['PRODUCTS', 'PRODUCT', 'slip'],
  ['PRODUCTS', 'PRODACTS', 'slip'],
  ['STATE', 'STATS', undefined],
  ['last-page', 'last-date', undefined],
  ['PAGE_A', 'PAGE_B', undefined],
  ['my-cats', 'my-bats', 'slip'],
  ['log-in-old', 'log-on-old', undefined],
  ['-', '_', undefined],
] as const)('%s and %s', (a, b, difference) => {
  expect(differenceOf(a, b)).toBe(difference);
  expect(differenceOf(b, a)).toBe(difference);
});

describe('the fix "saved-key"', () => {
  it.each([
    [
      'the key in the call',
      `await Actor.getValue("state"); // mine\nawait Actor.setValue('STATE', 1);`,
      `await Actor.getValue("STATE"); // mine\nawait Actor.setValue('STATE', 1);`,
    ],
    [
      'a constant that is read twice',
      `const KEY = 'state';\nawait Actor.getValue(KEY);\nawait Actor.getValue(KEY);\nawait Actor.setValue('STATE', 1);`,
      `const KEY = 'STATE';\nawait Actor.getValue(KEY);\nawait Actor.getValue(KEY);\nawait Actor.setValue('STATE', 1);`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(keyMismatch, inActor(before))).toEqual({ 'main.js': inActor(after) });
  });
});
