import { readdir, readFile } from 'node:fs/promises';

import { startTicksOf, statFields } from '../preload/process-file.ts';
import type { ProcessTable } from './processes.ts';

/** What `/proc` tells; processes of other persons have no readable environment. */
export const linuxProcesses: ProcessTable = {
  async parents() {
    const rows = await ofEach(await pids(), 'stat', (text) =>
      isZombie(text) ? undefined : Number(statFields(text)[1]),
    );
    return new Map(rows);
  },
  async alive(processes) {
    const rows = await Promise.all(
      processes.map(async ({ pid, startTicks }) => {
        const stat = await read(pid, 'stat');
        return stat !== undefined && !isZombie(stat) && startTicksOf(stat) === startTicks ? [pid] : [];
      }),
    );
    return new Set(rows.flat());
  },
  async withVariable(name, value) {
    const wanted = `${name}=${value}`;
    const rows = await ofEach(await pids(), 'environ', (text) => text.split('\0').includes(wanted) || undefined);
    return new Set(rows.map(([pid]) => pid));
  },
  async commands(of) {
    return new Map(await ofEach(of, 'cmdline', (text) => text.replaceAll('\0', ' ').trim()));
  },
};

/** `Z`: ended, its parent has not asked for its code yet; `X`: about to go. */
function isZombie(stat: string): boolean {
  return /^[ZX]/.test(statFields(stat)[0] ?? '');
}

async function pids(): Promise<readonly number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

async function ofEach<Value>(
  of: readonly number[],
  file: string,
  pick: (text: string) => Value | undefined,
): Promise<(readonly [number, Value])[]> {
  const rows = await Promise.all(
    of.map(async (pid) => {
      const text = await read(pid, file);
      const value = text === undefined ? undefined : pick(text);
      return value === undefined ? [] : [[pid, value] as const];
    }),
  );
  return rows.flat();
}

/** `undefined`: it has ended meanwhile, or belongs to somebody else. */
async function read(pid: number, file: string): Promise<string | undefined> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => undefined);
}
