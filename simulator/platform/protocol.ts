/**
 * What a run and its platform process tell each other over Node's IPC channel. Plain values only.
 *
 * The platform process outlives and cleans up after whoever started it: when the channel closes, it kills every process of
 * the run and ends. The run does the same when the platform process is gone.
 */
import type { Faults } from '../faults.ts';
import type { Fidelity, Killed, ProcessExit, RecordedEvent, Time } from '../recording.ts';

export interface PlatformOptions {
  readonly runId: string;
  /** `platform` unless told: what is served to the Actor. */
  readonly fidelity?: Fidelity;
  /** When the run began: milliseconds since 1970. Times in the recording count from it. */
  readonly startedAt: number;
  /** The Actor's folder: input schema, .actor/actor.json and pay-per-event prices are read from it. */
  readonly actorFolder: string;
  /** Where the storages are kept, in Crawlee's local layout. */
  readonly storageFolder: string;
  /** The run's own folder (see run/run-folder.ts); the preload writes the run's processes into it. */
  readonly runFolder: string;
  /** Milliseconds a storage write takes to reach the server. */
  readonly latencyMs: number;
  /** None unless told. */
  readonly faults?: Faults | undefined;
  /** Locks of a killed process stay until they expire. */
  readonly keepLocks: boolean;
  /** A proxy to pass requests on to, such as the user's own Apify Proxy; straight on without. */
  readonly upstreamProxyUrl?: string | undefined;
  /** What the run may charge at the most, in US dollars; without: no limit. */
  readonly maxTotalChargeUsd?: number | undefined;
}

/** What the platform needs the processes of the run to have in their environment; the same for each of them. */
export type PlatformEnvironment = Readonly<Record<string, string>>;

/** The requests of the run to the platform: name, what goes in, what comes out. */
export interface PlatformCalls {
  /** The first call. */
  start(options: PlatformOptions): {
    readonly environment: PlatformEnvironment;
    /** Variables that the processes must not inherit: with them an Actor at home does not start, or uses other storages. */
    readonly takenOut: readonly string[];
  };
  /** A process is about to be started: calls from now on are its own. A run that has finished is resurrected by it. */
  processStarts(process: { readonly number: number }): void;
  /** Sends the `migrating` frame, once. Fails where no process listens. */
  sendMigrating(window: { readonly graceMs: number }): void;
  /** The run is aborted gracefully: sends the `aborting` and `persistState` frames. Fails where no process listens. */
  sendAborting(): void;
  /** The migration was called off: reboots that this process asks for are refused from now on. */
  refuseReboots(): void;
  /**
   * Cuts the writes under way, kills every process of the run and looks again until none is left, then unlocks what they had locked.
   * An abort, a time-out and a stop finish the run.
   */
  kill(why: Pick<Killed, 'why'>): { readonly killedAt: Time };
  /** The root process ended by itself. */
  processEnded(how: { readonly exit: ProcessExit }): void;
  /** A debugger holds the process, or lets it go on: time stands still in between. */
  pause(): void;
  resume(): void;
  /** The log as the Actor printed it, to be served as the run's log. */
  appendLog(text: { readonly text: string }): void;
  /** Kills what is left, stores what is to be stored, closes all ports. After its answer the process removes the run's folder and ends. */
  finish(): void;
}

export type PlatformCall = {
  readonly [Name in keyof PlatformCalls]: {
    readonly id: number;
    readonly call: Name;
    readonly argument: Parameters<PlatformCalls[Name]>[0];
  };
}[keyof PlatformCalls];

export type PlatformAnswer =
  | { readonly id: number; readonly result: unknown }
  /** A sentence for the person. */
  | { readonly id: number; readonly error: string }
  /** A sentence for the person: the storage folder cannot be written to, the run cannot go on. */
  | { readonly trouble: string }
  /** Everything that is recorded goes to the run at once: the recording is kept there. */
  | { readonly event: RecordedEvent };
