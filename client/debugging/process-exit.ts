import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  exitFileName,
  parseProcessFileName,
  PROCESSES_FOLDER,
  RUN_FOLDER_VARIABLE,
  TELL_EXIT_VARIABLE,
} from '../../simulator/preload/process-file.ts';
import type { ProcessExit } from '../../simulator/recording.ts';

/**
 * How a process of the run ended: js-debug sends no `exited` event (1.117), so the preload writes the code.
 *
 * @param environment that the process is about to be started with
 * @returns the environment in which the preload does so, and what tells the exit once the process has ended
 */
export async function toldExit(environment: Readonly<Record<string, string>>): Promise<{
  readonly environment: Readonly<Record<string, string>>;
  readonly exit: () => Promise<ProcessExit>;
}> {
  const folder = join(environment[RUN_FOLDER_VARIABLE] ?? '', PROCESSES_FOLDER);
  const earlier = new Set(await readdir(folder));
  return {
    environment: { ...environment, [TELL_EXIT_VARIABLE]: '1' },
    exit: async () => await exitOf(folder, (name) => !earlier.has(name)),
  };
}

async function exitOf(folder: string, isOurs: (name: string) => boolean): Promise<ProcessExit> {
  // Where the run is over and its folder gone, nobody asks any more.
  const names = await readdir(folder).catch(() => []);
  const root = await rootOf(folder, names.filter(isOurs));
  // It is no Node process, so it is not known.
  if (root === undefined) return { code: undefined, signal: undefined };
  const code = await readFile(join(folder, exitFileName(root)), 'utf8').then(Number, () => undefined);
  return code === undefined ? { code, signal: 'a signal' } : { code, signal: undefined };
}

/** The file of the Node process that the debugger started: no other one is its parent. A shell may start several in turn. */
async function rootOf(folder: string, names: readonly string[]): Promise<string | undefined> {
  const told = await Promise.all(
    names.map(async (name) => {
      const identity = parseProcessFileName(name);
      return identity && { name, ...identity, parent: await parentIn(join(folder, name)) };
    }),
  );
  const processes = told.filter((each) => each !== undefined);
  const pids = new Set(processes.map(({ pid }) => pid));
  const roots = processes.filter(({ parent }) => parent !== undefined && !pids.has(parent));
  return roots.toSorted((one, other) => one.startedAt - other.startedAt).at(-1)?.name;
}

async function parentIn(file: string): Promise<number | undefined> {
  const parent = /"parent":(\d+)/u.exec(await readFile(file, 'utf8').catch(() => ''))?.[1];
  return parent === undefined ? undefined : Number(parent);
}
