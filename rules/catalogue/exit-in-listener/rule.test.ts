import { describe, expect, it } from 'vitest';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { applyFix, expectReports, reportsOf } from '../expect-reports.ts';
import { exitInListener } from './rule.ts';

/** An Actor with a listener of this text. */
function withListener(listener: string, event = 'migrating', init = ''): string {
  return `import { Actor, log } from 'apify';
await Actor.init(${init});
const state = await Actor.getValue('STATE');
let aborted = false;
Actor.on('${event}', ${listener});
await crawl(state);
await Actor.exit();
`;
}

const SAVE = `await Actor.setValue('STATE', state);`;

describe('it finds an end of the run in a listener for a migration', () => {
  it.each([
    ['process.exit', `async () => { ${SAVE} /*~*/process.exit(0); }`, 'counts as finished'],
    ['process.exit as the whole listener', `() => /*~*/process.exit()`, 'counts as finished'],
    ['process.exit in a timer', `() => { setTimeout(() => /*~*/process.exit(), 500); }`, 'counts as finished'],
    ['Actor.exit that nobody waits for', `async () => { ${SAVE} /*~*/Actor.exit(); }`, 'counts as finished'],
    ['Actor.fail that nobody waits for', `async () => { ${SAVE} void /*~*/Actor.fail(); }`, 'counts as failed'],
    ['behind a condition', `async () => { if (Actor.isAtHome()) /*~*/process.exit(0); }`, 'counts as finished'],
  ])('%s', (_, listener, words) => {
    const [report] = expectReports(exitInListener, withListener(listener));
    expect(report?.message).toContain(words);
    expect(report?.severity).toBe('error');
  });

  it('in persistState', () => {
    const [report] = expectReports(
      exitInListener,
      withListener(`async () => { ${SAVE} /*~*/Actor.exit(); }`, 'persistState'),
    );
    expect(report?.message).toContain('each time the state is to be saved');
  });

  it.each([
    ['before 3.7', 'apify 3.6', ''],
    ['without graceful shutdown', 'apify 3', '{ gracefulShutdown: false }'],
  ] as const)('an awaited Actor.exit %s, which waits for its own listener', (_, sdk, init) => {
    const code = withListener(`async () => { ${SAVE} await /*~*/Actor.exit(); }`, 'migrating', init);
    const [report] = expectReports(exitInListener, code, sdk);
    expect(report?.message).toContain('the run hangs');
  });

  it('in a function that two events share, of another file', () => {
    expectReports(exitInListener, {
      'main.js': `import { Actor } from 'apify';
import { stop } from './stop.js';
await Actor.init();
Actor.on('aborting', stop);
Actor.on('migrating', stop);
await Actor.exit();`,
      'stop.js': `import { Actor } from 'apify';
const leave = (code) => { /*~ exit-in-listener */process.exit(code); };
export const stop = async () => { await Actor.setValue('STATE', {}); leave(0); };`,
    });
  });

  it('in a method that is bound, of a class', () => {
    expectReports(
      exitInListener,
      `import { Actor } from 'apify';
class Tracker {
  start() { Actor.on('migrating', this.stop.bind(this)); }
  async stop() { await Actor.setValue('STATE', this); /*~*/process.exit(0); }
}
await Actor.init();
new Tracker().start();`,
    );
  });

  it('of the SDK 0 to 2', () => {
    const code = `const Apify = require('apify');
Apify.main(async () => {
  Apify.events.on('migrating', async () => { await Apify.setValue('S', {}); /*~*/process.exit(0); });
});`;
    for (const sdk of ['apify 0', 'apify 1', 'apify 2'] as const) expectReports(exitInListener, code, sdk);
  });

  it('of Crawlee alone', () => {
    expectReports(
      exitInListener,
      `import { Configuration, EventType } from 'crawlee';
Configuration.getEventManager().on(EventType.MIGRATING, () => { /*~*/process.exit(0); });`,
      'crawlee 3',
    );
  });
});

describe('it is quiet on', () => {
  it.each([
    ['a reboot', `async () => { ${SAVE} await Actor.reboot(); }`],
    ['a save', `() => Actor.setValue('STATE', state)`],
    ['an awaited Actor.exit where the SDK reboots first', `async () => { ${SAVE} await Actor.exit(); }`],
    ['an end after an error', `async () => { try { ${SAVE} } catch (error) { process.exit(1); } }`],
    ['a method of the same name', `() => { state.exit(); }`],
    ['a function that only stands there', `() => { function leave() { process.exit(); } }`],
  ])('%s', (_, listener) => {
    expectReports(exitInListener, withListener(listener));
  });

  it('another event', () => {
    expectReports(exitInListener, withListener(`async () => { await Actor.exit(); }`, 'aborting'));
    expectReports(exitInListener, withListener(`() => process.exit(0)`, 'exit'));
  });

  it('a watchdog in persistState', () => {
    expectReports(exitInListener, withListener(`async () => { if (aborted) process.exit(1); }`, 'persistState'));
    expectReports(
      exitInListener,
      withListener(`async () => { if (!aborted) return; await Actor.fail('stuck'); }`, 'persistState'),
    );
  });

  it('a process event, an emitter that is no Actor, broken code', () => {
    expectReports(exitInListener, `import 'apify';\nprocess.on('SIGTERM', () => process.exit(0));`);
    expectReports(
      exitInListener,
      `import { EventEmitter } from 'node:events';\nnew EventEmitter().on('migrating', () => process.exit(0));`,
    );
    expectReports(exitInListener, `import { Actor } from 'apify';\nActor.on('migrating', () => { process.ex`);
  });
});

/** The code after a fix, which must leave the rule quiet. */
function fixed(code: string, id: string, sdk?: FixtureSdk): string | undefined {
  const [report] = reportsOf(exitInListener, code, sdk);
  if (report === undefined) throw new Error('no report');
  const files = applyFix(code, report, id);
  expect(reportsOf(exitInListener, files, sdk)).toEqual([]);
  return files['main.js'];
}

function idsOf(code: string, sdk?: FixtureSdk): readonly string[] {
  return reportsOf(exitInListener, code, sdk).flatMap(({ fixes }) => fixes.map(({ id }) => id));
}

describe('its fixes', () => {
  it("'remove' takes the line out and leaves the comments", () => {
    const before = withListener(`async () => {\n  ${SAVE}\n  // leave\n  process.exit(0);\n}`);
    expect(fixed(before, 'remove')).toBe(before.replace('  process.exit(0);\n', ''));
    const oneLine = withListener(`async () => { ${SAVE} Actor.exit(); }`);
    expect(fixed(oneLine, 'remove')).toBe(oneLine.replace('Actor.exit(); }', '}'));
  });

  it("'reboot' is offered before 3.7, and waits", () => {
    const before = withListener(`async () => {\n  ${SAVE}\n  process.exit(0); // now\n}`);
    const after = before.replace('process.exit(0)', 'await Actor.reboot()');
    expect(fixed(before, 'reboot', 'apify 3.6')).toBe(after);
    const awaited = withListener(`async () => {\n  ${SAVE}\n  await Actor.exit('bye');\n}`);
    expect(fixed(awaited, 'reboot', 'apify 3.6')).toBe(awaited.replace(`Actor.exit('bye')`, 'Actor.reboot()'));
  });

  it('are none where the call is not a statement of the listener', () => {
    for (const listener of ['() => process.exit()', '() => { setTimeout(() => { process.exit(); }, 1); }']) {
      expect(reportsOf(exitInListener, withListener(listener)).flatMap(({ fixes }) => fixes)).toEqual([]);
    }
  });

  it('offer no reboot where the SDK reboots, where it has none, or in persistState', () => {
    const listener = `async () => { ${SAVE} process.exit(0); }`;
    expect(idsOf(withListener(listener))).toEqual(['remove']);
    expect(idsOf(withListener(listener, 'persistState'), 'apify 3.6')).toEqual(['remove']);
    const legacy = `const Apify = require('apify');\nApify.events.on('migrating', () => { process.exit(0); });`;
    expect(idsOf(legacy, 'apify 2')).toEqual(['remove']);
  });
});
