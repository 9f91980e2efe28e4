import { type ApifyClient, ApifyApiError } from 'apify-client';
import { describe, expect, test } from 'vitest';

import { type Faults, NO_FAULTS, parseFailWrites } from '../faults.ts';
import { startTestPlatform, type TestPlatform } from './testing/test-platform.ts';
import { WriteFaults } from './write-faults.ts';

const failing = (text: string, seed = 1): Faults => ({ ...NO_FAULTS, failWrites: parseFailWrites(text), seed });

/** Writes at once to twenty records and one dataset; which of the writes failed. */
async function racing(client: ApifyClient): Promise<readonly string[]> {
  const numbers = Array.from({ length: 20 }, (_, index) => index);
  const failed: string[] = [];
  const noting = async (write: Promise<unknown>, name: string) =>
    await write.catch((error: unknown) => {
      expect(error).toMatchObject({ statusCode: 400, type: 'simulated-rejection' });
      failed.push(name);
    });
  const records = numbers.map(
    async (number) =>
      await noting(client.keyValueStore('default').setRecord({ key: `R${number}`, value: number }), `R${number}`),
  );
  await Promise.all(records);
  for (const number of numbers) await noting(client.dataset('default').pushItems({ number }), `item ${number}`);
  return failed.toSorted();
}

async function failuresWith(seed: number): Promise<readonly string[]> {
  await using platform = await startTestPlatform({ faults: failing('0.4', seed) });
  return await racing(platform.client());
}

function settled({ events }: TestPlatform) {
  return events.flatMap((event) => (event.kind === 'write' && event.outcome !== 'pending' ? [event] : []));
}

function fates(text: string): readonly (string | undefined)[] {
  return [1, 2, 3].map(
    (seed) => new WriteFaults(failing(text, seed), 0).next(1, { type: 'delete-record', record }).fault,
  );
}

describe('writes that are failed', () => {
  test('are the same for the same seed, and others for another one', async () => {
    const failed = await failuresWith(7);
    expect(failed.length).toBeGreaterThan(5);
    expect(failed.length).toBeLessThan(35);
    expect(await failuresWith(7)).toEqual(failed);
    expect(await failuresWith(8)).not.toEqual(failed);
  });

  test('reach the client at once when they are rejected, store nothing, and are recorded', async () => {
    await using platform = await startTestPlatform({ faults: failing('1:reject') });
    const store = platform.client({ maxRetries: 8 }).keyValueStore('default');
    const error = await store.setRecord({ key: 'S', value: 1 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApifyApiError);
    expect(error).toMatchObject({ message: expect.stringContaining('--fail-writes') });
    expect(await store.getRecord('S')).toBeUndefined();
    expect(settled(platform)).toMatchObject([{ outcome: 'failed', fault: 'reject' }]);
  });

  test('are repeated by the client in an outage, each time by a draw of its own', async () => {
    // The seed with which of the first write to S the first call fails, and the second does not.
    await using platform = await startTestPlatform({ faults: failing('0.5:outage', seedWith([true, false])) });
    const client = platform.client({ maxRetries: 8, minDelayBetweenRetriesMillis: 1 });
    await client.keyValueStore('default').setRecord({ key: 'S', value: 1 });
    expect(settled(platform)).toMatchObject([{ outcome: 'failed', fault: 'outage' }, { outcome: 'landed' }]);
    expect(settled(platform)[1]).not.toHaveProperty('fault');
  });

  test('are none, or all', () => {
    expect(fates('0')).toEqual([undefined, undefined, undefined]);
    expect(fates('1:outage')).toEqual(['outage', 'outage', 'outage']);
  });
});

/** Of so many writes to one record. */
const latencies = (seed: number, latencyMs: number) => {
  const faults = new WriteFaults({ ...NO_FAULTS, jitterMs: 50, seed }, latencyMs);
  return Array.from({ length: 200 }, () => faults.next(1, { type: 'delete-record', record }).latencyMs);
};

describe('jitter', () => {
  test('makes a latency longer or shorter by as much at the most, the same again for a seed', () => {
    const all = latencies(1, 100);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(50);
    expect(Math.min(...all)).toBeLessThan(60);
    expect(Math.max(...all)).toBeLessThanOrEqual(150);
    expect(Math.max(...all)).toBeGreaterThan(140);
    expect(latencies(1, 100)).toEqual(all);
    expect(latencies(2, 100)).not.toEqual(all);
  });

  test('never makes a write arrive before it was sent', () => {
    expect(Math.min(...latencies(1, 10))).toBe(0);
  });
});

const record = { store: { kind: 'key-value-store', name: 'default' }, key: 'S' } as const;

function seedWith(wanted: readonly boolean[]): number {
  const value = { contentType: 'application/json', bytes: 1, sha256: '' };
  for (let seed = 1; seed < 1000; seed += 1) {
    const faults = new WriteFaults(failing('0.5', seed), 0);
    const drawn = wanted.map(() => faults.next(1, { type: 'set-record', record, value }).fault !== undefined);
    if (drawn.every((fails, index) => fails === wanted[index])) return seed;
  }
  throw new Error('No seed draws so.');
}
