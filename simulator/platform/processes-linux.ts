import { readdirSync, readFileSync } from 'node:fs';

import { startTicksOf, statFields } from '../preload/process-file.ts';
import type { ProcessTable } from './processes.ts';

/**
 * What `/proc` tells; processes of other persons have no readable environment. It is read without waiting: a file of it is
 * there in microseconds, and each wait would leave the processes time to change.
 */
export const linuxProcesses: ProcessTable = {
  async parents() {
    return fromEach(pids(), 'stat', (stat) => (isZombie(stat) ? undefined : Number(statFields(stat)[1])));
  },
  async alive(processes) {
    const living = processes.filter(({ pid, startTicks }) => {
      const stat = read(pid, 'stat');
      return stat !== undefined && !isZombie(stat) && startTicksOf(stat) === startTicks;
    });
    return new Set(living.map(({ pid }) => pid));
  },
  async withVariable(name, value) {
    const wanted = `\0${name}=${value}\0`;
    return new Set(fromEach(pids(), 'environ', (text) => `\0${text}`.includes(wanted) || undefined).keys());
  },
  async commands(of) {
    return fromEach(of, 'cmdline', (text) => text.replaceAll('\0', ' ').trim());
  },
};

/** `Z`: ended, its parent has not asked for its code yet; `X`: about to go. */
function isZombie(stat: string): boolean {
  return /^[ZX]/.test(statFields(stat)[0] ?? '');
}

function pids(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function fromEach<Value>(
  of: readonly number[],
  file: string,
  pick: (text: string) => Value | undefined,
): ReadonlyMap<number, Value> {
  const found = new Map<number, Value>();
  for (const pid of of) {
    const text = read(pid, file);
    const value = text === undefined ? undefined : pick(text);
    if (value !== undefined) found.set(pid, value);
  }
  return found;
}

/** `undefined`: it has ended meanwhile, or belongs to somebody else. */
function read(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
