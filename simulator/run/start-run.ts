import { randomBytes } from 'node:crypto';
import { hasFaults, NO_FAULTS } from '../faults.ts';
import type { PlatformOptions } from '../platform/protocol.ts';
import type { RecordedEvent } from '../recording.ts';
import { SteppedRun } from './actor-run.ts';
import { runEnvironment } from './environment.ts';
import { fidelityOf } from './fidelity.ts';
import { LocalDisk } from './local-disk.ts';
import { PlatformProcess } from './platform-process.ts';
import { RunFolder, sweep } from './run-folder.ts';
import { RunRecording } from './run-recording.ts';
import { RunProblem, type ActorRun, type RunOptions } from './run.ts';
import { prepareStorage } from './storage-folder.ts';

const LATENCY_MS = 100;
const NO_PLATFORM =
  'Crawlee without the Apify SDK writes to its own disk, where no platform can play faults: leave them out.';
const UNWATCHED_DISK =
  "The Actor's folder holds more than 5,000 files, so files on the local disk that outlive a migration are not named.\n";

/**
 * Starts an Actor as a run on a local platform. What runs before it have left behind by a crash is swept first.
 *
 * @returns the run, when its first process has been launched
 * @throws {RunProblem} when it could not be; nothing is left then
 */
export async function startRun(options: RunOptions): Promise<ActorRun> {
  const run = await prepare(options).catch((error: unknown) => {
    throw error instanceof RunProblem ? error : new RunProblem('not-started', messageOf(error));
  });
  await run.begun;
  if (run.state.state === 'ended' && run.state.end.how === 'problem') throw run.state.end.problem;
  return run;
}

async function prepare(options: RunOptions): Promise<SteppedRun> {
  await sweep();
  const id = newRunId();
  const folder = await RunFolder.create(id);
  try {
    return await prepareIn(folder, id, options);
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

async function prepareIn(folder: RunFolder, id: string, options: RunOptions): Promise<SteppedRun> {
  // The folder is this process's from now on: swept by the next run should it die before the platform lives.
  await folder.ownedBy([process.pid]);
  const storageFolder = await prepareStorage(options.storage, folder.freshStorage);
  const fidelity = fidelityOf(options.actorFolder);
  const { faults = NO_FAULTS } = options;
  if (fidelity === 'local' && hasFaults(faults)) throw new RunProblem('not-started', NO_PLATFORM);
  const startedAt = Date.now();
  const recording = new RunRecording(id, startedAt, fidelity, (event) => options.onEvent?.(event));
  let run: SteppedRun | undefined = undefined;
  const platform = new PlatformProcess(options.programs.platform, {
    event(event: RecordedEvent) {
      recording.add(event);
      run?.onEvent(event);
    },
    trouble: (sentence) => run?.fail('storage', sentence),
    gone: (lost) => run?.fail('platform-lost', lost.message),
  });
  const { environment, takenOut } = await start(platform, folder, {
    runId: id,
    fidelity,
    startedAt,
    actorFolder: options.actorFolder,
    storageFolder,
    runFolder: folder.path,
    latencyMs: options.latencyMs ?? LATENCY_MS,
    faults,
    keepLocks: options.keepLocks ?? false,
  });
  const disk = new LocalDisk(options.actorFolder, storageFolder);
  if (!(await disk.start())) await platform.call('appendLog', { text: UNWATCHED_DISK });
  run = new SteppedRun({
    options,
    folder,
    platform,
    recording,
    disk,
    environment: runEnvironment({
      inherited: options.environment,
      takenOut,
      platform: environment,
      preload: options.programs.preload,
    }),
  });
  return run;
}

async function start(platform: PlatformProcess, folder: RunFolder, options: PlatformOptions) {
  try {
    if (platform.pid !== undefined) await folder.ownedBy([process.pid, platform.pid]);
    return await platform.call('start', options);
  } catch (error) {
    platform.kill();
    await platform.gone;
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** As Apify's ids: 17 letters and digits. */
function newRunId(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from(randomBytes(17), (byte) => letters[byte % letters.length]).join('');
}
