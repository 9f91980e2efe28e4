import type { Faults } from '../faults.ts';
import type { ProcessExit, RecordedEvent, Recording, SuddenCause, WindowEnd } from '../recording.ts';
import type { Launcher } from './launcher.ts';

/** The programs that the simulator starts or hands to others; a face knows where they were installed. */
export interface ProgramFiles {
  /** The platform's process, forked with Node. */
  readonly platform: string;
  /** Required by every Node process of the run. */
  readonly preload: string;
}

export interface RunOptions {
  readonly programs: ProgramFiles;
  /** The Actor's folder: its working directory. */
  readonly actorFolder: string;
  readonly storage: StorageChoice;
  readonly launcher: Launcher;
  /** The environment that the processes inherit, before what the platform sets and takes out. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds that a storage write takes to reach the server; 100 unless told. */
  readonly latencyMs?: number;
  /** None unless told; without the Apify SDK there is no platform that could play them. */
  readonly faults?: Faults;
  readonly keepLocks?: boolean;
  /** Each process runs in a fresh copy of the Actor's folder; the launcher must start it there. */
  readonly isolated?: boolean;
  /** Milliseconds within which a process must have made a call to the platform; 60,000 unless told. */
  readonly startLimitMs?: number;
  /** Told of every event as it is recorded. */
  readonly onEvent?: (event: RecordedEvent) => void;
  /** Told whenever the state has changed, and each second of an open window. */
  readonly onState?: (state: RunState) => void;
}

/**
 * `project`: the Actor's own `storage/` folder, its default storages emptied first as `apify run` does (INPUT kept).
 * `fresh`: a temporary folder that goes with the run; INPUT and named storages are copied from `from`, where it is there.
 * `folder`: the named folder as it is; an empty or new one is filled from `from` like a fresh one, and stays.
 */
export type StorageChoice =
  | { readonly kind: 'project'; readonly folder: string }
  | { readonly kind: 'fresh'; readonly from?: string | undefined }
  | { readonly kind: 'folder'; readonly folder: string; readonly from?: string | undefined };

export type RunState =
  /** Started, but it does not listen for events yet: it cannot be migrated. */
  | { readonly state: 'starting'; readonly process: number }
  | { readonly state: 'running'; readonly process: number }
  | { readonly state: 'window'; readonly process: number; readonly remainingMs: number; readonly paused: boolean }
  | { readonly state: 'restarting'; readonly process: number }
  | { readonly state: 'ended'; readonly process: number; readonly end: RunEnd };

/** `problem`: why the run could not go on, as a sentence for the person. */
export type RunEnd =
  | { readonly how: 'exit'; readonly exit: ProcessExit }
  | { readonly how: 'stopped' }
  | { readonly how: 'problem'; readonly problem: RunProblem };

export type ProblemKind =
  /** The command could not be started at all. */
  | 'not-started'
  /** It makes no call to the platform: no SDK, an unknown one, or stuck. */
  | 'never-connected'
  /** It ended before there was anything to migrate. */
  | 'ended-early'
  /** Something restarts it by itself, so that a kill proves nothing. */
  | 'watcher'
  | 'storage'
  /** The platform's process is gone. */
  | 'platform-lost';

/** Bad input or a failure that is answered with a sentence: what, where, what to do. */
export class RunProblem extends Error {
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, sentence: string) {
    super(sentence);
    this.name = 'RunProblem';
    this.kind = kind;
  }
}

/** One Actor run, across its processes. */
export interface ActorRun {
  readonly id: string;
  readonly state: RunState;
  /** All that was recorded until now. */
  recording(): Recording;
  /**
   * Migrates once: frame, window, kill, restart. A call while a window is open joins it. Fulfilled when the next process
   * has been launched, or when the window ended otherwise.
   *
   * @throws {RunProblem} `never-connected` where no process listens for events
   */
  migrate(options: { readonly graceMs: number }): Promise<WindowEnd>;
  /**
   * Aborts the run gracefully, and resurrects it: frames, window, the end of the process, the next one. As {@link migrate},
   * but for a process that ends by itself in the window: another takes its place.
   *
   * @throws {RunProblem} `never-connected` where no process listens for events
   */
  abortGracefully(options: { readonly graceMs: number }): Promise<WindowEnd>;
  /**
   * Kills the process without a word and starts the next: of the same run, which an abort and a time-out have finished and
   * which is resurrected then. Fulfilled when the next process has been launched, or when the run has ended otherwise;
   * nothing where the process has ended, or a window is open.
   */
  endAtOnce(by: SuddenCause): Promise<void>;
  /** Ends the open window at once; nothing without one. */
  endWindow(): void;
  /**
   * Calls the open window of a migration off: the process lives on. The Actor has heard `migrating` and cannot unhear it; a
   * reboot that it asks for then is refused.
   */
  cancelWindow(): void;
  /** A debugger holds the process: the window's and the locks' clocks stand still until {@link resume}. */
  pause(): void;
  resume(): void;
  /** What the Actor printed: kept as the run's log. */
  appendLog(text: string): void;
  /** Ends the run now, whatever it does. Fulfilled when nothing of it is left. */
  stop(): Promise<void>;
  /** Fulfilled when the run has ended and nothing of it is left: no process, port, temporary folder. Never rejects. */
  readonly ended: Promise<RunEnd>;
}
