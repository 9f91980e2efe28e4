import { describe, expect, it } from 'vitest';

import { actorOf } from '../actor-fixture.ts';
import type { ActorModel } from '../actor-model.ts';
import type { Call } from '../../syntax/file-index.ts';

function line(call: Call): number {
  return call.getSourceFile().getLineAndCharacterOfPosition(call.getStart()).line + 1;
}

/** Each save of a record: the line of its place, the store where it has a name, the key and what is written. */
function savesOf({ persistence }: ActorModel): readonly string[] {
  return persistence.saves.map(({ call, storeName, keys, parts }) => {
    const known = keys.known.map(({ text }) => text).join('|');
    const key = keys.isAll ? known : `${known}?`;
    const store = storeName === 'default' ? '' : `${storeName ?? '?'}/`;
    return `${line(call)} ${store}${key} = ${parts.map((part) => part.getText()).join(' + ')}`;
  });
}

const START = `import { Actor } from 'apify'; await Actor.init(); const state = { page: 1 }; const rows = [];\n`;

function savesIn(text: string): readonly string[] {
  return savesOf(actorOf({ [text.includes('private ') ? 'main.ts' : 'main.js']: START + text }));
}

describe('a save through a function of the project', () => {
  it.each([
    ['arrow', `const save = (key, value) => Actor.setValue(key, value);`],
    ['async function', `async function save(key, value) { await Actor.setValue(key, value); }`],
    [
      'function that is hoisted',
      `async function save(key, value) { const record = value; return Actor.setValue(key, record); }`,
    ],
    ['rest and spread', `const save = (...given) => Actor.setValue(...given);`],
    ['rest behind a name', `const save = (key, ...rest) => Actor.setValue(key, ...rest);`],
    ['call', `const save = function (key, value) { return Actor.setValue.call(Actor, key, value); };`],
    ['two functions', `const write = (k, v) => Actor.setValue(k, v); const save = (key, value) => write(key, value);`],
    [
      'three functions',
      `const put = (a, b) => Actor.setValue(b, a); const write = (k, v) => put(v, k); const save = async (key, value) => { await write(key, value); };`,
    ],
    ['default', `const save = (key, value = null) => Actor.setValue(key, value);`],
    [
      'attempts',
      `async function save(key, value, left = 3) { try { await Actor.setValue(key, value); } catch { await save(key, value, left - 1); } }`,
    ],
    ['bind', `const save = Actor.setValue.bind(Actor);`],
    ['alias', `const write = (key, value) => Actor.setValue(key, value); const save = write;`],
    ['then', `const save = (key, value) => Promise.resolve().then(() => Actor.setValue(key, value));`],
  ])('is made at its calls, each with its key and value: %s', (form, helper) => {
    const expected = ['3 STATE = state', '4 OUT = rows'];
    const found = savesIn(`${helper}\nawait save('STATE', state);\nawait save('OUT', rows);\n`);
    expect(found, form).toEqual(expected);
  });

  it.each([
    ['method', `class Store { save(key, value) { return Actor.setValue(key, value); } } const store = new Store();`],
    ['static', `class store { static async save(key, value) { await Actor.setValue(key, value); } }`],
    [
      'private',
      `class Store { save(key, value) { return this.#write(key, value); } #write(key, value) { return Actor.setValue(key, value); } } const store = new Store();`,
    ],
    ['literal', `const store = { save: (key, value) => Actor.setValue(key, value) };`],
    ['literal with a method', `const store = { async save(key, value) { await Actor.setValue(key, value); } };`],
    ['factory', `const create = () => ({ save: (key, value) => Actor.setValue(key, value) }); const store = create();`],
    ['field', `class Store { save = (key, value) => Actor.setValue(key, value); } const store = new Store();`],
  ])('or of an object: %s', (form, helper) => {
    const found = savesIn(`${helper}\nawait store.save('STATE', state);\nawait store.save('OUT', rows);\n`);
    expect(found, form).toEqual(['3 STATE = state', '4 OUT = rows']);
  });

  it('with what an options object gives', () => {
    const helper = `const save = ({ key, value }) => Actor.setValue(key, value);`;
    expect(
      savesIn(`${helper}\nawait save({ key: 'STATE', value: state });\nawait save({ value: rows, key: 'OUT' });`),
    ).toEqual(['3 STATE = state', '4 OUT = rows']);
    const whole = `const save = (options) => Actor.setValue(options.key, options.value);`;
    expect(
      savesIn(`${whole}\nawait save({ key: 'STATE', value: state });\nawait save({ value: rows, key: 'OUT' });`),
    ).toEqual(['3 STATE = state', '4 OUT = rows']);
  });

  it('with what its own call made it from', () => {
    const closure = `const saver = (key) => (value) => Actor.setValue(key, value); const saveState = saver('STATE'); const saveOut = saver('OUT');`;
    expect(savesIn(`${closure}\nawait saveState(state);\nawait saveOut(rows);`)).toEqual([
      '3 STATE = state',
      '4 OUT = rows',
    ]);
    const object = `const keep = (key) => ({ save: (value) => Actor.setValue(key, value) }); const one = keep('STATE'); const other = keep('OUT');`;
    expect(savesIn(`${object}\nawait one.save(state);\nawait other.save(rows);`)).toEqual([
      '3 STATE = state',
      '4 OUT = rows',
    ]);
  });

  it.each([
    [
      'assigned',
      `class Keeper { constructor(key) { this.key = key; } save(value) { return Actor.setValue(this.key, value); } }`,
    ],
    [
      'private',
      `class Keeper { #key; constructor(key) { this.#key = key; } async save(value) { await Actor.setValue(this.#key, value); } }`,
    ],
    [
      'parameter property',
      `class Keeper { constructor(private readonly key: string) {} save(value) { return Actor.setValue(this.key, value); } }`,
    ],
    [
      'through another method',
      `class Keeper { constructor(key) { this.key = key; } save(value) { return this.write(value); } write(value) { return Actor.setValue(this.key, value); } }`,
    ],
    [
      'with a prefix',
      `class Keeper { constructor(key) { this.key = key; } save(value) { return Actor.setValue(\`\${this.key}\`, value); } }`,
    ],
  ])('with the key of its instance: %s', (form, helper) => {
    const found = savesIn(
      `${helper}\nconst one = new Keeper('STATE'); const other = new Keeper('OUT');\nawait one.save(state);\nawait other.save(rows);`,
    );
    expect(found, form).toEqual(['4 STATE = state', '5 OUT = rows']);
  });

  it('with a key that is put together of what it gets', () => {
    const helper = `const save = (name, value) => Actor.setValue(\`STATE-\${name}\`, value);`;
    expect(savesIn(`${helper}\nawait save('a', state);\nawait save('b', rows);`)).toEqual([
      '3 STATE-a = state',
      '4 STATE-b = rows',
    ]);
  });

  it('with what is added to the value', () => {
    const helper = `const startedAt = 1; const save = (key, value) => Actor.setValue(key, { ...value, startedAt });`;
    expect(savesIn(`${helper}\nawait save('STATE', state);`)).toEqual(['3 STATE = state + startedAt']);
    const text = `const save = (key, value) => Actor.setValue(key, JSON.stringify(value));`;
    expect(savesIn(`${text}\nawait save('STATE', state);`)).toEqual(['3 STATE = state']);
    const two = `const save = (a, b) => Actor.setValue('STATE', { a, b });`;
    expect(savesIn(`${two}\nawait save(state, rows);`)).toEqual(['3 STATE = state + rows']);
  });

  it('in another module', () => {
    const actor = actorOf({
      'main.js': `${START}import { save as keep } from './store.js';\nimport store from './store.js';\nawait keep('STATE', state);\nawait store.save('OUT', rows);`,
      'store.js': `import { Actor } from 'apify';\nexport async function save(key, value) { await Actor.setValue(key, value); }\nexport default { save };`,
    });
    expect(savesOf(actor).toSorted()).toEqual(expect.arrayContaining(['4 STATE = state', '5 OUT = rows']));
  });
});

describe('a save that depends on no caller', () => {
  it('stays where it is', () => {
    expect(savesIn(`const save = () => Actor.setValue('STATE', state);\nawait save();\nawait save();`)).toEqual([
      '2 STATE = state',
    ]);
  });

  it('stays where what it writes was waited for', () => {
    expect(
      savesIn(
        `const scrape = async (url) => { const row = await (await fetch(url)).json(); await Actor.setValue('ROW', row); };\nawait scrape('a');`,
      ),
    ).toEqual(['2 ROW = row']);
  });
});

describe('a function that is handed out', () => {
  it('may be called with other keys too', () => {
    expect(
      savesIn(
        `const save = (key, value) => Actor.setValue(key, value);\nawait save('STATE', state);\nimport each from 'each';\neach(save);`,
      ),
    ).toEqual(['3 STATE = state', '2 STATE? = value']);
  });

  it('in a list, is called from it', () => {
    expect(
      savesIn(`const save = (value) => Actor.setValue('ROW', value);\nawait Promise.all(rows.map(save));`),
    ).toEqual(['2 ROW = value']);
  });
});

describe('the store of a save', () => {
  it.each([
    ['opened', `const store = await Actor.openKeyValueStore('s');\nawait store.setValue('A', 1);`, ['3 s/A = 1']],
    [
      'by a constant',
      `const NAME = 's';\nconst store = await Actor.openKeyValueStore(NAME);\nawait store.setValue('A', 1);`,
      ['4 s/A = 1'],
    ],
    [
      'by a function',
      `const open = async () => Actor.openKeyValueStore('s');\nawait (await open()).setValue('A', 1);`,
      ['3 s/A = 1'],
    ],
    [
      'by a function, each its own',
      `const open = (name) => Actor.openKeyValueStore(name);\nconst one = await open('s');\nconst other = await open('t');\nawait one.setValue('A', 1);\nawait other.setValue('A', 2);`,
      ['5 s/A = 1', '6 t/A = 2'],
    ],
    [
      'as a parameter',
      `const save = (store, value) => store.setValue('A', value);\nawait save(await Actor.openKeyValueStore('s'), state);\nawait save(await Actor.openKeyValueStore('t'), rows);`,
      ['3 s/A = state', '4 t/A = rows'],
    ],
    [
      'by its name as a parameter',
      `const save = async (name, value) => { const store = await Actor.openKeyValueStore(name); await store.setValue('A', value); };\nawait save('s', state);\nawait save('t', rows);`,
      ['3 s/A = state', '4 t/A = rows'],
    ],
    [
      'in a field',
      `class Keeper { async open() { this.store = await Actor.openKeyValueStore('s'); } save(value) { return this.store.setValue('A', value); } }\nconst keeper = new Keeper();\nawait keeper.save(state);`,
      ['4 s/A = state'],
    ],
  ])('is known: %s', (form, text, expected) => {
    expect(savesIn(text), form).toEqual(expected);
  });
});

it('a restore is made where its key is given, and so is a state that the SDK keeps', () => {
  const { persistence } = actorOf({
    'main.js': `${START}const load = async (key, fallback) => (await Actor.getValue(key)) ?? fallback;
const kept = (key, first) => Actor.useState(key, first, { keyValueStoreName: 'states' });
const one = await load('ONE', {});
const two = await load('TWO', {});
const state = await kept('KEPT', { page: 1 });`,
  });
  const restores = persistence.restores.map(({ call, key }) => `${line(call)} ${key ?? '?'}`);
  expect(restores).toEqual(['4 ONE', '5 TWO']);
  const states = persistence.autoSaved.map(
    ({ call, key, storeName, initial, result }) =>
      `${line(call)} ${storeName ?? '?'}/${key ?? '?'} ${initial?.getText() ?? ''} ${line(result)}`,
  );
  expect(states).toEqual(['6 states/KEPT { page: 1 } 6']);
});
