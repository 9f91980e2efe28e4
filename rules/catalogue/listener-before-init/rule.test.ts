import { describe, expect, it } from 'vitest';

import { applyAllFixes, expectReports, reportsOf } from '../expect-reports.ts';
import { listenerBeforeInit } from './rule.ts';

describe('it finds a listener', () => {
  it.each([
    ['above init', `import { Actor } from 'apify';\n/*~*/Actor.on('migrating', () => {});\nawait Actor.init();\n`],
    [
      'above main',
      `import { Actor } from 'apify';\n/*~*/Actor.on('migrating', () => {});\nActor.main(async () => {});\n`,
    ],
    [
      'above init in a function',
      `import { Actor } from 'apify';\nasync function main() {\n  /*~*/Actor.on('aborting', () => {});\n  await Actor.init();\n}\nmain();\n`,
    ],
    [
      'of the event manager',
      `import { Actor } from 'apify';\nimport { Configuration } from 'crawlee';\n/*~*/Configuration.getEventManager().on('migrating', () => {});\nawait Actor.init();\n`,
    ],
    [
      'in CommonJS',
      `const { Actor } = require('apify');\n/*~*/Actor.on('persistState', save);\nActor.init().then(() => {});\nfunction save() {}\n`,
    ],
  ])('%s', (_, code) => {
    expectReports(listenerBeforeInit, code);
  });

  it.each([
    ['registers', `function listen() {\n  /*~ listener-before-init */Actor.on('migrating', () => {});\n}\nlisten();\n`],
    [
      'registers what it is given',
      `const on = (...given) => Actor.on(...given);\n/*~ listener-before-init */on('migrating', () => {});\n`,
    ],
  ])('in a function that %s, in a module that is imported', (_, code) => {
    expectReports(listenerBeforeInit, {
      'main.ts': `import { Actor } from 'apify';\nimport './state.js';\nawait Actor.init();\n`,
      'state.ts': `import { Actor } from 'apify';\n${code}`,
    });
  });

  it('in a module that is imported', () => {
    expectReports(listenerBeforeInit, {
      'main.ts': `import { Actor } from 'apify';\nimport './state.js';\nawait Actor.init();\n`,
      'state.ts': `import { Actor } from 'apify';\n/*~ listener-before-init */Actor.on('migrating', () => {});\n`,
    });
  });
});

describe('it is quiet', () => {
  it.each([
    ['behind init', `import { Actor } from 'apify';\nawait Actor.init();\nActor.on('migrating', () => {});\n`],
    ['in main', `import { Actor } from 'apify';\nActor.main(async () => {\n  Actor.on('migrating', () => {});\n});\n`],
    [
      'in a function that is called later',
      `import { Actor } from 'apify';\nfunction listen() {\n  Actor.on('migrating', () => {});\n}\nawait Actor.init();\nlisten();\n`,
    ],
    [
      'in a function that registers what it is given, called later',
      `import { Actor } from 'apify';\nconst on = (event, fn) => Actor.on(event, fn);\nawait Actor.init();\non('migrating', () => {});\n`,
    ],
    ['without init', `import { Actor } from 'apify';\nActor.on('migrating', () => {});\n`],
    [
      'with two starts',
      `import { Actor } from 'apify';\nif (a) await Actor.init();\nActor.on('migrating', () => {});\nawait Actor.init();\n`,
    ],
    [
      'on an emitter of its own',
      `import { Actor } from 'apify';\nemitter.on('migrating', () => {});\nawait Actor.init();\n`,
    ],
  ])('%s', (_, code) => {
    expectReports(listenerBeforeInit, code);
  });

  it('where it only waits and exits on aborting, which the SDK does itself since 3.7', () => {
    const code = `import { Actor } from 'apify';\nimport { setTimeout } from 'node:timers/promises';\nActor.on('aborting', async () => {\n  await setTimeout(1000);\n  await Actor.exit();\n});\nawait Actor.init();\n`;
    expectReports(listenerBeforeInit, code, 'apify 3');
    expectReports(listenerBeforeInit, code.replace('Actor.on', '/*~*/Actor.on'), 'apify 3.6');
    expectReports(
      listenerBeforeInit,
      code
        .replace('Actor.on', '/*~*/Actor.on')
        .replace('  await Actor.exit', `  await Actor.setValue('A', 1);\n  await Actor.exit`),
      'apify 3',
    );
  });

  it('in a module that is loaded later', () => {
    expectReports(listenerBeforeInit, {
      'main.js': `import { Actor } from 'apify';\nawait Actor.init();\nawait import('./state.js');\n`,
      'state.js': `import { Actor } from 'apify';\nActor.on('migrating', () => {});\n`,
    });
  });

  it('of the SDK 0 to 2', () => {
    const code = `const Apify = require('apify');\nApify.events.on('migrating', () => {});\nApify.main(async () => {});\n`;
    for (const sdk of ['apify 0', 'apify 1', 'apify 2'] as const) expectReports(listenerBeforeInit, code, sdk);
  });
});

describe('the fix "move"', () => {
  it.each([
    [
      'with the comment above it',
      `import { Actor } from 'apify';\n\n// Saves\nActor.on('migrating', async () => {\n  await Actor.setValue('A', 1);\n});\n\nawait Actor.init(); // start\nawait Actor.exit();\n`,
      `import { Actor } from 'apify';\n\n\nawait Actor.init(); // start\n// Saves\nActor.on('migrating', async () => {\n  await Actor.setValue('A', 1);\n});\nawait Actor.exit();\n`,
    ],
    [
      'to the end of the file, with CRLF',
      `import { Actor } from 'apify';\r\nActor.on('migrating', save);\r\nawait Actor.init();`,
      `import { Actor } from 'apify';\r\nawait Actor.init();\r\nActor.on('migrating', save);`,
    ],
  ])('%s', (_, before, after) => {
    expect(applyAllFixes(listenerBeforeInit, before)['main.js']).toBe(after);
  });

  it.each([
    [
      'the start is main',
      `import { Actor } from 'apify';\nActor.on('migrating', () => {});\nActor.main(async () => {});\n`,
    ],
    [
      'both stand on one line',
      `import { Actor } from 'apify';\nActor.on('migrating', () => {}); await Actor.init();\n`,
    ],
    [
      'they stand in different blocks',
      `import { Actor } from 'apify';\nif (a) {\n  Actor.on('migrating', () => {});\n}\nawait Actor.init();\n`,
    ],
  ])('is not offered where %s', (_, code) => {
    const reports = reportsOf(listenerBeforeInit, code);
    expect(reports).toHaveLength(1);
    expect(reports.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});
