import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { crossRunDefaultStore } from './rule.ts';

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
    ['LAST_RUN', `await /*~*/Actor.getValue('LAST_RUN');\nawait Actor.setValue('LAST_RUN', { at: Date.now() });`],
    [
      'a name in camel case',
      `await /*~*/Actor.getValue('previousRunResults');\nawait Actor.setValue('previousRunResults', []);`,
    ],
    ['a name with hyphens', `await /*~*/Actor.getValue('prev-run-ids');\nawait Actor.setValue('prev-run-ids', []);`],
    ['a name in one word', `await /*~*/Actor.getValue('lastrun');\nawait Actor.setValue('lastrun', []);`],
    [
      'the default store, opened',
      `const store = await Actor.openKeyValueStore();\nawait /*~*/store.getValue('LAST_RUN');\nawait store.setValue('LAST_RUN', 1);`,
    ],
    [
      'a constant, in two functions',
      `const KEY = 'last-run';\nconst load = () => /*~*/Actor.getValue(KEY);\nconst save = (ids) => Actor.setValue(KEY, ids);\nawait save(await load());`,
    ],
  ])('%s', (_, code) => {
    expectReports(crossRunDefaultStore, inActor(code));
  });

  it('a record of an Actor of the SDK 2', () => {
    const [report] = expectReports(
      crossRunDefaultStore,
      `const Apify = require('apify');
Apify.main(async () => {
  const last = await /*~*/Apify.getValue('LAST-RUN');
  await Apify.setValue('LAST-RUN', { at: new Date() });
});`,
      'apify 2',
    );
    expect(report?.message).toBe(
      'Each run has a default store of its own, so `LAST-RUN` of the run before is never here',
    );
  });
});

describe('it is quiet on', () => {
  const READ = `await Actor.getValue('LAST_RUN');`;
  it.each([
    [
      'a named store',
      `const store = await Actor.openKeyValueStore('my-runs');\nawait store.getValue('LAST_RUN');\nawait store.setValue('LAST_RUN', 1);`,
    ],
    [
      'a store that the input names',
      `const store = await Actor.openKeyValueStore(input.store);\nawait store.getValue('LAST_RUN');\nawait store.setValue('LAST_RUN', 1);`,
    ],
    ['what is only read', READ],
    ['what is only saved', `await Actor.setValue('LAST_RUN', 1);`],
    ['what a listener saves for the same run', `${READ}\nActor.on('migrating', () => Actor.setValue('LAST_RUN', 1));`],
    [
      'what is read of another run too',
      `${READ}\nawait Actor.setValue('LAST_RUN', 1);\nconst client = Actor.newClient();\nawait client.actor('me').lastRun().keyValueStore().getRecord('LAST_RUN');`,
    ],
    ['other names', `await Actor.getValue('LAST_PAGE');\nawait Actor.setValue('LAST_PAGE', 1);`],
    ['names that only sound so', `await Actor.getValue('LAST_RUNNER');\nawait Actor.setValue('LAST_RUNNER', 1);`],
    [
      'a key that is made at run time',
      `await Actor.getValue(\`last-run-\${input.id}\`);\nawait Actor.setValue(\`last-run-\${input.id}\`, 1);`,
    ],
    ['broken code', `${READ}\nawait Actor.setValue('LAST_RUN' + `],
  ])('%s', (_, code) => {
    expectReports(crossRunDefaultStore, inActor(code));
  });
});

describe('the fix "named-store"', () => {
  it('opens a store with a name at each use', () => {
    const before = `const last = await Actor.getValue('LAST_RUN'); // before\nawait Actor.setValue('LAST_RUN', 1);`;
    const after = `const last = await (await Actor.openKeyValueStore('fixture-runs')).getValue('LAST_RUN'); // before\nawait (await Actor.openKeyValueStore('fixture-runs')).setValue('LAST_RUN', 1);`;
    expect(applyAllFixes(crossRunDefaultStore, inActor(before))).toEqual({ 'main.js': inActor(after) });
  });

  it('is not offered where the promise is handed on', () => {
    const [report] = reportsOf(
      crossRunDefaultStore,
      inActor(`const load = () => Actor.getValue('LAST_RUN');\nawait Actor.setValue('LAST_RUN', await load());`),
    );
    expect(report?.fixes).toEqual([]);
  });
});
