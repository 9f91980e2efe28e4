import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

import { RUN_FOLDER_VARIABLE } from '../preload/process-file.ts';
import { otherProcesses } from './processes-elsewhere.ts';
import { linuxProcesses } from './processes-linux.ts';
import { toldProcesses, type ProcessTable } from './processes.ts';

/** How long the system may take to end a process that was killed: one that waits for a disk ends only after it. */
const LIMIT_MS = 20_000;
const LOOK_AGAIN_MS = 5;

/** The debugger's own process beside the Actor (js-debug's `watchdog.js`): it ends by itself with the one it watches. */
const DEBUGGER = /js-debug.*watchdog(?:\.bundle)?\.js/;

export const systemProcesses: ProcessTable = process.platform === 'linux' ? linuxProcesses : otherProcesses;

/**
 * Kills every process of a run, and looks again until none is left. All are stopped before the first is killed, so that none
 * can start another one meanwhile or change its parent.
 *
 * @param runFolder the run's folder, by which its processes are known: the value of {@link RUN_FOLDER_VARIABLE}
 * @param whenStopped told when all that were found stand still, and none is killed yet
 * @returns how many processes were killed
 * @throws {Error} with a sentence when one does not end
 */
export async function reap(
  runFolder: string,
  table: ProcessTable = systemProcesses,
  whenStopped: () => void = () => undefined,
): Promise<number> {
  const killed = new Set<number>();
  const limit = Date.now() + LIMIT_MS;
  for (;;) {
    const found = await stopAll(runFolder, table);
    if (killed.size === 0) whenStopped();
    if (found.size === 0) return killed.size;
    await kill(found);
    for (const pid of found) killed.add(pid);
    if (Date.now() > limit)
      throw new Error(`The processes ${[...found].join(', ')} of the run do not end. End them by hand.`);
    await delay(LOOK_AGAIN_MS);
  }
}

/** The processes of a run that live, with everything that they started and that can be known. */
export async function processesOf(
  runFolder: string,
  table: ProcessTable = systemProcesses,
): Promise<ReadonlySet<number>> {
  const told = await toldProcesses(runFolder);
  const [alive, marked, parents] = await Promise.all([
    table.alive(told),
    table.withVariable(RUN_FOLDER_VARIABLE, runFolder),
    table.parents(),
  ]);
  const known = [...alive, ...marked].filter((pid) => parents.has(pid));
  const started = descendants(known, parents);
  const own = ancestors(process.pid, parents);
  const foreign = await debuggers(
    [...started].filter((pid) => !marked.has(pid) && !alive.has(pid)),
    table,
  );
  return new Set([...started].filter((pid) => !own.has(pid) && !foreign.has(pid)));
}

/** Stops them, and whatever they started before they were, until nothing new is found. */
async function stopAll(runFolder: string, table: ProcessTable): Promise<ReadonlySet<number>> {
  const stopped = new Set<number>();
  for (;;) {
    const fresh = [...(await processesOf(runFolder, table))].filter((pid) => !stopped.has(pid));
    if (fresh.length === 0) return stopped;
    for (const pid of fresh) {
      stopped.add(pid);
      // Windows has no such signal: there the search is repeated after the kill.
      if (process.platform !== 'win32') signal(pid, 'SIGSTOP');
    }
  }
}

async function kill(pids: ReadonlySet<number>): Promise<void> {
  if (process.platform !== 'win32') {
    for (const pid of pids) signal(pid, 'SIGKILL');
    return;
  }
  const args = ['/T', '/F', ...[...pids].flatMap((pid) => ['/PID', String(pid)])];
  // It fails where one of them has ended meanwhile: the next look tells whether any is left.
  await new Promise<void>((resolve) => execFile('taskkill', args, { windowsHide: true }, () => resolve()));
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}

/** The processes themselves and all below them. */
function descendants(of: readonly number[], parents: ReadonlyMap<number, number>): ReadonlySet<number> {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of parents) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found = new Set(of);
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child);
  return found;
}

/** A process and all above it: never to be killed by itself. */
function ancestors(of: number, parents: ReadonlyMap<number, number>): ReadonlySet<number> {
  const found = new Set<number>();
  for (let pid: number | undefined = of; pid !== undefined && !found.has(pid); pid = parents.get(pid)) found.add(pid);
  return found;
}

async function debuggers(pids: readonly number[], table: ProcessTable): Promise<ReadonlySet<number>> {
  const commands = await table.commands(pids);
  return new Set([...commands].filter(([, command]) => DEBUGGER.test(command)).map(([pid]) => pid));
}
