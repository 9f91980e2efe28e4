import { describe, it } from 'vitest';

import { expectReports } from '../expect-reports.ts';
import { throwingListener } from './rule.ts';

const HEAD = `import { Actor } from 'apify';\nimport fs from 'node:fs';\nawait Actor.init();\nconst state = { page: 1 };\n`;
const listener = (body: string, event = 'migrating'): string =>
  `${HEAD}Actor.on('${event}', async () => {\n  ${body}\n});\n`;
const SAVE = `await Actor.setValue('STATE', state);`;

describe('it finds what throws before the save', () => {
  it.each([
    ['a throw', `if (state.page < 0) /*~*/throw new Error('no');\n  ${SAVE}`],
    ['the parsing of a record', `state.o = /*~*/JSON.parse(await Actor.getValue('O'));\n  ${SAVE}`],
    [
      'the parsing of a record that a function reads',
      `const read = async (key) => Actor.getValue(key);\n  state.o = /*~*/JSON.parse(await read('O'));\n  ${SAVE}`,
    ],
    ['the parsing of a file', `state.o = /*~*/JSON.parse(fs.readFileSync('o.json', 'utf8'));\n  ${SAVE}`],
    [
      'the parsing of a record in a variable',
      `const text = await Actor.getValue('O');\n  state.o = /*~*/JSON['parse'](text);\n  ${SAVE}`,
    ],
    [
      'a throw in a function that it calls',
      `const check = () => { if (state.page < 0) /*~*/throw new Error('no'); };\n  check();\n  ${SAVE}`,
    ],
    [
      'a throw before a save in a function that it calls',
      `const save = async () => { ${SAVE} };\n  if (state.page < 0) /*~*/throw new Error('no');\n  await save();`,
    ],
  ])('%s', (_, body) => {
    expectReports(throwingListener, listener(body));
    expectReports(throwingListener, listener(body, 'persistState'));
  });

  it('in TypeScript, and in CommonJS of the SDK 2', () => {
    expectReports(throwingListener, {
      'main.ts': `import { Actor } from 'apify';\nconst page: number = 1;\nconst save = async (): Promise<void> => {\n  if (page < 0) /*~*/throw new Error('no');\n  await Actor.setValue('P', page);\n};\nawait Actor.init();\nActor.on('migrating', save);\n`,
    });
    expectReports(
      throwingListener,
      `const Apify = require('apify');\nlet page = 1;\nApify.events.on('migrating', async () => {\n  if (page < 0) /*~*/throw new Error('no');\n  await Apify.setValue('P', page);\n});\n`,
      'apify 2',
    );
  });
});

describe('it is quiet', () => {
  it.each([
    ['behind the save', `${SAVE}\n  throw new Error('no');`],
    ['in a try', `try {\n    state.o = JSON.parse(await Actor.getValue('O'));\n  } catch {}\n  ${SAVE}`],
    [
      'in a try around a call',
      `const check = () => { throw new Error('no'); };\n  try { check(); } catch {}\n  ${SAVE}`,
    ],
    [
      'in a promise with a catch',
      `const check = async () => { throw new Error('no'); };\n  await check().catch(() => {});\n  ${SAVE}`,
    ],
    ['behind a save in a function', `const save = async () => { ${SAVE} };\n  await save();\n  throw new Error('no');`],
    ['where nothing is saved', `throw new Error('no');`],
    ['on the parsing of what is known', `state.o = JSON.parse(JSON.stringify(state));\n  ${SAVE}`],
    ['in a function that is handed on', `later(() => {\n    throw new Error('no');\n  });\n  ${SAVE}`],
    ['in broken code', `if (state.page < 0) { throw new Error('no'`],
  ])('%s', (_, body) => {
    expectReports(throwingListener, listener(body));
  });

  it('in a listener for another event, and with Crawlee alone where nothing is registered', () => {
    expectReports(throwingListener, listener(`if (!state) throw new Error('no');\n  ${SAVE}`, 'aborting'));
    expectReports(
      throwingListener,
      `import { KeyValueStore } from 'crawlee';\nexport const save = async () => {\n  throw new Error('no');\n  await KeyValueStore.setValue('P', 1);\n};\n`,
      'crawlee 3',
    );
  });
});
