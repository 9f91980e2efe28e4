import { describe, expect, test } from 'vitest';
import { AT_THE_FOURTH, judgedActor } from '../testing/judged-actor.ts';

/** Saves on the event alone where it is to go on: behind the page at which the process waits for its end. */
function savingOn(event: string): string {
  return `
    let page = (await Actor.getValue('STATE'))?.page ?? 1;
    Actor.on('${event}', async () => { await Actor.setValue('STATE', { page: page + 1 }); });
    for (; page <= 8; page += 1) await work(page);`;
}

const WITH_USE_STATE = `
  const state = await Actor.useState('STATE', { page: 1 });
  for (; state.page <= 8; state.page += 1) await work(state.page);`;

const SAVING_EACH_STEP = `
  let page = (await Actor.getValue('STATE'))?.page ?? 1;
  for (; page <= 8; page += 1) {
    await workOn(page);
    await Actor.setValue('STATE', { page: page + 1 });
    if (!isLast && page === 4) await delay(60_000);
  }`;

/** Else the SDK itself says `persistState` after a minute, which may be before the end on a busy machine. */
const environment = { CRAWLEE_PERSIST_STATE_INTERVAL_MILLIS: '3600000' };

describe.concurrent('an Actor on SDK 3.7 whose run is aborted gracefully, and resurrected', () => {
  const aborted = { ...AT_THE_FOURTH, by: 'graceful-abort', graceMs: 50_000, environment } as const;

  test.each(['aborting', 'persistState'])('resumes where it saves on %s, and has ended by itself', async (event) => {
    const verdict = await judgedActor(savingOn(event), aborted);
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed', keys: [{ restored: 'read' }] });
    expect(verdict.migrations).toMatchObject([{ by: 'graceful-abort', endedBy: 'exit' }]);
  });

  test('begins again where it saves on migrating alone', async () => {
    const verdict = await judgedActor(savingOn('migrating'), aborted);
    expect(verdict, verdict.output).toMatchObject({ word: 'restarted-from-zero', keys: [] });
  });
});

describe.concurrent('an Actor on SDK 3.1, which does not end by itself when it is aborted gracefully', () => {
  test.each([
    ['resumes with useState, which saves on persistState', WITH_USE_STATE, 'resumed'],
    ['begins again where it saves on migrating alone', savingOn('migrating'), 'restarted-from-zero'],
  ])('%s', async (_, code, word) => {
    const aborted = { ...AT_THE_FOURTH, by: 'graceful-abort', graceMs: 8_000, environment } as const;
    const verdict = await judgedActor(code, aborted, { sdk: '3.1' });
    expect(verdict, verdict.output).toMatchObject({ word, migrations: [{ endedBy: 'deadline' }] });
  });
});

describe.concurrent('an Actor on SDK 3.7 whose process is killed at once', () => {
  test.each(['reboot', 'abort', 'timeout'] as const)('by %s resumes where it saves after each step', async (by) => {
    const verdict = await judgedActor(SAVING_EACH_STEP, { at: ['key:STATE:4'], by, environment });
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed' });
    expect(verdict.keys).toMatchObject([{ record: { key: 'STATE' }, restored: 'read' }]);
    expect(verdict.migrations).toMatchObject([{ by, windowMs: 0, endedBy: undefined }]);
  });

  test('begins again where it saves on events alone', async () => {
    const verdict = await judgedActor(WITH_USE_STATE, { ...AT_THE_FOURTH, by: 'timeout', environment });
    expect(verdict, verdict.output).toMatchObject({ word: 'restarted-from-zero', keys: [] });
  });
});
