import { describe, expect, test } from 'vitest';
import { type Faults, NO_FAULTS, parseFailWrites } from '../../faults.ts';
import { targetOf } from '../targets.ts';
import { type Judged, judgedActor } from '../testing/judged-actor.ts';

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

/** Which writes of the first process failed, each by its target and its number there. */
function failures({ recording }: Judged): readonly string[] {
  const sent = new Map<string, number>();
  return recording.events.flatMap((event) => {
    if (event.kind !== 'write' || event.outcome === 'pending' || event.process !== 1) return [];
    const target = targetOf(event.change);
    const number = (sent.get(target) ?? 0) + 1;
    sent.set(target, number);
    return event.fault === undefined ? [] : [`${target} ${number}`];
  });
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
