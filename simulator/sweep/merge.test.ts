import { expect, test } from 'vitest';
import { merge, sweepAsHtml, sweepAsText, type SweepReport, type SweepRun } from './index.ts';
import { sweepExitCode } from './report.ts';

function run(place: number, outcome: SweepRun['outcome'] = 'passed'): SweepRun {
  const at = `write:${place}`;
  const passed = outcome === 'passed';
  return {
    at,
    what: 'after items to dataset default',
    place,
    // Of its shard's own undisturbed run: not to be compared with those of other shards.
    time: 1000 - place,
    outcome,
    verdict: passed ? 'resumed' : 'repeated-work',
    comparison: passed ? 'same' : 'different',
    sentence: passed ? 'The same.' : `Failed at ${at}.`,
    printed: null,
    tookMs: 10,
  };
}

function part(index: number, of: number, runs: readonly SweepRun[]): SweepReport {
  const failed = runs.find(({ outcome }) => outcome === 'failed');
  const shards = { of, present: [index] };
  return {
    version: 1,
    actor: 'shop',
    command: ['npm', 'start'],
    by: 'migration',
    undisturbed: { items: 4, records: 1, requests: 0, charges: 0 },
    problem: null,
    shards,
    points: { found: 4, leftOut: [] },
    runs,
    notRun: [],
    shortest: failed === undefined ? null : { ...failed, command: `repeat ${failed.at}` },
    exitCode: sweepExitCode({ runs, shards, notRun: [], problem: null }, of === 1),
  };
}

test('the shards of a sweep are joined in the order of the points, and the first failure of all is the shortest', () => {
  const merged = merge([part(2, 2, [run(1), run(3, 'failed')]), part(1, 2, [run(0), run(2, 'failed')])]);
  expect(merged.runs.map(({ at }) => at)).toEqual(['write:0', 'write:1', 'write:2', 'write:3']);
  expect(merged).toMatchObject({ shortest: { at: 'write:2', command: 'repeat write:2' }, exitCode: 1 });
  expect(sweepAsText(merged)).toMatch(/^Not safe: migrated at 4 points: 2 failed and 2 passed$/m);
});

test('all passed is 0, a missing shard is 2 and named, a failure is 1 all the same', () => {
  expect(merge([part(1, 2, [run(0)]), part(2, 2, [run(1)])]).exitCode).toBe(0);
  const merged = merge([part(1, 3, [run(0)]), part(3, 3, [run(2)])]);
  expect(merged).toMatchObject({ shards: { of: 3, present: [1, 3] }, exitCode: 2 });
  expect(sweepAsText(merged)).toMatch(/^Not known: migrated at 2 points: 2 passed\n.*not here: 2\/3/s);
  expect(merge([part(1, 2, [run(0, 'failed')])]).exitCode).toBe(1);
});

test('where most points were not reached, the grace period was too long', () => {
  const missed = part(1, 1, [run(0), run(1, 'not-reached'), run(2, 'not-reached')]);
  expect(sweepAsText(missed)).toMatch(/What to do\n.*works on through its grace period/s);
  expect(sweepAsHtml(missed, undefined)).toContain('<h2>What to do</h2>');
  expect(sweepAsText({ ...missed, by: 'abort' })).not.toContain('What to do');
  // The end of any Actor.
  const ended = part(1, 1, [run(0), run(1), run(2, 'not-reached')]);
  expect(sweepAsText(ended)).not.toContain('What to do');
  expect(sweepAsHtml(ended, undefined)).not.toContain('What to do');
});

test('what is safe is said of the whole only where the whole was seen', () => {
  expect(sweepAsText(part(1, 1, [run(0)]))).toMatch(/^Safe: migrated at 1 point/);
  expect(sweepAsText(part(1, 2, [run(0)]))).toMatch(/^Safe in shard 1\/2: migrated at 1 point/);
  const withoutRuns = { ...part(2, 2, []), problem: 'It failed by itself.' };
  expect(sweepAsText(merge([part(1, 2, [run(0)]), withoutRuns]))).toMatch(/^Not known: migrated at 1 point/);
});

test('a shard alone may have nothing to do; a sweep that has shown nothing is no success', () => {
  expect(part(3, 3, []).exitCode).toBe(0);
  expect(part(1, 1, [run(0, 'not-reached')]).exitCode).toBe(2);
  expect(part(1, 2, [run(0), run(1, 'not-known')]).exitCode).toBe(2);
});

test.each([
  [
    'of other commands',
    [part(1, 2, []), { ...part(2, 2, []), command: ['node', 'x.js'] }],
    /different commands, `npm start` and `node x.js`/,
  ],
  ['of other Actors', [part(1, 2, []), { ...part(2, 2, []), actor: 'bank' }], /different Actors, `shop` and `bank`/],
  ['of another end', [part(1, 2, []), { ...part(2, 2, []), by: 'abort' as const }], /by migration and by abort/],
  ['of another sweep', [part(1, 2, []), part(2, 3, [])], /of 2 shards and of 3/],
  ['that are there twice', [part(1, 2, []), part(1, 2, [])], /shard 1 of 2 is there twice/],
])('reports %s are refused', (_, reports, why) => {
  expect(() => merge(reports)).toThrow(why);
});
