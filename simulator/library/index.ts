/** `actor-state/simulator`: for the tests of an Actor. */
import { join } from 'node:path';
import type { ProgramFiles } from '../run/run.ts';
import type { SweepReport } from '../sweep/report.ts';
import type { MigrateOutput } from '../verdict/json.ts';
import { migrateWith } from './migrate.ts';
import type { MigrateOptions, SweepOptions } from './options.ts';
import { sweepWith } from './sweep.ts';

export type { MigrateOptions, SweepOptions } from './options.ts';
export type { SweepReport } from '../sweep/report.ts';
export type { MigrateOutput } from '../verdict/json.ts';

/** Once this is built, where all that is built lies. */
const BUNDLES = import.meta.dirname;
const PROGRAMS: ProgramFiles = { platform: join(BUNDLES, 'platform.cjs'), preload: join(BUNDLES, 'preload.cjs') };

/**
 * Runs an Actor on a local Apify platform, migrates it for real, and says what came back and what was lost.
 *
 * @returns what `actor-state migrate --json` prints; its `exitCode` is 0 when the Actor resumed
 * @throws {Error} with a sentence when the Actor cannot be run, or an option makes no sense
 */
export async function migrate(options: MigrateOptions): Promise<MigrateOutput> {
  return await migrateWith(PROGRAMS, options);
}

/**
 * Runs an Actor once undisturbed, then once for each point of interest, migrated there: at its start, before and after each
 * write, after each handled request, and whenever the SDK keeps its own state.
 *
 * @returns what `actor-state migrate --sweep --json` prints; its `exitCode` is 0 when the Actor is safe at each point, and
 *   `shortest` is the first case at which it is not, with the call of {@link migrate} that repeats it
 * @throws {Error} with a sentence when the Actor cannot be run, or an option makes no sense
 */
export async function sweep(options: SweepOptions): Promise<SweepReport> {
  return await sweepWith(PROGRAMS, options);
}
