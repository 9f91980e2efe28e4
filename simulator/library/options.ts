/** How an Actor is run and migrated. */
export interface RunningOptions {
  /** What starts the Actor: the program and its arguments, `['node', 'src/main.js']`. */
  readonly command: readonly string[];
  /** The Actor's folder; the working directory unless told. Its INPUT and named storages are copied. */
  readonly cwd?: string;
  /**
   * What ends the Actor's process: `migration` unless told, `reboot`, `graceful-abort`, `abort` or `timeout`. After the
   * last three the run is resurrected.
   */
  readonly by?: string;
  /** Seconds from the event to the kill: 10 unless told, 30 of a graceful abort. */
  readonly grace?: number;
  /** Milliseconds that a write to a storage takes to arrive: 100 unless told. */
  readonly latency?: number;
  /** Milliseconds by which that time is longer or shorter, by chance, at the most: 0 unless told. */
  readonly jitter?: number;
  /**
   * Fail this share of the writes: `0.1:reject` (answered with 400, as `0.1` alone), `0.1:outage` (with 503, which
   * apify-client repeats). Faults are of the migrated run only.
   */
  readonly failWrites?: number | string;
  /** `closed`: the connection of the events is closed instead of telling the Actor of its migration; `slow:2000`: it is told so many milliseconds late. */
  readonly webSocket?: string;
  /** A whole number that chance is drawn from, 1 unless told: the same seed, the same faults. */
  readonly seed?: number;
  /** Do not allow the repeats that Crawlee allows. */
  readonly strict?: boolean;
  /** Leave the requests locked that the killed process had locked. */
  readonly keepLocks?: boolean;
  /** Run each process in a fresh copy of the Actor's folder, as on the platform. */
  readonly isolated?: boolean;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Stops the run: what is known then is the result, with exit code 130. */
  readonly signal?: AbortSignal;
  /** Told what the Actor prints. */
  readonly onOutput?: (text: string) => void;
}

/** What `migrate` does. */
export interface MigrateOptions extends RunningOptions {
  /**
   * When to migrate: `5s`, `first-write`, `write:3`, `before-write:3`, `request:3`, `add:3`, `key:STATE`; several one after
   * the other. `write:3` unless told.
   */
  readonly at?: string | readonly string[];
  /** Run the Actor once undisturbed as well, and compare what both runs produced. */
  readonly compare?: boolean;
  /** Keep the storages in this folder, in the place of a temporary one. */
  readonly storage?: string;
}

/** What `sweep` does. */
export interface SweepOptions extends RunningOptions {
  /** Migrate at so many points of interest at the most: 24 unless told. */
  readonly points?: number;
  /** Only one part of them: `1/4`. */
  readonly shard?: string;
}
