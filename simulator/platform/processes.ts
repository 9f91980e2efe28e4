import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parseProcessFileName, PROCESSES_FOLDER, type ProcessIdentity } from '../preload/process-file.ts';

/** What the system says of its processes. Zombies, which only wait to be counted by their parent, are none. */
export interface ProcessTable {
  /** Every living process that can be seen, with its parent's number. */
  parents(): Promise<ReadonlyMap<number, number>>;
  /** Of the processes that once were, the numbers of those that still live: the same number started at the same time. */
  alive(processes: readonly ProcessIdentity[]): Promise<ReadonlySet<number>>;
  /** Those that were started with the variable in their environment; none where the system does not tell. */
  withVariable(name: string, value: string): Promise<ReadonlySet<number>>;
  /** The command line of each that can be read. */
  commands(pids: readonly number[]): Promise<ReadonlyMap<number, string>>;
}

/** The Node processes of a run, dead or alive, as the preload told. */
export async function toldProcesses(runFolder: string): Promise<readonly ProcessIdentity[]> {
  const names = await readdir(join(runFolder, PROCESSES_FOLDER)).catch(noneIfGone);
  return names.flatMap((name) => parseProcessFileName(name) ?? []);
}

/** When each Node process of the run began that has told so: milliseconds since 1970, the earliest first. */
export async function firstInstructions(runFolder: string): Promise<readonly number[]> {
  const folder = join(runFolder, PROCESSES_FOLDER);
  const names = (await readdir(folder).catch(noneIfGone)).filter((name) => parseProcessFileName(name) !== undefined);
  const times = await Promise.all(
    names.map(async (name) => firstInstructionIn(await readFile(join(folder, name), 'utf8'))),
  );
  return times.filter((time) => time !== undefined).toSorted((a, b) => a - b);
}

function firstInstructionIn(text: string): number | undefined {
  // The file is read while it is written, now and then.
  return Number(/"firstInstructionAt":(\d+)/.exec(text)?.[1]) || undefined;
}

function noneIfGone(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
