import { availableParallelism } from 'node:os';
import { jobsFor, MOST_POINTS, parseShard, type Shard, SWEEP_DEFAULTS, WHOLE_SWEEP } from '../../simulator/index.ts';
import { UsageError } from '../usage-error.ts';
import { numberOf, planOf, type MigrateOptions, type MigrationPlan } from './plan.ts';
import { shellCommand } from './shell-command.ts';

/** What a sweep is to do, checked. */
export interface SweepPlan {
  /** Of each run, but for when it is migrated. */
  readonly each: MigrationPlan;
  /** At how many points to migrate at the most. */
  readonly limit: number;
  readonly shard: Shard;
  readonly jobs: number;
  /** What repeats one run, for a shell. */
  readonly commandFor: (at: string) => string;
}

const LIMIT = String(SWEEP_DEFAULTS.points);

/** @throws UsageError with what is wrong and what to write instead */
export function sweepPlanOf(command: readonly string[], options: MigrateOptions, cwd: string): SweepPlan {
  if (options.at !== undefined || options.times !== undefined)
    throw new UsageError('--sweep says itself when to migrate: leave out --at and --times');
  if (options.storage !== undefined) throw new UsageError('--sweep gives each run fresh storages: leave out --storage');
  const limit = numberOf(
    '--sweep',
    options.sweep === true ? LIMIT : (options.sweep ?? LIMIT),
    1,
    MOST_POINTS,
    'points',
  );
  if (!Number.isInteger(limit)) throw new UsageError('--sweep wants a whole number of points');
  const { sweep: _sweep, shard, json: _json, ...ofEach } = options;
  return {
    each: planOf(command, { ...options, compare: true }, cwd),
    limit,
    shard: shardOf(shard),
    jobs: jobsFor(availableParallelism()),
    commandFor: (at) => shellCommand(command, { ...ofEach, compare: true, at: [at] }),
  };
}

function shardOf(text: string | undefined): Shard {
  const shard = text === undefined ? WHOLE_SWEEP : parseShard(text);
  if (shard !== undefined) return shard;
  throw new UsageError(`--shard ${text ?? ''}: it wants which part of how many, such as 1/4`);
}
