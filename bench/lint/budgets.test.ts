import process from 'node:process';
import { describe, expect, it } from 'vitest';

import { measure, percentile } from '../measure.mjs';
import { outcomesOf } from './budgets.mjs';

const took = (seconds: number, megabytes = 100) => ({
  seconds,
  processorSeconds: seconds,
  megabytes,
  files: 200,
});

const row = (kind: 'synthetic' | 'tenfold' | 'real', own: number, oxlint: number) => ({
  name: kind,
  kind,
  tools: { 'actor-state': took(own), oxlint: took(oxlint) },
});

const kept = (kind: 'synthetic' | 'real', own: number) => outcomesOf([row(kind, own, 1)])[0]?.isKept;

const growth = (large: number) => outcomesOf([row('synthetic', 1, 9), row('tenfold', large, 9)]).at(-1);

const ofMemory = (own: number, theirs: number | undefined) => {
  const peer = { ...took(1), megabytes: theirs };
  return outcomesOf([
    { name: 'tree', kind: 'real', tools: { 'actor-state': took(1, own), 'typescript-eslint': peer } },
  ]);
};

describe('a budget', () => {
  it('lets small trees take as long as oxlint, real ones half of it', () => {
    expect(kept('synthetic', 1)).toBe(true);
    expect(kept('synthetic', 1.01)).toBe(false);
    expect(kept('real', 0.5)).toBe(true);
    expect(kept('real', 0.51)).toBe(false);
  });

  it('is ten and a half times the time for ten times the Actors', () => {
    expect(growth(10.5)).toMatchObject({ figure: '10.50', isKept: true });
    expect(growth(10.6)).toMatchObject({ figure: '10.60', isKept: false });
  });

  it('is half of the memory that typescript-eslint takes, and none where memory is not known', () => {
    expect(ofMemory(150, 300)[0]).toMatchObject({ figure: '0.50', isKept: true });
    expect(ofMemory(151, 300)[0]?.isKept).toBe(false);
    expect(ofMemory(150, undefined)).toEqual([]);
  });
});

describe('a measurement', () => {
  it.runIf(process.platform === 'linux')('counts the memory and the time of children too', async () => {
    const work = 'const full = Buffer.alloc(100e6, 1); const end = Date.now() + 300; while (Date.now() < end);';
    const start = `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(work)}]); console.log('done')`;
    const { megabytes, processorSeconds, stdout, code } = await measure({
      command: process.execPath,
      args: ['-e', start],
      cwd: process.cwd(),
    });
    expect({ stdout, code }).toEqual({ stdout: 'done\n', code: 0 });
    expect(megabytes).toBeGreaterThan(150);
    expect(processorSeconds).toBeGreaterThan(0.1);
  });

  it('has percentiles that are one of the values', () => {
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
    expect(percentile([4, 1, 3, 2], 0.95)).toBe(4);
  });
});
