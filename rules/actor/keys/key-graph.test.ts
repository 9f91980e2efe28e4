import { describe, expect, it } from 'vitest';

import { actorOf } from '../actor-fixture.ts';
import { keySummariesOf } from './key-graph.ts';
import type { KeySummary } from './key-graph.ts';

const HEAD = `import { Actor } from 'apify';\n`;

function keysOf(main: string, others: Readonly<Record<string, string>> = {}): readonly KeySummary[] {
  return keySummariesOf(actorOf({ 'main.ts': HEAD + main, ...others }));
}

function namesOf(main: string, others?: Readonly<Record<string, string>>): readonly string[] {
  return keysOf(main, others).map(({ key }) => key);
}

describe('a key that the code puts together', () => {
  it.each([
    ['a template of constants', "const PREFIX = 'crawl';\nawait Actor.setValue(`${PREFIX}-state`, 1);"],
    [
      'a template of constants in an order of their own',
      "const END = 'state';\nconst KEY = `crawl-${END}`;\nawait Actor.setValue(KEY, 1);",
    ],
    ['a sum', "const PREFIX = 'crawl';\nawait Actor.setValue(PREFIX + '-' + 'state', 1);"],
    ['an element of an enumeration', "enum Key { State = 'crawl-state' }\nawait Actor.setValue(Key['State'], 1);"],
    ['a member of an enumeration', "enum Key { State = 'crawl-state' }\nawait Actor.setValue(Key.State, 1);"],
    ['an enumeration in a template', "enum Part { State = 'state' }\nawait Actor.setValue(`crawl-${Part.State}`, 1);"],
    ['an object', "const KEYS = { part: 'crawl' } as const;\nawait Actor.setValue(`${KEYS.part}-state`, 1);"],
    [
      'an element of an object',
      "const KEYS = { part: 'crawl-state' } as const;\nawait Actor.setValue(KEYS['part'], 1);",
    ],
    [
      'a frozen object',
      "const KEYS = Object.freeze({ part: 'crawl' });\nawait Actor.setValue(`${KEYS.part}-state`, 1);",
    ],
    ['a list that is joined', "const PREFIX = 'crawl';\nawait Actor.setValue([PREFIX, 'state'].join('-'), 1);"],
    ['a function', "const keyOf = (part: string) => `crawl-${part}`;\nawait Actor.setValue(keyOf('state'), 1);"],
  ])('is found through %s', (_, main) => {
    expect(namesOf(main)).toEqual(['crawl-state']);
  });

  it('is found across files', () => {
    const others = {
      'keys.ts': "import { PREFIX } from './prefix.ts';\nexport const KEYS = { state: `${PREFIX}-state` } as const;\n",
      'prefix.ts': "export const PREFIX = 'crawl';\n",
    };
    const main = "import { KEYS } from './keys.ts';\nawait Actor.setValue(KEYS.state, 1);";
    expect(namesOf(main, others)).toEqual(['crawl-state']);
  });

  it('is the key of each call of a function by itself', () => {
    const main =
      "const keyOf = (part: string) => `crawl-${part}`;\nawait Actor.setValue(keyOf('a'), 1);\nawait Actor.getValue(keyOf('b'));";
    expect(keysOf(main)).toMatchObject([
      { key: 'crawl-a', savedAt: [{}], restoredAt: [] },
      { key: 'crawl-b', savedAt: [], restoredAt: [{}] },
    ]);
  });

  it.each([
    ['counted', 'let page = 1;\npage += 1;\nawait Actor.setValue(`page-${page}`, 1);', 'page-${page}'],
    ['counted up', 'let page = 1;\npage++;\nawait Actor.setValue(`page-${page}`, 1);', 'page-${page}'],
    [
      'set in an object',
      'const state = { page: 1 };\nstate.page = 2;\nawait Actor.setValue(`page-${state.page}`, 1);',
      'page-${state.page}',
    ],
  ])('keeps a place for what is %s', (_, main, key) => {
    expect(namesOf(main)).toEqual([key]);
  });

  it('keeps a place for what is counted before it comes through a pattern', () => {
    const main = `const save = async ({ index }) => { await Actor.setValue(\`S-\${index}\`, 1); };
const each = async ({ index }) => { for (;;) { await save({ index }); index++; } };
await each({ index: 0 });`;
    expect(namesOf(main)).toEqual(['S-${index}']);
  });

  it('keeps a place beside the default of what others may give', () => {
    const main =
      "const { name = 'x' } = await Actor.getInput<{ name?: string }>() ?? {};\nawait Actor.setValue(`s-${name}`, 1);";
    expect(namesOf(main)).toEqual(['s-x', 's-${name}']);
  });
});

describe('a function that gets its key from its callers', () => {
  const WRAPPERS = `async function save(key: string, value: unknown) { await Actor.setValue(key, value); }
const load = async (key: string) => await Actor.getValue(key);
`;

  it('has the key of each of them', () => {
    const keys = keysOf(`${WRAPPERS}await save('A', 1);\nawait save('B', 1);\nawait load('A');\n`);
    expect(keys).toMatchObject([
      { key: 'A', savedAt: [{}], restoredAt: [{}], isComplete: true },
      { key: 'B', savedAt: [{}], restoredAt: [], isComplete: true },
    ]);
    expect(keys[1]?.namedAt.map(({ range }) => range.start.line)).toEqual([1, 4]);
  });

  it('also through another function', () => {
    expect(
      namesOf(`${WRAPPERS}const keep = (name: string) => save(\`S-\${name}\`, 1);\nawait keep('a');\nawait keep('b');`),
    ).toEqual(['S-a', 'S-b']);
  });

  it('may have others where one of them is not known, or where it is handed out', () => {
    const named = `${WRAPPERS}await save('A', 1);\n`;
    expect(keysOf(`${named}await load(process.argv[2] ?? '');`)).toMatchObject([
      { key: 'A', isComplete: false },
      { key: '' },
    ]);
    expect(keysOf(`${named}await load('B');\nawait Promise.all(['C'].map(load));`)).toMatchObject([
      { key: 'A', isComplete: false },
      { key: 'B' },
    ]);
  });
});

describe('whether all of a key is known', () => {
  it.each([
    ['a read of the same shape', 'await Actor.getValue(`STATE-${id}`);', false],
    ['a read of another shape', 'await Actor.getValue(`PAGE-${id}`);', true],
    ['a read of any key', 'await Actor.getValue(id);', false],
    ['a read of a store that is not known', 'await (await Actor.openKeyValueStore(id)).getValue(id);', false],
    ['a read of another store', "await (await Actor.openKeyValueStore('other')).getValue(id);", true],
    ['a walk over the keys', 'await (await Actor.openKeyValueStore()).forEachKey(() => {});', false],
  ])('beside %s', (_, read, isComplete) => {
    const main = `const id = process.argv[2] ?? String(Math.random());\nawait Actor.setValue('STATE-1', 1);\n${read}`;
    expect(keysOf(main)[0]).toMatchObject({ key: 'STATE-1', isComplete });
  });
});

it('names each keeper that a key has', () => {
  const main =
    "await Actor.useState('K', {});\nconst store = await Actor.openKeyValueStore();\nawait store.getAutoSavedValue('K', {});";
  expect(keysOf(main)).toMatchObject([{ key: 'K', ownedBy: ['useState', 'getAutoSavedValue'] }]);
});

it('names a place once that comes to several saves of a key', () => {
  const [key] = keysOf(`
async function keep(page: number) {
  await Actor.setValue('STATE', { page, isDone: false });
  await Actor.setValue('STATE', { page, isDone: true });
}
await keep(1);`);
  expect(key?.savedAt).toHaveLength(1);
});
