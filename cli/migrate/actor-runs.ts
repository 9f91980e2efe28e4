import {
  type EndedRun,
  type Launcher,
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
  readonly triggers: readonly Trigger[];
  readonly onEvent?: (event: RecordedEvent) => void;
  readonly signal: AbortSignal;
  /** `show`: what the Actor prints is shown as it is, `stderr`: standard output is for the JSON alone. */
  readonly output: 'show' | 'stderr' | 'hide';
}

/**
 * Runs the Actor of a plan once.
 *
 * @throws {UsageError} when it cannot be started
 */
export async function runActor(plan: MigrationPlan, request: RunRequest, terminal: Terminal): Promise<EndedRun> {
  const { triggers, onEvent, signal, output } = request;
  const options = {
    programs: terminal.programs,
    actorFolder: plan.actorFolder,
    storage: plan.storage,
    launcher: launcherOf(plan, output, terminal),
    environment: terminal.env,
    latencyMs: plan.latencyMs,
    keepLocks: plan.keepLocks,
    ...(onEvent === undefined ? {} : { onEvent }),
  };
  try {
    return await runToEnd(options, { triggers, graceMs: plan.graceMs }, signal);
  } catch (error) {
    throw error instanceof RunProblem ? new UsageError(error.message) : error;
  }
}

function launcherOf(
  { command, actorFolder: cwd }: MigrationPlan,
  output: RunRequest['output'],
  { stderr }: Terminal,
): Launcher {
  const streams = {
    show: 'inherit',
    stderr: (chunk: Buffer) => void stderr.write(chunk),
    hide: () => undefined,
  } as const;
  return spawnLauncher({ command, cwd, output: streams[output] });
}
