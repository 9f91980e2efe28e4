import { setTimeout as after } from 'node:timers/promises';
import type { RecordedEvent, RestartCause, WindowEnd } from '../recording.ts';
import { fidelityOf } from './fidelity.ts';
import { NO_EVENT } from './restart-cause.ts';
import { RunProblem, type ActorRun, type RunOptions } from './run.ts';
import { startRun } from './start-run.ts';
import { TriggerSequence, type Trigger } from './trigger.ts';

export interface Schedule {
  /** One migration each, in this order, or what `by` says in its place. */
  readonly triggers: readonly Trigger[];
  /** A migration unless told. */
  readonly by?: RestartCause;
  /** Where the Actor is told of it. */
  readonly graceMs: number;
}

export interface ScheduledRun {
  readonly run: ActorRun;
  /** How the window of each migration ended that has become due, or why there was none; `undefined` where none was due. */
  readonly migrations: () => Promise<readonly (WindowEnd | RunProblem | undefined)[]>;
}

/**
 * Starts a run whose process is ended whenever a trigger is due.
 *
 * @throws {RunProblem} when it could not be started
 */
export async function startScheduledRun(options: RunOptions, schedule: Schedule): Promise<ScheduledRun> {
  if (schedule.by === 'graceful-abort' && fidelityOf(options.actorFolder) === 'local')
    throw new RunProblem('not-started', NO_EVENT);
  const sequence = new TriggerSequence(schedule.triggers);
  const migrations: Promise<WindowEnd | RunProblem | undefined>[] = [];
  // The first events come while the run is still being started.
  let run: ActorRun | undefined;
  const dueEarly: number[] = [];
  const onEvent = (event: RecordedEvent): void => {
    options.onEvent?.(event);
    const ms = sequence.see(event);
    if (ms === undefined) return;
    if (run === undefined) dueEarly.push(ms);
    else migrations.push(restartAfter(ms, run, schedule));
  };
  const started = await startRun({ ...options, onEvent });
  run = started;
  migrations.push(...dueEarly.map(async (ms) => await restartAfter(ms, started, schedule)));
  return { run: started, migrations: async () => await Promise.all(migrations) };
}

async function restartAfter(
  ms: number,
  run: ActorRun,
  { by = 'migration', graceMs }: Schedule,
): Promise<WindowEnd | RunProblem | undefined> {
  await Promise.race([after(ms, undefined, { ref: false }), run.ended]);
  try {
    if (by === 'migration') return await run.migrate({ graceMs });
    if (by === 'graceful-abort') return await run.abortGracefully({ graceMs });
    await run.endAtOnce(by);
    return undefined;
  } catch (error) {
    if (error instanceof RunProblem) return error;
    throw error;
  }
}
