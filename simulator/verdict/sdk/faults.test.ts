import { describe, expect, test } from 'vitest';
import { type Faults, NO_FAULTS, parseFailWrites, parseWebSocketFault } from '../../faults.ts';
import { AT_THE_FOURTH, type Judged, judgedActor } from '../testing/judged-actor.ts';

const AT_THE_FIFTH = { at: ['write:5'] } as const;

function failing(text: string, seed: number): Faults {
  return { ...NO_FAULTS, failWrites: parseFailWrites(text), seed };
}

/** Says whether a push has failed, and goes on without it. */
const CARELESS = `
  const state = await Actor.useState('STATE', { page: 1 });
  for (; state.page <= 12; state.page += 1) {
    await Actor.pushData({ page: state.page }).catch((error) => console.log('FAILED', error.type));
    await delay(60);
  }`;

const CAREFUL =
  "const state = await Actor.useState('STATE', { page: 1 });\nfor (; state.page <= 12; state.page += 1) await work(state.page);";

/** Which pushes of the first process failed, each by its number; when it saves is a matter of time. */
function failures({ recording }: Judged): readonly number[] {
  return recording.events
    .flatMap((event) =>
      event.kind === 'write' && event.outcome !== 'pending' && event.process === 1 && event.change.type === 'push-items'
        ? [event]
        : [],
    )
    .flatMap(({ fault }, index) => (fault === undefined ? [] : [index + 1]));
}

async function careless(seed: number): Promise<Judged> {
  return await judgedActor(CARELESS, { ...AT_THE_FIFTH, faults: failing('0.5', seed) });
}

describe.concurrent('an Actor on SDK 3.7 whose writes fail', () => {
  test('has lost those that are rejected and that it does not make again: the same for a seed, others for another', async () => {
    const [first, second, other] = [await careless(11), await careless(11), await careless(12)];
    expect(first.output).toContain('FAILED simulated-rejection');
    expect(first).toMatchObject({ word: 'lost-writes' });
    expect(first.sentence).toContain('`dataset default` were failed by --fail-writes (reject) and never made again');
    expect(failures(first).length).toBeGreaterThan(1);
    // Both are migrated with the fifth write that lands: how far each comes then is a matter of time.
    const common = Math.min(failures(first).length, failures(second).length);
    expect(failures(second).slice(0, common)).toEqual(failures(first).slice(0, common));
    expect(failures(other).slice(0, common)).not.toEqual(failures(first).slice(0, common));
  });

  test('resumes through an outage, which apify-client waits for', async () => {
    const verdict = await judgedActor(CAREFUL, { ...AT_THE_FIFTH, faults: failing('0.25:outage', 1) });
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed' });
    expect(verdict.remarks).toContainEqual(
      expect.stringMatching(/failed by --fail-writes \(outage\): to `dataset default`/),
    );
    expect(verdict.writes.every(({ lost }) => !lost)).toBe(true);
  });

  test('is not blamed alone when it ends by one', async () => {
    const verdict = await judgedActor('await Actor.pushData({ page: 1 });', {
      ...AT_THE_FIFTH,
      faults: failing('1', 1),
    });
    expect(verdict.sentence).toContain('What it had written to `dataset default` was failed by --fail-writes (reject)');
  });
});

/** Saves on events alone. */
const BY_EVENT = `
  const state = await Actor.useState('STATE', { page: 1 });
  for (; state.page <= 12; state.page += 1) await work(state.page);`;

/** Saves each page when it is done, and so needs no event. */
const SAVING = `
  const state = (await Actor.getValue('STATE')) ?? { page: 1 };
  for (; state.page <= 12; ) {
    await work(state.page);
    state.page += 1;
    await Actor.setValue('STATE', state);
  }`;

function connection(text: string): Faults {
  return { ...NO_FAULTS, webSocket: parseWebSocketFault(text) };
}

describe.concurrent('an Actor on SDK 3.7 whose events do not come in time', () => {
  test('begins again where it saves on events alone, and the connection is closed', async () => {
    const verdict = await judgedActor(BY_EVENT, { ...AT_THE_FOURTH, graceMs: 2000, faults: connection('closed') });
    expect(verdict, verdict.output).toMatchObject({ word: 'restarted-from-zero' });
    expect(verdict.migrations).toMatchObject([{ endedBy: 'deadline' }]);
    expect(verdict.remarks).toContainEqual(
      expect.stringMatching(/closed by --websocket \(closed\): the Actor was not told of the migration/),
    );
  });

  test('goes on where it saves after each step: only the step that was not saved comes again', async () => {
    const verdict = await judgedActor(SAVING, { ...AT_THE_FOURTH, graceMs: 1000, faults: connection('closed') });
    expect(verdict, verdict.output).toMatchObject({
      word: 'repeated-work',
      repeated: { items: [{ item: '{"page":4}' }] },
    });
    expect(verdict.keys).toContainEqual(expect.objectContaining({ restored: 'read' }));
  });

  test('goes on where the event comes late, but within the grace period', async () => {
    const verdict = await judgedActor(BY_EVENT, { ...AT_THE_FOURTH, graceMs: 8000, faults: connection('slow:1000') });
    expect(verdict, verdict.output).toMatchObject({ word: 'resumed' });
    const [migration] = verdict.migrations;
    expect(migration).toMatchObject({ endedBy: 'reboot' });
    expect(migration?.windowMs).toBeGreaterThanOrEqual(1000);
    expect(verdict.remarks).toContainEqual('The Actor was told of the migration 1.0 s late, by --websocket (slow).');
  });

  test('is killed before an event that comes too late', async () => {
    const verdict = await judgedActor(BY_EVENT, { ...AT_THE_FOURTH, graceMs: 1000, faults: connection('slow:3000') });
    expect(verdict, verdict.output).toMatchObject({ word: 'restarted-from-zero' });
    // The frame was on its way to the old process: the new one does not get it.
    expect(verdict.migrations).toHaveLength(1);
  });
});
