import { compare, type Comparison, exitCodeWith } from '../comparison/index.ts';
import type { Recording, RestartCause } from '../recording.ts';
import type { EndedRun } from '../run/run-to-end.ts';
import type { RunEnd } from '../run/run.ts';
import { exitCode, judge, type Verdict } from '../verdict/index.ts';

export interface TrialOptions {
  /** Runs the Actor once, migrated as it was asked for, or not at all. */
  readonly run: (which: 'undisturbed' | 'migrated') => Promise<EndedRun>;
  /** Runs it undisturbed as well, first. */
  readonly compare: boolean;
  /** What at-least-once allows is a fault, too. */
  readonly strict: boolean;
  /** What the Actor's process is to be ended by. */
  readonly by: RestartCause;
  readonly signal: AbortSignal | undefined;
}

/** A migrated run of an Actor, and what it has shown. */
export interface Trial {
  readonly recording: Recording;
  readonly end: RunEnd;
  readonly verdict: Verdict;
  /** Where it was asked for. */
  readonly comparison: Comparison | undefined;
  /** 0 resumed, 1 state lost or work repeated, 2 nothing to resume or not known, 130 interrupted. */
  readonly exitCode: number;
}

/**
 * Migrates an Actor, with an undisturbed run beside it where that is asked for. One that fails undisturbed is not migrated.
 *
 * @throws {RunProblem} when it cannot be run, or could not go on before it was migrated
 */
export async function tryMigration({ run, compare: beside, strict, by, signal }: TrialOptions): Promise<Trial> {
  const undisturbed = beside ? await run('undisturbed') : undefined;
  const migrated = undisturbed === undefined || endedWell(undisturbed) ? await run('migrated') : undisturbed;
  const { recording, end } = migrated;
  // A restart that fails is what the verdict is about; a run that never came so far has none.
  if (end.how === 'problem' && !hasRestarted(recording)) throw end.problem;
  const verdict = judge(recording, { strict, by });
  const comparison = undisturbed === undefined ? undefined : compare(undisturbed.recording, recording, { strict, by });
  const code = exitCodeOf(verdict, end);
  const compared = comparison === undefined ? code : exitCodeWith(comparison.outcome, code);
  return { recording, end, verdict, comparison, exitCode: signal?.aborted === true ? 130 : compared };
}

function endedWell({ end }: EndedRun): boolean {
  return end.how === 'exit' && end.exit.code === 0;
}

function hasRestarted({ events }: Recording): boolean {
  return events.some(({ kind, process }) => kind === 'process-started' && process > 1);
}

/** A run that could not go on has shown no more than that, unless it was bad until then. */
function exitCodeOf(verdict: Verdict, { how }: RunEnd): number {
  const code = exitCode(verdict);
  return how === 'problem' && code === 0 ? 2 : code;
}
