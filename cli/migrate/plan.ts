import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  BadCause,
  BadFault,
  checkAnnounced,
  BadTrigger,
  DEFAULTS,
  type Faults,
  fidelityOf,
  GRACE_SECONDS,
  NO_FAULTS,
  parseCause,
  parseFailWrites,
  parseTrigger,
  parseWebSocketFault,
  type RestartCause,
  scriptsIn,
  type StorageChoice,
  type Trigger,
} from '../../simulator/index.ts';
import { UsageError } from '../usage-error.ts';
import { pageFile } from './page-file.ts';

/** The options of `actor-state migrate`, as the command line gives them. */
export interface MigrateOptions {
  readonly cwd?: string;
  readonly at?: readonly string[];
  readonly by?: string;
  readonly times?: string;
  readonly grace?: string;
  readonly latency?: string;
  readonly jitter?: string;
  readonly failWrites?: string;
  readonly websocket?: string;
  readonly seed?: string;
  readonly strict?: boolean;
  readonly storage?: string;
  readonly keepLocks?: boolean;
  readonly isolated?: boolean;
  readonly compare?: boolean;
  readonly report?: string;
  /** `true`: as many points as by default. */
  readonly sweep?: string | true;
  readonly shard?: string;
  readonly merge?: boolean;
  readonly json?: boolean;
}

/** What is to be done, checked. */
export interface MigrationPlan {
  readonly command: readonly string[];
  /** The Actor's folder, absolute: its working directory. */
  readonly actorFolder: string;
  readonly storage: StorageChoice;
  /** When to migrate: one migration each, in this order; as it was asked for, and as it is understood. */
  readonly at: readonly string[];
  readonly triggers: readonly Trigger[];
  /** What ends the Actor's process each time. */
  readonly by: RestartCause;
  /** 0 where the Actor is not told. */
  readonly graceMs: number;
  readonly latencyMs: number;
  /** Of a run that is migrated, not of the undisturbed one beside it. */
  readonly faults: Faults;
  readonly keepLocks: boolean;
  readonly isolated: boolean;
  readonly strict: boolean;
  readonly compare: boolean;
  /** The file to which the page is written, absolute. */
  readonly report: string | undefined;
  readonly json: boolean;
}

/** A day: more is a slip of the keyboard. */
const LONGEST_S = 86_400;

/**
 * Checks what was asked for.
 *
 * @param cwd the working directory, against which `--cwd` and `--storage` are resolved
 * @throws UsageError with what is wrong and what to write instead
 */
export function planOf(command: readonly string[], options: MigrateOptions, cwd: string): MigrationPlan {
  const actorFolder = resolve(cwd, options.cwd ?? '.');
  if (!statSync(actorFolder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${options.cwd ?? actorFolder} is no folder: give --cwd the Actor's folder`);
  // A variable that is not set makes an empty word of itself.
  if ((command[0] ?? '').trim() === '') throw new UsageError(`no command was given: ${exampleFor(actorFolder)}`);
  const times = numberOf('--times', options.times ?? '1', 1, 1000, 'migrations');
  if (!Number.isInteger(times)) throw new UsageError('--times wants a whole number of migrations');
  if (options.compare === true && options.storage !== undefined)
    throw new UsageError(
      '--compare gives each of its two runs fresh storages, so it cannot be given with --storage: leave one of them out',
    );
  if (options.shard !== undefined && options.sweep === undefined)
    throw new UsageError('--shard is a part of a sweep: give --sweep with it');
  if (options.latency !== undefined && fidelityOf(actorFolder) === 'local')
    throw new UsageError(
      '--latency is of the way to a platform, and Crawlee without the Apify SDK writes to its own disk: leave it out',
    );
  const by = causeOf(options);
  const at = Array.from({ length: times }, () => options.at ?? DEFAULTS.at).flat();
  return {
    command,
    actorFolder,
    storage: storageOf(options.storage, actorFolder, cwd),
    at,
    triggers: at.map(triggerOf),
    by,
    graceMs: 1000 * numberOf('--grace', options.grace ?? String(GRACE_SECONDS[by]), 0, LONGEST_S, 'seconds'),
    latencyMs: numberOf(
      '--latency',
      options.latency ?? String(DEFAULTS.latencyMs),
      0,
      1000 * LONGEST_S,
      'milliseconds',
    ),
    faults: faultsOf(options),
    keepLocks: options.keepLocks === true,
    isolated: options.isolated === true,
    strict: options.strict === true,
    compare: options.compare === true,
    report: pageFile(options.report, cwd),
    json: options.json === true,
  };
}

function causeOf({ by = 'migration', grace, websocket }: MigrateOptions): RestartCause {
  try {
    const cause = parseCause(by);
    checkAnnounced(cause, { '--grace': grace, '--websocket': websocket });
    return cause;
  } catch (error) {
    throw error instanceof BadCause ? new UsageError(`--by: ${error.message}`) : error;
  }
}

function storageOf(storage: string | undefined, actorFolder: string, cwd: string): StorageChoice {
  const from = join(actorFolder, 'storage');
  return storage === undefined ? { kind: 'fresh', from } : { kind: 'folder', folder: resolve(cwd, storage), from };
}

function faultsOf({ jitter = '0', failWrites, websocket, seed = String(NO_FAULTS.seed) }: MigrateOptions): Faults {
  const number = numberOf('--seed', seed, 0, Number.MAX_SAFE_INTEGER, 'a seed');
  if (!Number.isInteger(number)) throw new UsageError('--seed wants a whole number');
  return {
    jitterMs: numberOf('--jitter', jitter, 0, 1000 * LONGEST_S, 'milliseconds'),
    failWrites: faultOf('--fail-writes', failWrites, parseFailWrites),
    webSocket: faultOf('--websocket', websocket, parseWebSocketFault),
    seed: number,
  };
}

function faultOf<T>(option: string, text: string | undefined, parse: (text: string) => T): T | undefined {
  try {
    return text === undefined ? undefined : parse(text);
  } catch (error) {
    throw error instanceof BadFault ? new UsageError(`${option}: ${error.message}`) : error;
  }
}

function triggerOf(text: string): Trigger {
  try {
    return parseTrigger(text);
  } catch (error) {
    throw error instanceof BadTrigger ? new UsageError(`--at: ${error.message}`) : error;
  }
}

/** @throws UsageError when the text is no number in the range */
export function numberOf(option: string, text: string, least: number, most: number, unit: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most) return value;
  throw new UsageError(`${option} ${text}: it wants a number of ${unit} from ${least} to ${most}`);
}

/** The command that starts this Actor, as far as its package.json tells. */
function exampleFor(actorFolder: string): string {
  const known = scriptsIn(actorFolder)['start'] === undefined ? 'node src/main.js' : 'npm start';
  return `say how the Actor is started, after two dashes: actor-state migrate -- ${known}`;
}
