import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { actorName } from '../run/manifest.ts';
import { runToEnd } from '../run/run-to-end.ts';
import type { ProgramFiles } from '../run/run.ts';
import { parseTrigger } from '../run/trigger.ts';
import {
  jobsFor,
  MOST_POINTS,
  parseShard,
  type Shard,
  sweep,
  SWEEP_DEFAULTS,
  type SweepReport,
  WHOLE_SWEEP,
} from '../sweep/index.ts';
import { checked } from './checked.ts';
import { refuseUnknown } from './known-options.ts';
import type { SweepOptions } from './options.ts';

/** {@link sweep} with the programs that it starts. */
export async function sweepWith(programs: ProgramFiles, options: SweepOptions): Promise<SweepReport> {
  const { command, points = SWEEP_DEFAULTS.points, strict = false, signal } = options;
  for (const option of ['at', 'compare', 'storage'])
    if (option in options)
      throw new TypeError(
        `\`sweep\` says itself when to migrate, compares, and gives each run fresh storages: leave out \`${option}\`.`,
      );
  refuseUnknown('sweep', options);
  if (!(Number.isInteger(points) && points >= 1 && points <= MOST_POINTS))
    throw new TypeError(`\`points\` wants a whole number from 1 to ${MOST_POINTS}.`);
  const shard = shardOf(options.shard);
  const { by, graceMs, faults, runWith } = checked(programs, options);
  return await sweep({
    actor: actorName(resolve(options.cwd ?? '.')),
    command,
    run: async (at, stop) => {
      let printed = '';
      const keep = (text: string): void => void (printed = (printed + text).slice(-SWEEP_DEFAULTS.lastWords));
      const triggers = at === undefined ? [] : [parseTrigger(at)];
      const run = runWith(keep);
      const ended = await runToEnd(at === undefined ? run : { ...run, faults }, { triggers, by, graceMs }, stop);
      return { ...ended, printed };
    },
    commandFor: (at) => callFor(options, at),
    limit: points,
    shard,
    jobs: jobsFor(availableParallelism()),
    slackMs: SWEEP_DEFAULTS.slackMs + graceMs,
    strict,
    by,
    signal: signal ?? new AbortController().signal,
    onProgress: () => undefined,
  });
}

function shardOf(text: string | undefined): Shard {
  const shard = text === undefined ? WHOLE_SWEEP : parseShard(text);
  if (shard === undefined) throw new TypeError('`shard` wants which part of how many, such as `1/4`.');
  return shard;
}

/** The call that repeats one run. The environment is not part of it: it may hold what is nobody else's business. */
function callFor(options: SweepOptions, at: string): string {
  const { points: _points, shard: _shard, signal: _signal, onOutput: _onOutput, env: _env, ...ofEach } = options;
  return `await migrate(${JSON.stringify({ ...ofEach, at, compare: true })})`;
}
