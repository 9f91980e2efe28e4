import type { Recording } from '../recording.ts';
import type { RunEnd, RunOptions } from './run.ts';
import { startScheduledRun, type Schedule } from './scheduled-run.ts';

/** A run that is over, and all that was recorded of it. */
export interface EndedRun {
  readonly recording: Recording;
  readonly end: RunEnd;
}

/**
 * Runs an Actor to its end, migrated whenever a trigger is due.
 *
 * @param signal stops the run, whatever it does
 * @throws {RunProblem} when it could not be started
 */
export async function runToEnd(options: RunOptions, schedule: Schedule, signal?: AbortSignal): Promise<EndedRun> {
  const { run } = await startScheduledRun(options, schedule);
  const stop = (): void => void run.stop();
  // It may have come before there was a run to stop.
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const end = await run.ended;
  signal?.removeEventListener('abort', stop);
  return { recording: run.recording(), end };
}
