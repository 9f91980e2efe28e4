import { expect, test } from 'vitest';
import { migrateWith } from './migrate.ts';
import type { MigrateOptions, SweepOptions } from './options.ts';
import { sweepWith } from './sweep.ts';

/** Nothing is started: what makes no sense is refused before. */
const PROGRAMS = { platform: 'none', preload: 'none' };
const command = ['node', 'src/main.js'];

/** As a program in JavaScript may give it. */
const MISSPELT = { command, graceMs: 3 };
const OF_A_SWEEP = { command, points: 3 };
const WITH_AT = { command, at: 'write:1' };
const WITH_STORAGE = { command, storage: 's' };

test.each<[string, MigrateOptions, RegExp]>([
  ['an option that there is not', MISSPELT, /`migrate` has no option `graceMs`: it takes `command`, .*`grace`/],
  ['an option of `sweep`', OF_A_SWEEP, /`migrate` has no option `points`/],
  ['no command', { command: [] }, /`command` wants the program and its arguments as a list/],
  ['an empty command', { command: [' '] }, /`command` wants the program/],
  ['a grace period before its beginning', { command, grace: -1 }, /`grace` wants a number of seconds from 0/],
  ['a latency that is no number', { command, latency: Number.NaN }, /`latency` wants a number of milliseconds from 0/],
  ['negative jitter', { command, jitter: -5 }, /`jitter` wants a number of milliseconds from 0/],
  ['half a seed', { command, seed: 0.5 }, /`seed` wants a whole number/],
  ['a share of writes above all', { command, failWrites: 2 }, /0\.1:reject/],
  ['a time that is none', { command, at: 'soon' }, /`soon` does not say when to migrate/],
  ['one storage for two runs', { command, compare: true, storage: 's' }, /leave out `storage`/],
])('`migrate` refuses %s in a sentence', async (_, options, sentence) => {
  await expect(migrateWith(PROGRAMS, options)).rejects.toThrow(sentence);
});

test.each<[string, SweepOptions, RegExp]>([
  ['no command', { command: [] }, /`command` wants the program/],
  ['an option that there is not', MISSPELT, /`sweep` has no option `graceMs`: it takes .*`points`/],
  ['when to migrate', WITH_AT, /`sweep` says itself when to migrate.*leave out `at`/],
  ['an end that is none', { command, by: 'fire' }, /`fire` does not say what ends/],
  ['a grace period without one', { command, by: 'abort', grace: 5 }, /`grace` is about the event/],
  ['one storage for all runs', WITH_STORAGE, /leave out `storage`/],
  ['half a point', { command, points: 1.5 }, /`points` wants a whole number from 1 to 10000/],
  ['no point', { command, points: 0 }, /`points` wants a whole number/],
  ['a shard that is none', { command, shard: '5/4' }, /`shard` wants which part of how many, such as `1\/4`/],
  ['a negative grace period', { command, grace: -1 }, /`grace` wants/],
])('`sweep` refuses %s in a sentence', async (_, options, sentence) => {
  await expect(sweepWith(PROGRAMS, options)).rejects.toThrow(sentence);
});
