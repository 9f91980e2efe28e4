import { setTimeout as after } from 'node:timers/promises';
import type { RecordedEvent, WindowEnd } from '../recording.ts';
import { RunProblem, type ActorRun, type RunOptions } from './run.ts';
import { startRun } from './start-run.ts';
import { TriggerSequence, type Trigger } from './trigger.ts';

export interface Schedule {
  /** One migration each, in this order. */
  readonly triggers: readonly Trigger[];
  readonly graceMs: number;
}

export interface ScheduledRun {
  readonly run: ActorRun;
  /** How the window of each migration ended that has become due, or why there was none. */
  readonly migrations: () => Promise<readonly (WindowEnd | RunProblem)[]>;
}

/**
 * Starts a run that is migrated whenever a trigger is due.
 *
 * @throws {RunProblem} when it could not be started
 */
export async function startScheduledRun(options: RunOptions, { triggers, graceMs }: Schedule): Promise<ScheduledRun> {
  const sequence = new TriggerSequence(triggers);
  const migrations: Promise<WindowEnd | RunProblem>[] = [];
  // The first events come while the run is still being started.
  let run: ActorRun | undefined;
  const dueEarly: number[] = [];
  const onEvent = (event: RecordedEvent): void => {
    options.onEvent?.(event);
    const ms = sequence.see(event);
    if (ms === undefined) return;
    if (run === undefined) dueEarly.push(ms);
    else migrations.push(migrateAfter(ms, run, graceMs));
  };
  const started = await startRun({ ...options, onEvent });
  run = started;
  migrations.push(...dueEarly.map(async (ms) => await migrateAfter(ms, started, graceMs)));
  return { run: started, migrations: async () => await Promise.all(migrations) };
}

async function migrateAfter(ms: number, run: ActorRun, graceMs: number): Promise<WindowEnd | RunProblem> {
  await Promise.race([after(ms, undefined, { ref: false }), run.ended]);
  try {
    return await run.migrate({ graceMs });
  } catch (error) {
    if (error instanceof RunProblem) return error;
    throw error;
  }
}
