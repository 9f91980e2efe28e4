import { resolve } from 'node:path';
import { type Faults, NO_FAULTS, parseFailWrites, parseWebSocketFault } from '../faults.ts';
import type { RestartCause } from '../recording.ts';
import { fidelityOf } from '../run/fidelity.ts';
import { checkAnnounced, GRACE_SECONDS, parseCause } from '../run/restart-cause.ts';
import type { ProgramFiles, RunOptions, StorageChoice } from '../run/run.ts';
import { spawnLauncher } from '../run/spawn-launcher.ts';
import { DEFAULTS } from '../trial/index.ts';
import type { MigrateOptions, RunningOptions } from './options.ts';

export interface Checked {
  readonly by: RestartCause;
  /** 0 where the Actor is not told. */
  readonly graceMs: number;
  /** Of a migrated run only. */
  readonly faults: Faults;
  /** What a run is started with. @param onOutput told what the Actor prints, beside who asked for it */
  readonly runWith: (onOutput?: (text: string) => void) => RunOptions;
}

/**
 * What `migrate` and `sweep` have in common.
 *
 * @throws {TypeError | BadCause} with a sentence for an option that makes no sense
 */
export function checked(programs: ProgramFiles, options: RunningOptions & Pick<MigrateOptions, 'storage'>): Checked {
  const { command, grace = 0, by: cause = 'migration', latency = DEFAULTS.latencyMs } = options;
  const cwd = resolve(options.cwd ?? '.');
  // A program in JavaScript may give anything.
  if (!Array.isArray(command) || typeof command[0] !== 'string' || command[0].trim() === '')
    throw new TypeError("`command` wants the program and its arguments as a list: ['node', 'src/main.js'].");
  if (!(grace >= 0)) throw new TypeError('`grace` wants a number of seconds from 0.');
  if (options.latency !== undefined && fidelityOf(cwd) === 'local')
    throw new TypeError(
      '`latency` is of the way to a platform, and Crawlee without the Apify SDK writes to its own disk: leave it out.',
    );
  if (!(latency >= 0)) throw new TypeError('`latency` wants a number of milliseconds from 0.');
  const by = parseCause(cause);
  checkAnnounced(by, { '`grace`': options.grace, '`webSocket`': options.webSocket });
  return {
    by,
    graceMs: 1000 * (options.grace ?? GRACE_SECONDS[by]),
    faults: faultsOf(options),
    runWith: (onOutput) => ({
      programs,
      actorFolder: cwd,
      storage: storageOf(options.storage, cwd),
      launcher: spawnLauncher({
        command,
        cwd,
        output: (chunk) => {
          onOutput?.(chunk.toString());
          options.onOutput?.(chunk.toString());
        },
      }),
      environment: { ...process.env, ...options.env },
      latencyMs: latency,
      keepLocks: options.keepLocks ?? false,
      isolated: options.isolated ?? false,
    }),
  };
}

function faultsOf({ jitter = 0, failWrites, webSocket, seed = NO_FAULTS.seed }: RunningOptions): Faults {
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
