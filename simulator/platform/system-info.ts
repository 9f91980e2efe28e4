import { readFile } from 'node:fs/promises';
import { cpus, type CpuInfo } from 'node:os';

import { processesOf } from './reaper.ts';

/** What Crawlee's autoscaling reads of `systemInfo` (@crawlee/core 3.18.1, dist/autoscaling: memory and CPU signals). */
export interface SystemInfo {
  readonly createdAt: string;
  readonly memCurrentBytes: number;
  /** Per cent of all cores together. */
  readonly cpuCurrentUsage: number;
  readonly isCpuOverloaded: boolean;
}

/** As Crawlee itself does where it measures (@crawlee/core 3.18.1, `maxUsedCpuRatio`). */
const OVERLOADED_RATIO = 0.95;
const PAGE_BYTES = 4096;

/** Measures the machine's cores, and the memory that the Actor's processes have for themselves. */
export class SystemMeter {
  readonly #runFolder: string;
  #before = ticks(cpus());

  constructor(runFolder: string) {
    this.#runFolder = runFolder;
  }

  async measure(): Promise<SystemInfo> {
    const now = ticks(cpus());
    const total = now.total - this.#before.total;
    const ratio = total > 0 ? 1 - (now.idle - this.#before.idle) / total : 0;
    this.#before = now;
    return {
      createdAt: new Date().toISOString(),
      memCurrentBytes: await this.#memory(),
      cpuCurrentUsage: ratio * 100,
      isCpuOverloaded: ratio > OVERLOADED_RATIO,
    };
  }

  /** Elsewhere than on Linux nothing tells it without starting a program each second: the Actor then has memory enough. */
  async #memory(): Promise<number> {
    if (process.platform !== 'linux') return 0;
    const pids = [...(await processesOf(this.#runFolder))];
    const sizes = await Promise.all(pids.map(ownMemory));
    return sizes.reduce((sum, size) => sum + size, 0);
  }
}

/** Resident without what is shared: the shared pages of Chrome's processes must not be counted for each of them. */
async function ownMemory(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  const [, resident = 0, shared = 0] = statm.split(' ').map(Number);
  return (resident - shared) * PAGE_BYTES;
}

function ticks(cores: readonly CpuInfo[]): { readonly idle: number; readonly total: number } {
  const times = cores.map((core) => core.times);
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    total: times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0),
  };
}
