import type { ProcessExit } from '../recording.ts';

/** Starts the processes of a run: spawned from a command, or as child sessions of a debugger. */
export interface Launcher {
  /**
   * Starts the Actor once more: always the same command.
   *
   * @throws {Error} with a sentence for the person when it cannot be started
   */
  start(launch: Launch): Promise<Launched>;
}

export interface Launch {
  /** 1 for the first process of the run. */
  readonly number: number;
  /** The whole environment of the process, in place of that of the caller; NODE_OPTIONS may be added to, never replaced. */
  readonly environment: Readonly<Record<string, string>>;
  /** A copy of the Actor's folder to start it in, for this process alone; `undefined`: in the folder itself. */
  readonly folder?: string | undefined;
  /** Takes what the process prints, for the run's log; a launcher that lets it print straight to a terminal cannot tell. */
  readonly log: (text: string) => void;
}

export interface Launched {
  /** Fulfilled when the root process has ended, however it ended. */
  readonly exited: Promise<ProcessExit>;
  /**
   * Lets go of the process after the run has killed it: a debugger's session is stopped here. Fulfilled when nothing of it
   * is left in the launcher.
   */
  stop(): Promise<void>;
}
