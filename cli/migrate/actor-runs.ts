import {
  type EndedRun,
  NO_FAULTS,
  type RecordedEvent,
  RunProblem,
  runToEnd,
  spawnLauncher,
  type Trigger,
} from '../../simulator/index.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { MigrationPlan } from './plan.ts';

/** What a run is told to do beside what the plan says. */
export interface RunRequest {
  /** None: the run is left undisturbed, without faults too. */
  readonly triggers: readonly Trigger[];
  readonly onEvent?: (event: RecordedEvent) => void;
  readonly signal: AbortSignal;
  /** `inherit`: what the Actor prints is shown as it is. */
  readonly output: 'inherit' | ((chunk: Buffer) => void);
}

/**
 * Runs the Actor of a plan once.
 *
 * @throws {RunProblem} when it cannot be started
 */
export async function runActor(plan: MigrationPlan, request: RunRequest, terminal: Terminal): Promise<EndedRun> {
  const { triggers, onEvent, signal, output } = request;
  const options = {
    programs: terminal.programs,
    actorFolder: plan.actorFolder,
    storage: plan.storage,
    launcher: spawnLauncher({ command: plan.command, cwd: plan.actorFolder, output }),
    environment: terminal.env,
    latencyMs: plan.latencyMs,
    faults: triggers.length > 0 ? plan.faults : NO_FAULTS,
    keepLocks: plan.keepLocks,
    isolated: plan.isolated,
    ...(onEvent === undefined ? {} : { onEvent }),
  };
  return await runToEnd(options, { triggers, by: plan.by, graceMs: plan.graceMs }, signal);
}

/** @throws {UsageError} with the sentence of a run that cannot be started */
export async function sayingProblems<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RunProblem ? new UsageError(error.message) : error;
  }
}
