import { totalsOf, producedBy } from '../comparison/produced.ts';
import type { RestartCause } from '../recording.ts';
import type { EndedRun } from '../run/run-to-end.ts';
import { RunProblem } from '../run/run.ts';
import { spanOf } from '../verdict/canonical.ts';
import { historyOf } from '../verdict/history.ts';
import { judge } from '../verdict/index.ts';
import { judgeRun, type JudgedRun, type PlacedPoint, type PrintedRun } from './judge-run.ts';
import { pointsOf } from './points.ts';
import { type FailedRun, firstFailure, inOrder, sweepExitCode, type SweepReport, type SweepRun } from './report.ts';
import { select, type Selection } from './selection.ts';
import type { Shard } from './shard.ts';

export interface SweepOptions {
  /** What the Actor is called, for the report. */
  readonly actor: string;
  /** What starts the Actor, for the report. */
  readonly command: readonly string[];
  /**
   * Runs the Actor once, on storages of its own.
   *
   * @param at when to migrate it, as `--at` says it; `undefined`: not at all
   * @throws {RunProblem} when it cannot be started
   */
  readonly run: (at: string | undefined, signal: AbortSignal) => Promise<PrintedRun>;
  /** What repeats one run: for a shell, or a call. */
  readonly commandFor: (at: string) => string;
  /** How many points at the most. */
  readonly limit: number;
  /** Which part of them. */
  readonly shard: Shard;
  /** How many runs at the same time. */
  readonly jobs: number;
  /** Milliseconds that a migrated run may take beyond four times an undisturbed one. */
  readonly slackMs: number;
  readonly strict: boolean;
  /** What the Actor's process is ended by at each point. */
  readonly by: RestartCause;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SweepProgress) => void;
  /** Told of the run of a failure that is the first until now, for what a report has no room for. */
  readonly onFirstFailure?: ((failed: FailedRun) => void) | undefined;
}

export type SweepProgress =
  | {
      readonly step: 'planned';
      readonly selection: Selection;
      readonly found: number;
      readonly tookMs: number;
      readonly own: number;
    }
  | { readonly step: 'ran'; readonly run: SweepRun; readonly done: number; readonly of: number };

/**
 * Runs an Actor once undisturbed, and then once for each point of interest, migrated there. The runs have nothing in common
 * but the Actor's folder.
 *
 * @throws {RunProblem} when it cannot be started at all
 */
export async function sweep(options: SweepOptions): Promise<SweepReport> {
  const { actor, command, by, limit, shard, signal } = options;
  const begun = Date.now();
  const undisturbed = await options.run(undefined, signal);
  const tookMs = Date.now() - begun;
  const known = { version: 1, actor, command, by, shards: { of: shard.of, present: [shard.index] } } as const;
  if (undisturbed.end.how !== 'exit' || undisturbed.end.exit.code !== 0)
    return withoutPoints(known, undisturbed, signal.aborted);
  const points = pointsOf(undisturbed.recording);
  const selection = select(points, limit);
  const all = selection.chosen.map((point, place) => ({ ...point, place }));
  const own = all.filter(({ place }) => place % shard.of === shard.index - 1);
  options.onProgress({ step: 'planned', selection, found: points.length, tookMs, own: own.length });
  const runs = await migrateAtEach(own, undisturbed, tookMs, options);
  const ran = new Set(runs.map(({ at }) => at));
  const notRun = own.filter(({ at }) => !ran.has(at)).map(({ at }) => at);
  const history = historyOf(undisturbed.recording);
  const found = { ...known, runs, notRun, problem: null };
  return {
    ...known,
    undisturbed: totalsOf(producedBy(history.lives, spanOf(undisturbed.recording))),
    problem: null,
    points: { found: points.length, leftOut: selection.leftOut },
    runs,
    notRun,
    shortest: shortestOf(runs, options.commandFor),
    exitCode: sweepExitCode(found, shard.of === 1),
  };
}

function withoutPoints(
  known: Pick<SweepReport, 'version' | 'actor' | 'command' | 'by' | 'shards'>,
  { recording, end }: EndedRun,
  interrupted: boolean,
): SweepReport {
  const problem = end.how === 'problem' ? end.problem.message : judge(recording, { by: known.by }).sentence;
  const none = { undisturbed: null, points: { found: 0, leftOut: [] }, runs: [], notRun: [], shortest: null };
  return { ...known, ...none, problem, exitCode: interrupted ? 130 : 2 };
}

/** As many at the same time as there may be, in the order of the points. */
async function migrateAtEach(
  points: readonly PlacedPoint[],
  undisturbed: EndedRun,
  undisturbedMs: number,
  options: SweepOptions,
): Promise<readonly SweepRun[]> {
  const { signal, jobs, slackMs, onFirstFailure } = options;
  const waiting = [...points];
  const runs: SweepRun[] = [];
  const work = async (): Promise<void> => {
    for (let point = waiting.shift(); point !== undefined && !signal.aborted; point = waiting.shift()) {
      const { run, failed } = await migrateAt(point, undisturbed, 4 * undisturbedMs + slackMs, options);
      // What Ctrl+C cut short shows nothing.
      if (signal.aborted && run.outcome !== 'failed') return;
      runs.push(run);
      if (failed !== undefined && firstFailure(runs) === run) onFirstFailure?.(failed);
      options.onProgress({ step: 'ran', run, done: runs.length, of: points.length });
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return inOrder(runs);
}

async function migrateAt(
  point: PlacedPoint,
  { recording }: EndedRun,
  limitMs: number,
  { run, strict, by, signal }: SweepOptions,
): Promise<JudgedRun> {
  const limit = AbortSignal.timeout(limitMs);
  const begun = Date.now();
  try {
    const ended = await run(point.at, AbortSignal.any([signal, limit]));
    const tooLong = limit.aborted && ended.end.how === 'stopped' && !signal.aborted;
    return judgeRun(point, recording, { run: ended, tookMs: Date.now() - begun, tooLong }, { strict, by });
  } catch (error) {
    if (!(error instanceof RunProblem)) throw error;
    const { at, what, time, place } = point;
    const nothing = { verdict: null, comparison: null, printed: null, tookMs: Date.now() - begun };
    return { run: { at, what, time, place, ...nothing, outcome: 'not-known', sentence: error.message } };
  }
}

function shortestOf(runs: readonly SweepRun[], commandFor: (at: string) => string): SweepReport['shortest'] {
  const run = firstFailure(runs);
  return run === undefined ? null : { at: run.at, what: run.what, sentence: run.sentence, command: commandFor(run.at) };
}
