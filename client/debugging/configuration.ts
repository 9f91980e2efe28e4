/** A launch configuration as VS Code hands it over: written by a person, so each field may be anything. */
export type WrittenConfiguration = Readonly<Record<string, unknown>>;

/** How the processes of a run are started: the words of js-debug's own configuration. */
export interface StartCommand {
  readonly runtimeExecutable: string;
  readonly runtimeArgs: readonly string[];
  /** The module that Node runs, absolute; nothing where the program and its arguments say it all. */
  readonly program?: string | undefined;
  readonly args: readonly string[];
}

/** A configuration that has everything, as the debug session is started with it. */
export interface ActorConfiguration {
  /** The Actor's folder, absolute. */
  readonly cwd: string;
  /** What the person calls the Actor. */
  readonly actorName: string;
  readonly start: StartCommand;
  /** Why it is started so, where that needs saying. */
  readonly startNote: string | undefined;
  /** Over the environment of the editor; `null` takes one out. */
  readonly env: Readonly<Record<string, string | null>>;
  readonly graceSeconds: number;
  readonly latencyMs: number;
  /** The folder of the storages, absolute. */
  readonly storage: string;
  /** Options of js-debug, passed on as they are. */
  readonly passedOn: Readonly<Record<string, unknown>>;
}

/** Options of js-debug that make sense for an Actor. */
export const PASSED_ON = [
  'console',
  'customDescriptionGenerator',
  'enableContentValidation',
  'outFiles',
  'outputCapture',
  'pauseForSourceMap',
  'resolveSourceMapLocations',
  'showAsyncStacks',
  'skipFiles',
  'smartStep',
  'sourceMapPathOverrides',
  'sourceMaps',
  'stopOnEntry',
  'timeout',
  'trace',
] as const;

export const DEFAULT_GRACE_SECONDS = 10;
export const DEFAULT_LATENCY_MS = 100;

/**
 * Reads a resolved configuration.
 *
 * @returns a sentence where something in it cannot be used
 */
export function readConfiguration(written: WrittenConfiguration): ActorConfiguration | string {
  const { cwd, actorName, runtimeExecutable, storage, startNote } = written;
  if (typeof cwd !== 'string' || typeof runtimeExecutable !== 'string' || typeof storage !== 'string') {
    return 'The launch configuration was not resolved: start it with Debug Actor or F5.';
  }
  return {
    cwd,
    actorName: typeof actorName === 'string' ? actorName : String(written['name']),
    start: {
      runtimeExecutable,
      runtimeArgs: wordsOf(written['runtimeArgs']),
      program: typeof written['program'] === 'string' ? written['program'] : undefined,
      args: wordsOf(written['args']),
    },
    startNote: typeof startNote === 'string' ? startNote : undefined,
    env: variablesOf(written['env']),
    graceSeconds: numberOr(written['graceSeconds'], DEFAULT_GRACE_SECONDS),
    latencyMs: numberOr(written['latencyMs'], DEFAULT_LATENCY_MS),
    storage,
    passedOn: Object.fromEntries(PASSED_ON.filter((name) => name in written).map((name) => [name, written[name]])),
  };
}

/** A sentence for the first field that a person wrote and that cannot be used. */
export function faultOf(written: WrittenConfiguration): string | undefined {
  const { graceSeconds, latencyMs, env, command, program, args, cwd, storage } = written;
  if (graceSeconds !== undefined && !isAmount(graceSeconds)) {
    return `"graceSeconds" is ${JSON.stringify(graceSeconds)}: give the seconds from the event to the kill, such as 10.`;
  }
  if (latencyMs !== undefined && !isAmount(latencyMs)) {
    return `"latencyMs" is ${JSON.stringify(latencyMs)}: give the milliseconds that a write takes, such as 100.`;
  }
  if (cwd !== undefined && typeof cwd !== 'string') return '"cwd" is no text: give the Actor\'s folder.';
  if (storage !== undefined && typeof storage !== 'string')
    return '"storage" is no text: give the folder of the storages, such as "storage".';
  if (env !== undefined && (typeof env !== 'object' || env === null || Array.isArray(env))) {
    return '"env" is no object: give the variables as { "NAME": "value" }.';
  }
  if (command !== undefined && typeof command !== 'string' && !isWords(command)) {
    return '"command" is neither a text nor a list of texts: write "npm run start:dev", or ["node", "src/main.js"].';
  }
  if (program !== undefined && typeof program !== 'string')
    return '"program" is no text: give the module that Node runs.';
  if (args !== undefined && typeof args !== 'string' && !isWords(args)) return '"args" is no list of texts.';
  return undefined;
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}

export function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  return isWords(value) ? value : [];
}

function variablesOf(value: unknown): Readonly<Record<string, string | null>> {
  if (typeof value !== 'object' || value === null) return {};
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, text]) => [name, typeof text === 'string' || text === null ? text : JSON.stringify(text)]),
  );
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise;
}
