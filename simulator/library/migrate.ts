import { runToEnd } from '../run/run-to-end.ts';
import type { ProgramFiles } from '../run/run.ts';
import { parseTrigger } from '../run/trigger.ts';
import { DEFAULTS, outputOf, tryMigration } from '../trial/index.ts';
import type { MigrateOutput } from '../verdict/index.ts';
import { checked } from './checked.ts';
import { refuseUnknown } from './known-options.ts';
import type { MigrateOptions } from './options.ts';

/** {@link migrate} with the programs that it starts. */
export async function migrateWith(programs: ProgramFiles, options: MigrateOptions): Promise<MigrateOutput> {
  refuseUnknown('migrate', options);
  const { compare = false, strict = false, signal } = options;
  if (compare && options.storage !== undefined)
    throw new TypeError('`compare` gives each of its two runs fresh storages: leave out `storage`.');
  const { by, graceMs, faults, runWith } = checked(programs, options);
  const schedule = { triggers: [options.at ?? DEFAULTS.at].flat().map(parseTrigger), by, graceMs };
  const run = runWith();
  const trial = await tryMigration({
    compare,
    strict,
    by,
    signal,
    run: async (which) =>
      which === 'migrated'
        ? await runToEnd({ ...run, faults }, schedule, signal)
        : await runToEnd(run, { ...schedule, triggers: [] }, signal),
  });
  return outputOf(trial);
}
