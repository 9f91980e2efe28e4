import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pidtree } from 'pidtree';

import type { ProcessIdentity } from '../preload/process-file.ts';
import type { ProcessTable } from './processes.ts';

const run = promisify(execFile);

/** `ps` and Windows tell whole seconds, and count them from the boot, whose time is known to about a second. */
const TOLERANCE_MS = 3000;

/** macOS and the like by `ps`, Windows by what pidtree and PowerShell tell. No environment can be read there. */
export const otherProcesses: ProcessTable = {
  async parents() {
    const rows = await pidtree(-1, { advanced: true });
    return new Map(rows.map(({ pid, ppid }) => [pid, ppid]));
  },
  async alive(processes) {
    const seen = await (process.platform === 'win32' ? startsOnWindows : startsByPs)(processes.map(({ pid }) => pid));
    return new Set(processes.filter((one) => isSame(one, seen.get(one.pid))).map(({ pid }) => pid));
  },
  async withVariable() {
    return new Set();
  },
  async commands(pids) {
    if (pids.length === 0 || process.platform === 'win32') return new Map();
    const lines = await output('ps', ['-o', 'pid=,command=', '-p', pids.join(',')]);
    return new Map(lines.map((line) => [Number.parseInt(line, 10), line.replace(/^\s*\d+\s+/, '')]));
  },
};

function isSame(told: ProcessIdentity, startedAt: number | undefined): boolean {
  return startedAt !== undefined && Math.abs(startedAt - told.startedAt) <= TOLERANCE_MS;
}

/** When each of those that live was started: milliseconds since 1970. */
async function startsByPs(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (pids.length === 0) return new Map();
  const lines = await output('ps', ['-o', 'pid=,stat=,lstart=', '-p', pids.join(',')]);
  return new Map(
    lines.flatMap((line) => {
      const [, pid, state, start] = /^\s*(\d+)\s+(\S+)\s+(.+)$/.exec(line) ?? [];
      return pid === undefined || start === undefined || state?.startsWith('Z')
        ? []
        : [[Number(pid), Date.parse(start)]];
    }),
  );
}

async function startsOnWindows(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (pids.length === 0) return new Map();
  const script =
    `Get-Process -Id ${pids.join(',')} -ErrorAction SilentlyContinue | ` +
    'ForEach-Object { "$($_.Id) $(([DateTimeOffset]$_.StartTime).ToUnixTimeMilliseconds())" }';
  const lines = await output('powershell', ['-NoProfile', '-NonInteractive', '-Command', script]);
  return new Map(lines.map((line) => line.split(' ').map(Number)).map(([pid = 0, startedAt = 0]) => [pid, startedAt]));
}

/** The lines that it prints, also when it ends with a code: `ps` does so when one of the processes is not there. */
async function output(program: string, args: readonly string[]): Promise<readonly string[]> {
  const environment = { ...process.env, LC_ALL: 'C' };
  const text = await run(program, args, { env: environment, windowsHide: true }).then(
    ({ stdout }) => stdout,
    (error: unknown) => (isOutput(error) ? error.stdout : Promise.reject(asError(error))),
  );
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function isOutput(error: unknown): error is { readonly stdout: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'stdout' in error;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
