import { compare, type Comparison } from '../comparison/index.ts';
import type { Recording } from '../recording.ts';
import type { EndedRun } from '../run/run-to-end.ts';
import { exitCode, judge, type Verdict } from '../verdict/index.ts';
import { wordsOf } from '../verdict/cause-words.ts';
import type { JudgeOptions } from '../verdict/judge.ts';
import { duration } from '../verdict/words.ts';
import type { Point } from './points.ts';
import type { FailedRun, SweepRun } from './report.ts';

/** A run that is over, with what the Actor printed last. */
export type PrintedRun = EndedRun & { readonly printed: string };

/** A point, and its place among those at which the Actor is migrated. */
export type PlacedPoint = Point & { readonly place: number };

export interface Judged {
  readonly run: PrintedRun;
  readonly tookMs: number;
  /** It was stopped since it did not end. */
  readonly tooLong: boolean;
}

export interface JudgedRun {
  readonly run: SweepRun;
  /** Where it failed. */
  readonly failed?: FailedRun;
}

/** What a run shows that was migrated at a point: by its verdict, and beside the undisturbed run. */
export function judgeRun(
  { at, what, time, place }: PlacedPoint,
  undisturbed: Recording,
  judged: Judged,
  options: Required<JudgeOptions>,
): JudgedRun {
  const { recording, printed } = judged.run;
  const verdict = judge(recording, options);
  const comparison = compare(undisturbed, recording, options);
  const outcome = outcomeOf(verdict, comparison, judged, options);
  const run = {
    at,
    what,
    time,
    place,
    tookMs: judged.tookMs,
    verdict: verdict.word,
    comparison: comparison.outcome,
    ...outcome,
    printed: outcome.outcome === 'failed' || outcome.outcome === 'not-known' ? printed : null,
  };
  return outcome.outcome === 'failed' ? { run, failed: { at, recording, verdict, comparison } } : { run };
}

function outcomeOf(
  verdict: Verdict,
  comparison: Comparison,
  { run: { recording, end }, tookMs, tooLong }: Judged,
  { by }: Required<JudgeOptions>,
): Pick<SweepRun, 'outcome' | 'sentence'> {
  if (exitCode(verdict) === 1) return { outcome: 'failed', sentence: verdict.sentence };
  // It ended before the migration came, or in its grace period.
  const isMigrated = recording.events.some(({ kind, process }) => kind === 'process-started' && process > 1);
  if (!isMigrated && end.how === 'exit' && end.exit.code === 0)
    return { outcome: 'not-reached', sentence: verdict.sentence };
  if (tooLong) {
    const sentence = `The ${wordsOf(by).run} run had not ended after ${duration(tookMs)}, and was stopped.`;
    return { outcome: 'failed', sentence };
  }
  if (end.how === 'problem') return { outcome: 'not-known', sentence: end.problem.message };
  const { sentence } = comparison;
  if (comparison.outcome === 'different') return { outcome: 'failed', sentence };
  return { outcome: comparison.outcome === 'not-compared' ? 'not-known' : 'passed', sentence };
}
