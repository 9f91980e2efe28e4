import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { processesOf, systemProcesses } from '../platform/reaper.ts';
import { folderOfRun } from '../run/run-folder.ts';

/**
 * What a run has left behind, as words; empty when it is clean.
 *
 * @param ports that it had opened
 */
export async function leftovers(runId: string, ports: readonly number[] = []): Promise<readonly string[]> {
  const folder = folderOfRun(runId);
  const open = await Promise.all(ports.map(async (port) => ((await isOpen(port)) ? [`port ${port}`] : [])));
  return [
    ...(existsSync(folder) ? [`folder ${folder}`] : []),
    ...[...(await processesOf(folder))].map((pid) => `process ${pid}`),
    ...open.flat(),
  ];
}

/** Waits until nothing is left, for as long as the test may take. */
export async function untilNothingIsLeft(runId: string, ports: readonly number[] = []): Promise<void> {
  while ((await leftovers(runId, ports)).length > 0) await delay(50);
}

/** Those of the processes that live. One that only waits to be counted by its parent does not. */
export async function living(pids: readonly number[]): Promise<readonly number[]> {
  const all = await systemProcesses.parents();
  return pids.filter((pid) => all.has(pid));
}

export async function untilDead(pids: readonly number[]): Promise<void> {
  while ((await living(pids)).length > 0) await delay(50);
}

async function isOpen(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
