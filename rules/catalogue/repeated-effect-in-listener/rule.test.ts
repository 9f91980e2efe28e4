import { describe, expect, it } from 'vitest';

import type { FixtureSdk } from '../../actor/actor-fixture.ts';
import { applyFix, expectReports, reportsOf } from '../expect-reports.ts';
import { unawaitedWrite } from '../unawaited-write/rule.ts';
import { repeatedEffectInListener } from './rule.ts';

/** An Actor with a listener of this text. */
function withListener(listener: string, event = 'migrating', init = ''): string {
  return `import { Actor } from 'apify';
await Actor.init(${init});
const state = { page: 1, items: [] };
let done = false;
Actor.on('${event}', ${listener});
state.page += 1;
await Actor.exit();
`;
}

const PUSH = `await Actor.pushData({ page: state.page });`;
const MARKED = `await /*~*/Actor.pushData({ page: state.page });`;

describe('it finds in a migrating listener, which 3.7 calls twice', () => {
  it.each([
    ['a push', `async () => { ${MARKED} }`, 'pushed twice'],
    ['a push of the whole state', `() => /*~*/Actor.pushData(state)`, 'pushed twice'],
    ['with the time', `async () => { await /*~*/Actor.pushData({ at: new Date().toISOString() }); }`, 'pushed twice'],
    ['a local', `async () => { const row = { state }; await /*~*/Actor.pushData(row); }`, 'pushed twice'],
    [
      'through a function',
      `async () => { const give = (...rows) => Actor.pushData(...rows); await /*~*/give(state); }`,
      'pushed twice',
    ],
    [
      'called another way',
      `async () => { await /*~*/Actor.pushData.apply(Actor, [{ page: state.page }]); }`,
      'pushed twice',
    ],
    [
      'a local that is filled',
      `async () => { const row = {}; row.page = state.page; await /*~*/Actor.pushData(row); }`,
      'pushed twice',
    ],
    [
      'what a function returns',
      `async () => { const row = () => ({ page: state.page }); await /*~*/Actor.pushData(row()); }`,
      'pushed twice',
    ],
    [
      'a copy',
      `async () => { await /*~*/Actor.pushData(Object.assign({}, { page: state['page'] })); }`,
      'pushed twice',
    ],
    ['a charge', `async () => { await /*~*/Actor.charge({ eventName: 'page' }); }`, 'users pay twice'],
  ])('%s', (_, listener, words) => {
    const [report] = expectReports(repeatedEffectInListener, withListener(listener));
    expect(report?.severity).toBe('warning');
    expect(report?.message).toContain(words);
  });

  it('in a function of another file', () => {
    expectReports(repeatedEffectInListener, {
      'main.js': `import { Actor } from 'apify';
import { say } from './say.js';
await Actor.init();
Actor.on('migrating', async () => { await say(); });`,
      'say.js': `import { Actor } from 'apify';
export const say = async () => { await /*~ repeated-effect-in-listener */Actor.pushData({ migrated: true }); };`,
    });
  });
});

describe('it finds elsewhere', () => {
  it('a push in persistState, in each generation', () => {
    const [report] = expectReports(repeatedEffectInListener, withListener(`async () => { ${MARKED} }`, 'persistState'));
    expect(report?.message).toContain('each minute');
    const legacy = `const Apify = require('apify');
Apify.events.on('persistState', async () => { await /*~*/Apify.pushData({ a: 1 }); });`;
    for (const sdk of ['apify 0', 'apify 1', 'apify 2'] as const) expectReports(repeatedEffectInListener, legacy, sdk);
  });

  it('a push beside a reboot of its own, before 3.7', () => {
    const code = withListener(`async () => { ${MARKED} await Actor.reboot(); }`);
    const [report] = expectReports(repeatedEffectInListener, code, 'apify 3.6');
    expect(report?.related.map(({ message }) => message)).toContain('the reboot that calls it again');
  });
});

describe('it is quiet on', () => {
  it('a migrating listener that is called once', () => {
    expectReports(repeatedEffectInListener, withListener(`async () => { ${PUSH} }`), 'apify 3.6');
    const off = withListener(`async () => { ${PUSH} }`, 'migrating', '{ gracefulShutdown: false }');
    expectReports(repeatedEffectInListener, off);
    expectReports(repeatedEffectInListener, withListener(`async () => { ${PUSH} }`, 'migrating', 'process.env'));
  });

  it.each([
    ['a save', `async () => { await Actor.setValue('STATE', state); }`],
    ['a push that is guarded', `async () => { if (!done) { done = true; ${PUSH} } }`],
    ['a push whose promise is kept', `async () => { done ||= Actor.pushData({ page: state.page }); await done; }`],
    ['a listener that leaves early', `async () => { if (done) return; done = true; ${PUSH} }`],
    ['a buffer that is taken', `async () => { await Actor.pushData(state.items.splice(0)); }`],
    ['a buffer that is emptied', `async () => { await Actor.pushData(state.items); state.items.length = 0; }`],
    [
      'a buffer that is replaced',
      `async () => { const { items } = state; await Actor.pushData(state.items); state.items = []; }`,
    ],
    [
      'a buffer that is taken before',
      `async () => { const rows = state.items.splice(0); await Actor.pushData(rows); }`,
    ],
    [
      'a buffer that is emptied in another form',
      `async () => { await Actor['pushData'](state['items']); state['items'].splice(0); }`,
    ],
    [
      'a buffer that a function gives and empties',
      `async () => { const take = () => state.items.splice(0); await Actor.pushData(take()); }`,
    ],
    [
      'a buffer by a local name',
      `async () => { const { items } = state; await Actor.pushData(items); items.length = 0; }`,
    ],
    [
      'a push through a function that is guarded',
      `async () => { const give = async (row) => { if (!done) { done = true; await Actor.pushData(row); } }; await give({ a: 1 }); }`,
    ],
    ['a named dataset', `async () => { const log = await Actor.openDataset('log'); await log.pushData({ page: 1 }); }`],
    ['what a function makes', `async () => { await Actor.pushData(rest()); }`],
    ['each item of a loop', `async () => { for (const item of state.items) await Actor.pushData({ item }); }`],
    ['what a catch pushes', `async () => { try { save(); } catch { ${PUSH} } }`],
  ])('%s', (_, listener) => {
    expectReports(repeatedEffectInListener, withListener(listener));
    expectReports(repeatedEffectInListener, withListener(listener, 'persistState'));
  });

  it('a buffer of a class that its own method empties', () => {
    expectReports(
      repeatedEffectInListener,
      `import { Actor } from 'apify';
class Buffer {
  items = [];
  async flush() { await Actor.pushData(this.items); this.items = []; }
  start() { Actor.on('persistState', this.flush.bind(this)); }
}
await Actor.init();
new Buffer().start();`,
    );
  });

  it('what a parameter brings that is taken, other events, names that lie', () => {
    expectReports(
      repeatedEffectInListener,
      withListener(`async () => { await give(state.items.splice(0)); }`) +
        `async function give(item) { await Actor.pushData(item); }\n`,
    );
    expectReports(repeatedEffectInListener, withListener(`async () => { ${PUSH} }`, 'aborting'));
    expectReports(repeatedEffectInListener, withListener(`async () => { await state.pushData({ a: 1 }); }`));
  });
});

/** The code after the fix, which must leave this rule quiet, and the one that wants writes awaited. */
function once(code: string, sdk?: FixtureSdk): string | undefined {
  const [report] = reportsOf(repeatedEffectInListener, code, sdk);
  if (report === undefined) throw new Error('no report');
  const files = applyFix(code, report, 'once');
  expect(reportsOf(repeatedEffectInListener, files, sdk)).toEqual([]);
  expect(reportsOf(unawaitedWrite, files, sdk)).toEqual([]);
  return files['main.js'];
}

describe('its fix', () => {
  it("'once' keeps the promise of the first call for the others, and keeps comments and other names", () => {
    const head = `import { Actor } from 'apify';\nawait Actor.init();\nconst pushed = 1;\n`;
    const before = `${head}// say so\nActor.on('migrating', async () => {\n  // once\n  await /* the row */ Actor.pushData({\n    pushed,\n  }); // row\n});\n`;
    expect(once(before)).toBe(
      `${head}// say so\nlet pushedOnce;\nActor.on('migrating', async () => {\n  // once\n  pushedOnce ??= /* the row */ Actor.pushData({\n    pushed,\n  });\n  await pushedOnce; // row\n});\n`,
    );
  });

  it("'once' speaks of charges, in the style of the file", () => {
    const head = `import { Actor } from 'apify'\nawait Actor.init()\n`;
    expect(once(`${head}Actor.on('migrating', async () => {\n\tawait Actor.charge({ eventName: 'page' })\n})\n`)).toBe(
      `${head}let charged\nActor.on('migrating', async () => {\n\tcharged ??= Actor.charge({ eventName: 'page' })\n\tawait charged\n})\n`,
    );
  });

  it('is none in persistState, in a function of its own, and where no statement awaits it', () => {
    const codes = [
      withListener(`async () => { ${PUSH} }`, 'persistState'),
      withListener(`() => Actor.pushData({ a: 1 })`),
      withListener(`() => { Actor.pushData({ a: 1 }); }`),
      `import { Actor } from 'apify';\nconst tell = async () => { await Actor.pushData({ a: 1 }); };\nActor.on('migrating', tell);`,
    ];
    for (const code of codes) {
      expect(reportsOf(repeatedEffectInListener, code).map(({ fixes }) => fixes.length)).toEqual([0]);
    }
  });
});
