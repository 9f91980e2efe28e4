/** `actor-state/simulator`: for the tests of an Actor. */
import { join } from 'node:path';
import type { MigrateOutput } from '../verdict/json.ts';
import { migrateWith } from './migrate.ts';
import type { MigrateOptions } from './options.ts';

export type { MigrateOptions } from './options.ts';
export type { MigrateOutput } from '../verdict/json.ts';

/** Once this is built, where all that is built lies. */
const BUNDLES = import.meta.dirname;

/**
 * Runs an Actor on a local Apify platform, migrates it for real, and says what came back and what was lost.
 *
 * @returns what `actor-state migrate --json` prints; its `exitCode` is 0 when the Actor resumed
 * @throws {Error} with a sentence when the Actor cannot be run, or an option makes no sense
 */
export async function migrate(options: MigrateOptions): Promise<MigrateOutput> {
  const programs = { platform: join(BUNDLES, 'platform.cjs'), preload: join(BUNDLES, 'preload.cjs') };
  return await migrateWith(programs, options);
}
