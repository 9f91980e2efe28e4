import { describe, expect, test } from 'vitest';
import { AT_THE_FOURTH, judgedActor } from '../testing/judged-actor.ts';

const SECOND_HALF = 'for (; state.page <= 12; state.page += 1) await work(state.page);';

describe.concurrent('an Actor on SDK 3.7 that walks through pages', () => {
  test('restarts from zero when nothing is saved', async () => {
    const verdict = await judgedActor('for (let page = 1; page <= 12; page += 1) await work(page);');
    expect(verdict, verdict.output).toMatchObject({ word: 'restarted-from-zero', keys: [] });
    expect(verdict.sentence).toContain(
      'pushed its first item again, `{"page":1}`: none of its progress had been saved',
    );
  });

  test('restarts from zero when it saves, and never reads', async () => {
    const verdict = await judgedActor(`
      let page = 1;
      Actor.on('migrating', async () => { await Actor.setValue('STATE', { page }); });
      for (; page <= 12; page += 1) await work(page);`);
    expect(verdict, verdict.output).toMatchObject({
      word: 'restarted-from-zero',
      keys: [{ record: { key: 'STATE' }, before: undefined, restored: 'never-read' }],
    });
  });

  test('resumes with useState', async () => {
    const verdict = await judgedActor(`const state = await Actor.useState('STATE', { page: 1 });\n${SECOND_HALF}`);
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed', keys: [{ restored: 'read' }] });
    expect(verdict.migrations).toEqual([expect.objectContaining({ endedBy: 'reboot', pausedMs: 0 })]);
  });

  test('resumes twice, and the last migration is told of', async () => {
    const verdict = await judgedActor(`const state = await Actor.useState('STATE', { page: 1 });\n${SECOND_HALF}`, {
      // The second process begins with the fourth item.
      at: ['key:GO', 'write:5'],
    });
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed', decidedBy: 2 });
    expect(verdict.migrations).toHaveLength(2);
  });

  test('loses the save that nobody waits for, in a listener with a block body', async () => {
    // So slow that the restart does not come later than the save, also on a busy machine.
    const slow = { ...AT_THE_FOURTH, latencyMs: 1_000 };
    const verdict = await judgedActor(
      `
      let page = (await Actor.getValue('STATE'))?.page ?? 1;
      Actor.on('migrating', () => { Actor.setValue('STATE', { page }); });
      for (; page <= 6; page += 1) await work(page);`,
      slow,
    );
    expect(verdict, verdict.output).toMatchObject({ word: 'lost-writes' });
    expect(verdict.writes).toContainEqual(
      expect.objectContaining({ target: 'default/STATE', landed: false, lost: true }),
    );
  });

  test('resumes with the same listener when the save is returned', async () => {
    const verdict = await judgedActor(`
      let page = (await Actor.getValue('STATE'))?.page ?? 1;
      Actor.on('migrating', () => Actor.setValue('STATE', { page }));
      for (; page <= 12; page += 1) await work(page);`);
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed' });
  });

  test('repeats work when its saves are far between', async () => {
    const verdict = await judgedActor(`
      let page = (await Actor.getValue('STATE'))?.page ?? 1;
      for (; page <= 12; page += 1) {
        if (page === 2) await Actor.setValue('STATE', { page });
        await work(page);
      }`);
    expect(verdict, verdict.output).toMatchObject({ word: 'repeated-work' });
    expect(verdict.repeated.items.map(({ item }) => item)).toEqual(
      expect.arrayContaining(['{"page":3}', '{"page":4}']),
    );
  });

  test('repeats work when it replaces the state that useState gave', async () => {
    const verdict = await judgedActor(`
      let state = await Actor.useState('STATE', { page: 1 });
      for (; state.page <= 12; state = { page: state.page + 1 }) await work(state.page);`);
    expect(verdict, verdict.output).toMatchObject({
      word: 'repeated-work',
      keys: [{ saved: expect.stringMatching(/"page":\s*1/) }],
    });
  });

  test('partly resumes when only one of two records is read', async () => {
    const verdict = await judgedActor(`
      const state = await Actor.useState('STATE', { page: 1 });
      const seen = [];
      Actor.on('persistState', async () => { await Actor.setValue('SEEN', seen); });
      for (; state.page <= 12; state.page += 1) { seen.push(state.page); await work(state.page); }`);
    expect(verdict, verdict.output).toMatchObject({ word: 'partly-resumed' });
    const outcomes = verdict.keys.map(({ record, restored }) => [record.key, restored]);
    expect(Object.fromEntries(outcomes)).toEqual({ STATE: 'read', SEEN: 'never-read' });
  });

  test('does not restart when it saved a Set', async () => {
    const verdict = await judgedActor(`
      const state = await Actor.useState('STATE', { page: 1, seen: [] });
      state.seen = new Set(state.seen);
      ${SECOND_HALF}`);
    expect(verdict, verdict.output).toMatchObject({ word: 'did-not-restart' });
    expect(verdict.sentence).toContain('`default/STATE` holds {} at `seen`');
  });

  test('does not restart when its listener rejects', async () => {
    const verdict = await judgedActor(`
      Actor.on('migrating', async () => { throw new Error('The listener fails.'); });
      for (let page = 1; page <= 12; page += 1) await work(page);`);
    expect(verdict, verdict.output).toMatchObject({ word: 'did-not-restart', migrations: [{ endedBy: 'exit' }] });
  });

  test('charges the fee for its start again', async () => {
    const prices = { 'actor-start': { eventTitle: 'Start', eventDescription: 'Once', eventPriceUsd: 0.1 } };
    const verdict = await judgedActor(
      `await Actor.charge({ eventName: 'actor-start' });
      const state = await Actor.useState('STATE', { page: 1 });
      ${SECOND_HALF}`,
      AT_THE_FOURTH,
      { files: { '.actor/pay_per_event.json': prices } },
    );
    expect(verdict, verdict.output).toMatchObject({
      word: 'repeated-work',
      repeated: { items: [{ item: 'actor-start' }] },
    });
  });

  test('has nothing to resume before it has done anything', async () => {
    const verdict = await judgedActor('await delay(1500);\nawait work(1);', { at: ['1ms'] });
    expect(verdict, verdict.output).toMatchObject({ word: 'nothing-to-resume', decidedBy: 1 });
  });
});

describe.concurrent('an Actor on SDK 3.1, which does not ask for a restart', () => {
  const OLD = { ...AT_THE_FOURTH, graceMs: 1_000 };

  test('keeps the save that nobody waits for, since the grace period goes on', async () => {
    const verdict = await judgedActor(
      `let page = (await Actor.getValue('STATE'))?.page ?? 1;
      Actor.on('migrating', () => { Actor.setValue('STATE', { page }); });
      for (; page <= 12; page += 1) await work(page);`,
      OLD,
      { sdk: '3.1' },
    );
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed', migrations: [{ endedBy: 'deadline' }] });
  });

  test('repeats what it does in the grace period, when it goes on working', async () => {
    const verdict = await judgedActor(
      `const state = await Actor.useState('STATE', { page: 1 });
      for (; state.page <= 60; state.page += 1) await workOn(state.page);`,
      { ...OLD, graceMs: 3_000 },
      { sdk: '3.1' },
    );
    expect(verdict, verdict.output).toMatchObject({ word: 'repeated-work', keys: [{ restored: 'read' }] });
  });
});
