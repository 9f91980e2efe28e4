import { resolve } from 'node:path';
import { type Faults, NO_FAULTS, parseFailWrites, parseWebSocketFault } from '../faults.ts';
import { fidelityOf } from '../run/fidelity.ts';
import { checkAnnounced, GRACE_SECONDS, isAnnounced, parseCause } from '../run/restart-cause.ts';
import { runToEnd } from '../run/run-to-end.ts';
import type { ProgramFiles, StorageChoice } from '../run/run.ts';
import { spawnLauncher } from '../run/spawn-launcher.ts';
import { parseTrigger } from '../run/trigger.ts';
import { DEFAULTS, outputOf, tryMigration } from '../trial/index.ts';
import type { MigrateOutput } from '../verdict/index.ts';
import type { MigrateOptions } from './options.ts';

/** {@link migrate} with the programs that it starts. */
export async function migrateWith(programs: ProgramFiles, options: MigrateOptions): Promise<MigrateOutput> {
  const { command, compare = false, strict = false, signal, onOutput } = options;
  const cwd = resolve(options.cwd ?? '.');
  if (compare && options.storage !== undefined)
    throw new TypeError('`compare` gives each of its two runs fresh storages: leave out `storage`.');
  if (options.latency !== undefined && fidelityOf(cwd) === 'local')
    throw new TypeError(
      '`latency` is of the way to a platform, and Crawlee without the Apify SDK writes to its own disk: leave it out.',
    );
  const schedule = scheduleOf(options);
  const faults = faultsOf(options);
  const launcher = spawnLauncher({ command, cwd, output: (chunk) => onOutput?.(chunk.toString()) });
  const ofEach = {
    programs,
    actorFolder: cwd,
    storage: storageOf(options.storage, cwd),
    launcher,
    environment: { ...process.env, ...options.env },
    latencyMs: options.latency ?? DEFAULTS.latencyMs,
    keepLocks: options.keepLocks ?? false,
    isolated: options.isolated ?? false,
  };
  const trial = await tryMigration({
    compare,
    strict,
    by: schedule.by,
    signal,
    run: async (which) =>
      which === 'migrated'
        ? await runToEnd({ ...ofEach, faults }, schedule, signal)
        : await runToEnd(ofEach, { ...schedule, triggers: [] }, signal),
  });
  return outputOf(trial);
}

/** @throws {BadCause | BadTrigger | TypeError} for what makes no sense */
function scheduleOf({ at = DEFAULTS.at, by: cause = 'migration', grace, webSocket }: MigrateOptions) {
  const by = parseCause(cause);
  checkAnnounced(by, { '`grace`': grace, '`webSocket`': webSocket });
  const seconds = grace ?? (isAnnounced(by) ? GRACE_SECONDS[by] : 0);
  return { triggers: [at].flat().map(parseTrigger), by, graceMs: 1000 * seconds };
}

function faultsOf({ jitter = 0, failWrites, webSocket, seed = NO_FAULTS.seed }: MigrateOptions): Faults {
  if (!(jitter >= 0)) throw new TypeError('`jitter` wants a number of milliseconds from 0.');
  if (!Number.isSafeInteger(seed)) throw new TypeError('`seed` wants a whole number.');
  return {
    jitterMs: jitter,
    failWrites: failWrites === undefined ? undefined : parseFailWrites(String(failWrites)),
    webSocket: webSocket === undefined ? undefined : parseWebSocketFault(webSocket),
    seed,
  };
}

function storageOf(storage: string | undefined, cwd: string): StorageChoice {
  const from = resolve(cwd, 'storage');
  return storage === undefined ? { kind: 'fresh', from } : { kind: 'folder', folder: resolve(storage), from };
}
