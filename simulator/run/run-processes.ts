import { reap } from '../platform/reaper.ts';
import type { PlatformCalls } from '../platform/protocol.ts';
import type { ProcessExit, Time } from '../recording.ts';
import { withTemporaryFolder } from './environment.ts';
import { isolatedCopy } from './isolated-copy.ts';
import type { Launched } from './launcher.ts';
import type { LocalDisk } from './local-disk.ts';
import { PlatformLost, type PlatformProcess } from './platform-process.ts';
import type { ProcessLife, Turn } from './process-life.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunRecording } from './run-recording.ts';
import { RunProblem, type RunOptions } from './run.ts';

/** What a run is made of, ready for its first process. */
export interface RunParts {
  readonly options: RunOptions;
  readonly folder: RunFolder;
  readonly platform: PlatformProcess;
  readonly recording: RunRecording;
  readonly disk: LocalDisk;
  /** Of every process, but for its temporary folder. */
  readonly environment: Readonly<Record<string, string>>;
}

type KillReason = Parameters<PlatformCalls['kill']>[0]['why'];

/** Starts the processes of a run and ends them: what is done, not when. */
export class RunProcesses {
  readonly #parts: RunParts;
  #running: { readonly launched: Launched; readonly exited: Promise<{ exit: ProcessExit; at: Time }> } | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  /**
   * Starts a process; its exit ends its life, unless something else does before.
   *
   * @throws {RunProblem} `not-started`, or what the launcher says
   * @throws {PlatformLost}
   */
  async launch(life: ProcessLife): Promise<void> {
    const { folder, platform, recording, options, environment } = this.#parts;
    const { number } = life;
    const temporaryFolder = await folder.temporaryFolder(number);
    const copy = options.isolated === true ? await folder.folderFor(number) : undefined;
    await platform.call('processStarts', { number });
    recording.record(number, { kind: 'process-started' });
    const launched = await this.#start(options, {
      number,
      environment: withTemporaryFolder(environment, temporaryFolder),
      folder: copy === undefined ? undefined : await isolatedCopy(options.actorFolder, copy),
      log: (text) => this.log(life, text),
    });
    const exited = launched.exited.then((exit) => {
      const at = recording.now();
      life.end({ turn: 'exit', exit });
      return { exit, at };
    });
    this.#running = { launched, exited };
  }

  log(life: ProcessLife, text: string): void {
    life.printed = true;
    // The loss of the platform ends the run by itself.
    this.#parts.platform.call('appendLog', { text }).catch(() => undefined);
  }

  async #start({ launcher }: RunOptions, launch: Parameters<RunOptions['launcher']['start']>[0]): Promise<Launched> {
    try {
      return await launcher.start(launch);
    } catch (error) {
      if (error instanceof RunProblem) throw error;
      throw new RunProblem('not-started', error instanceof Error ? error.message : String(error));
    }
  }

  /** Names the files that an earlier process left on the local disk and that this one has read. */
  async lookAtDisk({ number }: ProcessLife): Promise<void> {
    const { disk, recording } = this.#parts;
    for (const file of await disk.look()) recording.record(number, { kind: 'disk-file', ...file });
  }

  /** Sees to it that nothing is left of a process whose life has ended. */
  async leave(life: ProcessLife, turn: Turn): Promise<void> {
    const { platform, recording, disk } = this.#parts;
    if (turn.turn === 'exit') await platform.call('processEnded', { exit: turn.exit });
    await this.#kill(life, reasonOf(turn));
    const running = this.#running;
    this.#running = undefined;
    await running?.launched.stop();
    const ended = await running?.exited;
    if (ended !== undefined)
      recording.record(
        life.number,
        { kind: 'process-exited', exit: ended.exit, killed: turn.turn !== 'exit' },
        ended.at,
      );
    await this.lookAtDisk(life);
    if (life.isFollowed) await disk.processGone(life.number);
  }

  async #kill(life: ProcessLife, why: KillReason): Promise<void> {
    const { platform, folder, recording } = this.#parts;
    try {
      await platform.call('kill', { why });
    } catch (error) {
      if (!(error instanceof PlatformLost)) throw error;
      const processes = await reap(folder.path);
      recording.record(life.number, { kind: 'killed', why, processes, unlocked: 0 });
    }
  }

  /** Ends what is left of the run: processes, the platform with its ports, the run's folder. */
  async end(): Promise<void> {
    const { platform, folder } = this.#parts;
    // A platform that is gone has closed its ports by that, and one that fails to finish is ended.
    await platform.call('finish').catch(() => platform.kill());
    await platform.gone;
    await reap(folder.path);
    await this.#running?.launched.stop();
    await folder.remove();
  }
}

function reasonOf(turn: Turn): KillReason {
  if (turn.turn === 'exit') return 'leftovers';
  return turn.turn === 'restart' ? turn.why : 'stop';
}
