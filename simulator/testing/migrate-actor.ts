import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Recording, RestartCause, WindowEnd } from '../recording.ts';
import type { ActorRun, ProgramFiles, RunEnd, RunOptions, RunProblem } from '../run/run.ts';
import { startScheduledRun } from '../run/scheduled-run.ts';
import { spawnLauncher } from '../run/spawn-launcher.ts';
import { parseTrigger } from '../run/trigger.ts';
import { repository } from './installed-sdk.ts';

export interface Migration extends Partial<Omit<RunOptions, 'actorFolder' | 'launcher' | 'environment'>> {
  /** The Actor's folder; its `storage` is used as a project's unless told. */
  readonly folder: string;
  /** `node src/main.js` unless told. */
  readonly command?: readonly string[];
  /** When to migrate, as `--at` says it: `first-write` unless told. */
  readonly at?: readonly string[];
  /** What ends its process then: a migration unless told. */
  readonly by?: RestartCause;
  /** 10,000 unless told. */
  readonly graceMs?: number;
  /** Added to that of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Called once it has been started: to stop it, to end a window… */
  readonly act?: (run: ActorRun) => Promise<void>;
}

export interface MigratedActor {
  readonly recording: Recording;
  readonly end: RunEnd;
  /** How the window of each migration ended, or why it was none; `undefined` where there is none by nature. */
  readonly windows: readonly (WindowEnd | RunProblem | undefined)[];
  /** All that the Actor printed. */
  readonly output: string;
}

const BUILD =
  "import { build } from './scripts/build.mjs'; await build({ quiet: true, only: ['platform', 'preload'] });";

let built: ProgramFiles | undefined;

/** The built programs of the simulator. */
export function programs(): ProgramFiles {
  if (built === undefined) {
    execFileSync(process.execPath, ['--input-type=module', '-e', BUILD], { cwd: repository, stdio: 'inherit' });
    built = { platform: join(repository, 'dist', 'platform.cjs'), preload: join(repository, 'dist', 'preload.cjs') };
  }
  return built;
}

/**
 * Runs an Actor to its end on the real platform process, migrated when it is due.
 *
 * @throws {RunProblem} when it cannot be started
 */
export async function migrateActor(migration: Migration): Promise<MigratedActor> {
  const {
    folder,
    command = ['node', 'src/main.js'],
    at = ['first-write'],
    by,
    graceMs = 10_000,
    ...options
  } = migration;
  let output = '';
  const { run, migrations } = await startScheduledRun(
    {
      programs: programs(),
      actorFolder: folder,
      storage: { kind: 'project', folder: join(folder, 'storage') },
      launcher: spawnLauncher({ command, cwd: folder, output: (chunk) => (output += chunk.toString()) }),
      ...options,
      environment: { ...process.env, ...migration.environment },
    },
    { triggers: at.map(parseTrigger), graceMs, ...(by === undefined ? {} : { by }) },
  );
  const acting = migration.act?.(run).catch(async (error: unknown) => {
    await run.stop();
    throw error;
  });
  const [end] = await Promise.all([run.ended, acting]);
  return { recording: run.recording(), end, windows: await migrations(), output };
}
