import type { Comparison, ComparisonOutcome, Totals } from '../comparison/index.ts';
import type { Recording, RestartCause } from '../recording.ts';
import type { Verdict, VerdictWord } from '../verdict/index.ts';
import type { LeftOut } from './selection.ts';

/** What a sweep found, or one shard of it: the output of `actor-state migrate --sweep --json`, version 1, see sweep-output.schema.json. */
export interface SweepReport {
  readonly version: 1;
  /** What it is called by its package.json, else as its folder is. */
  readonly actor: string;
  /** What starts the Actor. */
  readonly command: readonly string[];
  /** What ended its process at each point. */
  readonly by: RestartCause;
  /** What the undisturbed run produced; `null` where it did not come to its end. */
  readonly undisturbed: Totals | null;
  /** Why nothing was migrated, where nothing was. */
  readonly problem: string | null;
  readonly shards: Shards;
  /** Points of interest, those less than 5 ms apart counted as one. */
  readonly points: { readonly found: number; readonly leftOut: readonly LeftOut[] };
  /** In the order of the points. */
  readonly runs: readonly SweepRun[];
  /** Points at which the Actor was to be migrated, and was not before the sweep was interrupted. */
  readonly notRun: readonly string[];
  readonly shortest: ShortestFailure | null;
  /** 0 passed at every point, 1 failed at one, 2 not known for one, or a shard is missing, 130 interrupted. */
  readonly exitCode: number;
}

export interface Shards {
  readonly of: number;
  /** From 1. */
  readonly present: readonly number[];
}

/** One run, migrated at one point. */
export interface SweepRun {
  readonly at: string;
  readonly what: string;
  /** Its place among the points of all shards, from 0. */
  readonly place: number;
  /** When it was, in the undisturbed run. */
  readonly time: number;
  readonly outcome: RunOutcome;
  readonly verdict: VerdictWord | null;
  readonly comparison: ComparisonOutcome | null;
  readonly sentence: string;
  /** What the Actor printed last, where it did not pass; `null` otherwise. */
  readonly printed: string | null;
  /** How long the run took. */
  readonly tookMs: number;
}

/**
 * `passed`: nothing was lost or done twice. `not-reached`: the Actor had ended before. `not-known`: the run could not be made,
 * or was stopped.
 */
export type RunOutcome = 'passed' | 'failed' | 'not-reached' | 'not-known';

/** Of the points at which the Actor failed the first. */
export interface ShortestFailure {
  readonly at: string;
  readonly what: string;
  readonly sentence: string;
  /** What repeats it, for a shell. */
  readonly command: string;
}

/** The run in which the Actor failed at the first point: more than a report has room for. */
export interface FailedRun {
  readonly at: string;
  readonly recording: Recording;
  readonly verdict: Verdict;
  readonly comparison: Comparison;
}

export function missingShards({ of, present }: Shards): readonly number[] {
  return Array.from({ length: of }, (_, index) => index + 1).filter((shard) => !present.includes(shard));
}

export function inOrder(runs: readonly SweepRun[]): readonly SweepRun[] {
  return runs.toSorted((a, b) => a.place - b.place);
}

export function firstFailure(runs: readonly SweepRun[]): SweepRun | undefined {
  return inOrder(runs).find(({ outcome }) => outcome === 'failed');
}

/**
 * @param isWhole all that there is, not one shard of it: then every shard must be there, and one point must have shown something
 */
export function sweepExitCode(
  { runs, shards, notRun, problem }: Pick<SweepReport, 'runs' | 'shards' | 'notRun' | 'problem'>,
  isWhole: boolean,
): number {
  if (notRun.length > 0) return 130;
  const outcomes = new Set(runs.map(({ outcome }) => outcome));
  if (outcomes.has('failed')) return 1;
  if (problem !== null || outcomes.has('not-known')) return 2;
  return isWhole && (missingShards(shards).length > 0 || !outcomes.has('passed')) ? 2 : 0;
}
