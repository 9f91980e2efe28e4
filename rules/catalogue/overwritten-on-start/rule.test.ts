import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { overwrittenOnStart } from './rule.ts';

/** An Actor of the SDK 3 that starts with some code, and saves the state S before a migration. */
function starting(code: string): string {
  return `import { Actor } from 'apify';
await Actor.init();
const input = await Actor.getInput();
const state = { page: 1 };
${code}
state.page += 1;
Actor.on('migrating', () => Actor.setValue('S', state));
await Actor.exit();
`;
}

describe('it finds', () => {
  it.each([
    [
      'a write before the read',
      `await /*~*/Actor.setValue('S', { page: 1 });\nconst saved = await Actor.getValue('S');`,
    ],
    ['a write that nobody waits for', `/*~*/Actor.setValue('S', 0);\nconst saved = await Actor.getValue('S');`],
    ['a record that is cleared', `await /*~*/Actor.setValue('S', null);\nconst saved = await Actor.getValue('S');`],
    [
      'a line that logs in between',
      `await /*~*/Actor.setValue('S', []);\nconsole.log('ready');\nconst saved = await Actor.getValue('S');`,
    ],
    [
      'a read in a branch after it',
      `await /*~*/Actor.setValue('S', { page: 1 });\nif (input.resume) state.page = (await Actor.getValue('S')).page;`,
    ],
    [
      'a function that only computes in between',
      `await /*~*/Actor.setValue('S', []);\nconst log = (x) => console.log(x);\nlog(1);\nconst saved = await Actor.getValue('S');`,
    ],
    [
      'a write and a read in functions of their own',
      `const reset = async () => {\n  await /*~*/Actor.setValue('S', { page: 1 });\n};\nasync function load() {\n  return Actor.getValue('S');\n}\nawait reset();\nconst saved = await load();`,
    ],
    [
      'a write in a function that is called at once, a read in a chain',
      `await (async () => { await /*~*/Actor.setValue('S', 0); })();\nawait Actor.getValue('S').then((saved) => { state.page = saved; });`,
    ],
    [
      'a write that may fail',
      `try {\n  await /*~*/Actor.setValue('S', 0);\n} finally {\n  console.log('set');\n}\nconst saved = await Actor.getValue('S');`,
    ],
    [
      'a first value in a constant, and parts of it',
      `const first = 1;\nconst FIRST = { page: first };\nawait /*~*/Actor.setValue('S', FIRST);\nconst saved = await Actor.getValue('S');`,
    ],
    [
      'a first value from a function',
      `const first = () => ({ page: 1 });\nawait /*~*/Actor.setValue('S', first());\nconst saved = await Actor.getValue('S');`,
    ],
    [
      'a wait with Promise.all, a read whose value is handed on',
      `await Promise.all([/*~*/Actor.setValue('S', { page: 1 })]);\nconst saved = await Actor.getValue('S').then((value) => value);`,
    ],
    ['a read in a chain of the write', `await /*~*/Actor.setValue('S', { page: 1 }).then(() => Actor.getValue('S'));`],
    [
      'methods that are bound',
      `await /*~*/Actor.setValue.bind(Actor)('S', 0);\nconst saved = await Actor.getValue.bind(Actor)('S');`,
    ],
    [
      'a store that is opened in between',
      `await /*~*/Actor.setValue('S', { page: 1 });\nconst store = await Actor.openKeyValueStore();\nconst saved = await store.getValue('S');`,
    ],
  ])('%s', (_, code) => {
    expectReports(overwrittenOnStart, starting(code));
  });

  it('a write in the function of main, SDK 2', () => {
    const [report] = expectReports(
      overwrittenOnStart,
      `const Apify = require('apify');
const KEY = 'STATE';
Apify.main(async () => {
  await /*~*/Apify.setValue(KEY, { offset: 0 });
  const state = await Apify.getValue(KEY);
  Apify.events.on('persistState', async () => { await Apify.setValue(KEY, state); });
});`,
      'apify 2',
    );
    expect(report?.message).toBe(
      'This writes over `STATE` before it is read: after a migration the saved state is gone',
    );
  });

  it('a write in a module of its own, TypeScript', () => {
    expectReports(overwrittenOnStart, {
      'main.ts': `import { Actor } from 'apify';
import { load, save } from './state.ts';
await Actor.init();
const state = await load();
state.page += 1;
await save(state);`,
      'state.ts': `import { KeyValueStore } from 'apify';
interface State { page: number }
export async function load(): Promise<State> {
  const store = await KeyValueStore.open();
  await /*~*/store.setValue('STATE', { page: 1 } as State);
  return (await store.getValue<State>('STATE'))!;
}
export async function save(state: State) {
  const store = await KeyValueStore.open();
  await store.setValue('STATE', state);
}`,
    });
  });
});

describe('it is quiet on', () => {
  const READ = `const saved = await Actor.getValue('S');`;
  it.each([
    ['a read before the write', `${READ}\nawait Actor.setValue('S', { page: 1 });`],
    ['a write in a branch', `if (input.reset) await Actor.setValue('S', { page: 1 });\n${READ}`],
    ['a write in a branch with braces', `if (input.reset) {\n  await Actor.setValue('S', null);\n}\n${READ}`],
    ['a write behind &&', `input.reset && (await Actor.setValue('S', null));\n${READ}`],
    [
      'a write in a function that returns before',
      `const reset = async () => {\n  if (!input.reset) return;\n  await Actor.setValue('S', 0);\n};\nawait reset();\n${READ}`,
    ],
    [
      'a write behind an early end',
      `if (input.reset) {\n  await Actor.setValue('S', 0);\n} else {\n  console.log('kept');\n}\n${READ}`,
    ],
    [
      'a write whose failure is caught',
      `try {\n  await Actor.openKeyValueStore();\n  await Actor.setValue('S', 0);\n} catch {\n  console.log('kept');\n}\n${READ}`,
    ],
    ['a value that was found out', `await Actor.setValue('S', input);\n${READ}`],
    ['a value with a part that was found out', `await Actor.setValue('S', { page: input.page });\n${READ}`],
    ['a variable', `await Actor.setValue('S', state);\n${READ}`],
    [
      'a part that changes',
      `let page = 1;\nfor (const url of input.urls) page++;\nawait Actor.setValue('S', { page });\n${READ}`,
    ],
    ['another key', `await Actor.setValue('T', 0);\n${READ}`],
    ['another store', `const store = await Actor.openKeyValueStore('other');\nawait store.setValue('S', 0);\n${READ}`],
    [
      'work in between',
      `await Actor.setValue('S', 0);\nawait work();\n${READ}\nasync function work() { await fetch(input.url); }`,
    ],
    ['a call of something in between', `await Actor.setValue('S', 0);\nawait fetch(input.url);\n${READ}`],
    ['a write of the state in between', `await Actor.setValue('S', 0);\nawait Actor.setValue('S', state);\n${READ}`],
    ['a read in a loop', `await Actor.setValue('S', 0);\nfor (const x of input.xs) { await Actor.getValue('S'); }`],
    ['a read in another function', `await Actor.setValue('S', 0);\nexport const load = () => Actor.getValue('S');`],
    [
      'a key that is made at run time',
      `await Actor.setValue(\`\${input.id}\`, 0);\nawait Actor.getValue(\`\${input.id}\`);`,
    ],
    ['broken code', `await Actor.setValue('S', { page: );\n${READ}`],
  ])('%s', (_, code) => {
    expectReports(overwrittenOnStart, starting(code));
  });

  it('a record that nothing else writes: a test of the store', () => {
    expectReports(overwrittenOnStart, starting(`await Actor.setValue('T', 1);\nawait Actor.getValue('T');`));
  });
});

describe('the fix "first-only"', () => {
  it('writes only where there is no record', () => {
    const before = `// the start\nawait Actor.setValue('S', { page: 1 }); // first\nconst saved = await Actor.getValue('S');`;
    const after = before.replace('await', `if ((await Actor.getValue('S')) === null) await`);
    expect(applyAllFixes(overwrittenOnStart, starting(before))).toEqual({ 'main.js': starting(after) });
  });

  it('is not offered for a record that is cleared', () => {
    const [report] = reportsOf(
      overwrittenOnStart,
      starting(`await Actor.setValue('S', null);\nconst saved = await Actor.getValue('S');`),
    );
    expect(report?.fixes).toEqual([]);
  });
});
