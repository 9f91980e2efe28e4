import type { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';

import { actorOf } from './actor/actor-fixture.ts';
import type { ActorModel } from './actor/actor-model.ts';
import { allRules } from './catalogue/all-rules.ts';
import { placeOf } from './catalogue/expect-reports.ts';
import type { Rule } from './catalogue/rule.ts';
import { checkActor, concludeFrom } from './checked-actor.ts';
import type { CheckedActor } from './checked-actor.ts';
import { visit } from './syntax/functions.ts';

/** A program whose values and calls lead back to themselves, across two files. */
const FILES = {
  'main.js': `
import { Actor } from 'apify';
import { load, save, step } from './state.js';
await Actor.init();
const state = await load();
const seen = [];
let page = state.page ?? 1;
const walk = async (node, again = walk) => {
  page += 1;
  seen.push(node.id);
  await Actor.pushData({ node, page });
  save(state);
  for (const child of node.children) await again(child, step(again));
};
Actor.on('migrating', () => Actor.setValue('PROGRESS', { seen }));
await walk(await Actor.getInput());
await Actor.exit();
`,
  'state.js': `
import { Actor } from 'apify';
export const load = async () => (await Actor.getValue('PROGRES')) ?? {};
export function save(state) {
  Actor.setValue('PROGRESS', state);
  return later(save);
}
const later = (next) => (next === undefined ? step(later) : next);
export function step(next) {
  return next ? later(next) : save;
}
`,
};

/** A rule that fails in the midst of the queries that it asks. */
function failingRule(fail: (actor: ActorModel) => void): Rule {
  return {
    id: 'failing',
    group: 'misuse',
    summary: 'Fails',
    defaultSeverity: 'hint',
    needsEntryPoint: false,
    check: (actor) => {
      fail(actor);
      return [];
    },
  };
}

function check(actor: ActorModel, rules: readonly Rule[] = allRules): CheckedActor {
  return checkActor(actor.folder, () => actor, rules);
}

function wordsOf({ reports }: CheckedActor): readonly string[] {
  return reports.map(({ ruleId, report }) => `${ruleId} ${placeOf(report)} ${report.message}`);
}

describe('a rule that throws', () => {
  it('takes no other rule with it', () => {
    const unharmed = wordsOf(check(actorOf(FILES)));
    expect(new Set(unharmed.map((words) => words.split(' ')[0])).size).toBeGreaterThan(1);
    const failing = failingRule(failAtOnce);
    const checked = check(actorOf(FILES), [failing, ...allRules]);
    expect(wordsOf(checked)).toEqual(unharmed);
    expect(checked.ran.has('failing')).toBe(false);
    expect(checked.ran.size).toBe(allRules.length);
  });

  it('is told with the file and the line that it was looking at', () => {
    const failing = failingRule(({ files }) => {
      for (const file of files) visit(file, failAt('later'));
    });
    const { notices } = check(actorOf(FILES), [failing, ...allRules]);
    expect(notices.map(({ file }) => file)).toEqual(['/actor/state.js']);
    expect(notices[0]?.reason).toMatch(/^rule failing failed at line 6, a fault of Actor State: .*Error: at later/u);
  });

  it('is told with the entry point where it looked at nothing', () => {
    const failing = failingRule(failAtOnce);
    const { notices } = check(actorOf(FILES), [failing]);
    expect(notices.map(({ file }) => file)).toEqual(['/actor/main.js']);
    expect(notices[0]?.reason).toMatch(/^rule failing failed on this Actor, .*Error: at once/u);
  });

  it('is told too where it throws what is no error', () => {
    const failing = failingRule(() => {
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- A dependency may.
      throw 'nothing';
    });
    expect(check(actorOf(FILES), [failing]).notices[0]?.reason).toMatch(/nothing$/u);
  });

  it('at its conclusion, leaves the conclusions of the others', () => {
    const text = FILES['main.js'].replace(
      'await Actor.exit',
      '// actor-state-disable-next-line hard-exit\nawait Actor.exit',
    );
    const checked = check(actorOf({ ...FILES, 'main.js': text }));
    const failing: Rule = { ...failingRule(() => {}), conclude: failAtOnce };
    const { reports, notices } = concludeFrom([checked], [failing, ...allRules]);
    expect(reports.map(({ ruleId }) => ruleId)).toEqual(['unused-suppression']);
    expect(notices[0]?.reason).toMatch(/^rule failing failed .*at once/u);
  });
});

function failAtOnce(): never {
  throw new Error('at once');
}

/** Fails at the first call of a function. */
function failAt(name: string): (node: ts.Node) => void {
  return (node) => {
    if (node.getText().startsWith(`${name}(`)) throw new Error(`at ${name}`);
  };
}

/** What is found where the checker fails once, at its nth answer of this kind; how many answers there are. */
function checkFailingAt(nth: number): { readonly checked: CheckedActor; readonly asked: number } {
  const actor = actorOf(FILES);
  const { checker } = actor.code;
  const answer = checker.getSymbolAtLocation.bind(checker);
  let asked = 0;
  checker.getSymbolAtLocation = (node) => {
    asked += 1;
    if (asked === nth) throw new Error('at once');
    return answer(node);
  };
  return { checked: check(actor), asked };
}

describe('a fault in the midst of a query', () => {
  it('leaves the answers of all other rules as they are', () => {
    const { checked: unharmed, asked } = checkFailingAt(0);
    const wrong: string[] = [];
    const step = Math.ceil(asked / 40);
    for (let nth = 1; nth <= asked; nth += step) {
      const { checked } = checkFailingAt(nth);
      const expected = wordsOf(unharmed).filter((words) => checked.ran.has(words.slice(0, words.indexOf(' '))));
      if (wordsOf(checked).join('\n') !== expected.join('\n'))
        wrong.push(`at ${nth} of ${asked}: ${checked.notices.map(({ reason }) => reason).join()}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('a fault of the model', () => {
  it('is one notice of the Actor, and the rules that need nothing of it answer', () => {
    const actor = actorOf(FILES);
    const broken: ActorModel = {
      ...actor,
      get persistence(): never {
        throw fault;
      },
      get regions(): never {
        throw fault;
      },
      get losses(): never {
        throw fault;
      },
    };
    const fault = new Error('no regions');
    const checked = check(broken);
    expect(checked.notices).toHaveLength(1);
    expect(checked.notices[0]?.reason).toMatch(/^rule [\w-]+, rule .*, the list of keys, .*no regions/u);
    expect(checked.ran.has('unawaited-write')).toBe(true);
    expect(checked.reports.map(({ ruleId }) => ruleId)).toContain('unawaited-write');
    expect(checked.summary).toMatchObject({ name: 'fixture', keys: [] });
  });

  it('that cannot even be built is a notice, not an end', () => {
    const { folder } = actorOf(FILES);
    const checked = checkActor(folder, () => {
      throw new Error('too strange');
    });
    expect(checked).toMatchObject({ files: [], reports: [], summary: { name: 'fixture' } });
    expect(checked.notices[0]?.reason).toMatch(/^the model failed on this Actor, .*too strange/u);
  });
});
