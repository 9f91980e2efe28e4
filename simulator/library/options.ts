/** What `migrate` does. */
export interface MigrateOptions {
  /** What starts the Actor: the program and its arguments, `['node', 'src/main.js']`. */
  readonly command: readonly string[];
  /** The Actor's folder; the working directory unless told. Its INPUT and named storages are copied. */
  readonly cwd?: string;
  /**
   * When to migrate: `5s`, `first-write`, `write:3`, `before-write:3`, `request:3`, `key:STATE`; several one after the other.
   * `write:3` unless told.
   */
  readonly at?: string | readonly string[];
  /** Seconds from the event to the kill: 10 unless told. */
  readonly grace?: number;
  /** Milliseconds that a write to a storage takes to arrive: 100 unless told. */
  readonly latency?: number;
  /** Run the Actor once undisturbed as well, and compare what both runs produced. */
  readonly compare?: boolean;
  /** Do not allow the repeats that Crawlee allows. */
  readonly strict?: boolean;
  /** Leave the requests locked that the killed process had locked. */
  readonly keepLocks?: boolean;
  /** Run each process in a fresh copy of the Actor's folder, as on the platform. */
  readonly isolated?: boolean;
  /** Keep the storages in this folder, in the place of a temporary one. */
  readonly storage?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Stops the run: what is known then is the result, with exit code 130. */
  readonly signal?: AbortSignal;
  /** Told what the Actor prints. */
  readonly onOutput?: (text: string) => void;
}
