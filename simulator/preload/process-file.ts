/** Marks every process of a run, and says where the preload writes who it is. Inherited by whatever the Actor starts. */
export const RUN_FOLDER_VARIABLE = 'ACTOR_STATE_RUN_FOLDER';

/**
 * Set where whoever started the process does not hear of its exit code, as under a debugger: the preload then writes it beside
 * the process's file. Inherited like the mark.
 */
export const TELL_EXIT_VARIABLE = 'ACTOR_STATE_TELL_EXIT';

/** In the run's folder: a file for each Node process that was started with the preload. */
export const PROCESSES_FOLDER = 'processes';

/** What the preload tells of its process. */
export interface ProcessFile {
  /** Milliseconds since 1970 of the preload's first line: before any code of the Actor. */
  readonly firstInstructionAt: number;
  readonly parent: number;
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  readonly cwd: string;
}

/** A process, and enough to know it from another one that got its number later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Milliseconds since 1970, by the process's own clock. */
  readonly startedAt: number;
  /** On Linux: the clock ticks from boot to start, field 22 of `/proc/<pid>/stat`. 0 elsewhere. */
  readonly startTicks: number;
}

export function processFileName({ pid, startedAt, startTicks }: ProcessIdentity): string {
  return `${pid}-${startedAt}-${startTicks}.json`;
}

/** Beside a process's file: its exit code as text. One that a signal has ended leaves none. */
export function exitFileName(processFile: string): string {
  return processFile.replace(/\.json$/, '.exit');
}

export function parseProcessFileName(name: string): ProcessIdentity | undefined {
  const [, pid, startedAt, startTicks] = /^(\d+)-(\d+)-(\d+)\.json$/.exec(name) ?? [];
  if (pid === undefined || startedAt === undefined || startTicks === undefined) return undefined;
  return { pid: Number(pid), startedAt: Number(startedAt), startTicks: Number(startTicks) };
}

/** Of the text of `/proc/<pid>/stat`: what follows the program's name, which itself may hold blanks and brackets. */
export function statFields(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Field 22 of `/proc/<pid>/stat`. */
export function startTicksOf(stat: string): number {
  return Number(statFields(stat)[19]);
}
