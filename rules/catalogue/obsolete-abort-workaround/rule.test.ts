import { describe, expect, it } from 'vitest';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { applyAllFixes, expectReports } from '../expect-reports.ts';
import { obsoleteAbortWorkaround } from './rule.ts';

const HEAD = `import { Actor, log } from 'apify';\nimport { setTimeout } from 'node:timers/promises';\nawait Actor.init();\n`;

function listener(body: string, event = 'aborting'): string {
  return `${HEAD}/*~*/Actor.on('${event}', async () => {\n${body}\n});\nawait Actor.exit();\n`;
}

function quiet(body: string, event?: string): string {
  return listener(body, event).replace('/*~*/', '');
}

describe('it finds a listener that only waits and exits', () => {
  it.each([
    ['as the templates have it', `  // Let the crawlers save\n  await setTimeout(1000);\n  await Actor.exit();`],
    ['with a log', `  log.info('aborting');\n  await setTimeout(500);\n  Actor.exit();`],
    [
      'through functions',
      `  const rest = async (...given) => setTimeout(...given);\n  async function leave() {\n    log.info('aborting');\n    await Actor.exit();\n  }\n  await rest(1000);\n  return leave();`,
    ],
    ['in a chain', `  return setTimeout(1000).then(() => Actor.exit());`],
    [
      'in a field',
      `  const held = {};\n  held.wait = setTimeout.call(undefined, 1000);\n  try {\n    await held.wait;\n  } finally {\n    await Actor.exit();\n  }`,
    ],
    ['in a list', `  await Promise.all([(setTimeout)(1000)]);\n  { await Actor.exit(); }`],
    ['with a promise', `  await new Promise((r) => setTimeout(r, 1000));\n  await Actor.exit();`],
  ])('%s', (_, body) => {
    expectReports(obsoleteAbortWorkaround, listener(body));
  });

  it('in a function by name', () => {
    expectReports(
      obsoleteAbortWorkaround,
      `${HEAD}async function end() {\n  await setTimeout(1000);\n  await Actor.exit();\n}\n/*~*/Actor.on('aborting', end);\n`,
    );
  });
});

describe('it is quiet on', () => {
  const PLAIN = `  await setTimeout(1000);\n  await Actor.exit();`;

  it.each([
    ['one that saves', quiet(`  await Actor.setValue('A', 1);\n${PLAIN}`)],
    ['one that only exits', quiet(`  await Actor.exit();`)],
    ['one that only waits', quiet(`  await setTimeout(1000);`)],
    [
      'one that saves through a function',
      quiet(`  const keep = async () => Actor.setValue('A', 1);\n  await keep();\n${PLAIN}`),
    ],
    ['one that calls what is not known', quiet(`  await unknown();\n${PLAIN}`)],
    ['one that changes a state', quiet(`  globalThis.done = true;\n${PLAIN}`)],
    ['one that may wait for longer', quiet(`  while (globalThis.busy) await setTimeout(1000);\n  await Actor.exit();`)],
    ['another event', quiet(PLAIN, 'migrating')],
    ['broken code', quiet(`  await setTimeout(1000`)],
  ])('%s', (_, code) => {
    expectReports(obsoleteAbortWorkaround, code);
  });

  it('an SDK that does not exit by itself', () => {
    for (const sdk of ['apify 3.6', 'crawlee 3'] satisfies FixtureSdk[])
      expectReports(obsoleteAbortWorkaround, quiet(PLAIN), sdk);
  });
});

describe('the fix "remove"', () => {
  const LISTENER = listener(`  await setTimeout(1000);\n  await Actor.exit();`).replace('/*~*/', '');

  it('takes the listener out', () => {
    expect(applyAllFixes(obsoleteAbortWorkaround, LISTENER)['main.js']).toBe(`${HEAD}await Actor.exit();\n`);
  });

  it('leaves one blank line of two', () => {
    const before = LISTENER.replace('Actor.on', '\nActor.on').replace('});\n', '});\n\n');
    expect(applyAllFixes(obsoleteAbortWorkaround, before)['main.js']).toBe(`${HEAD}\nawait Actor.exit();\n`);
  });

  it('leaves a comment behind it', () => {
    const before = LISTENER.replace('});\n', '}); // as the template has it\n');
    expect(applyAllFixes(obsoleteAbortWorkaround, before)['main.js']).toBe(
      `${HEAD}// as the template has it\nawait Actor.exit();\n`,
    );
  });
});
