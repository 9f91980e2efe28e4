/** Runs a command and says what it took. Node is enough; memory is known on Linux and macOS, processor time on Linux. */

import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** How often memory is looked at, in milliseconds. What a process holds at its most is kept by Linux and never missed. */
const INTERVAL = 20;
/** Ticks in a second, in which Linux counts processor time for everyone. */
const TICKS = 100;

/**
 * @typedef {{ command: string, args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv }} Command
 * @typedef {{
 *   seconds: number, processorSeconds: number | undefined, megabytes: number | undefined, code: number, stdout: string, stderr: string,
 * }} Measured `megabytes`: the sum of what each process of the tree held at its most
 */

/** @param {Command} command @returns {Promise<Measured>} */
export const measure = ({ command, args, cwd, env }) =>
  new Promise((done, fail) => {
    const ticks = ticksOfChildren();
    const start = performance.now();
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Map<number, number>} */
    const peaks = new Map();
    const watch = setInterval(() => notePeaks(child.pid, peaks), INTERVAL);
    const stdout = textOf(child.stdout);
    const stderr = textOf(child.stderr);
    child.once('error', fail);
    child.once('close', (code) => {
      clearInterval(watch);
      const after = ticksOfChildren();
      done({
        seconds: (performance.now() - start) / 1000,
        processorSeconds: ticks === undefined || after === undefined ? undefined : (after - ticks) / TICKS,
        megabytes: peaks.size === 0 ? undefined : [...peaks.values()].reduce((sum, peak) => sum + peak, 0) / 1024,
        code: code ?? -1,
        stdout: stdout(),
        stderr: stderr(),
      });
    });
  });

/** In megabytes: what a process and its children hold now, and held at their most. @param {number | undefined} pid */
export const memoryOf = (pid) => {
  const now = processesUnder(pid).reduce((sum, { resident }) => sum + resident, 0) / 1024;
  return now === 0 ? undefined : now;
};

/** @param {import('node:stream').Readable} stream @returns {() => string} */
const textOf = (stream) => {
  /** @type {Buffer[]} */
  const chunks = [];
  stream.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
};

/** @param {number | undefined} pid @param {Map<number, number>} peaks in kilobytes, by process */
const notePeaks = (pid, peaks) => {
  for (const { pid: each, peak } of processesUnder(pid)) peaks.set(each, Math.max(peak, peaks.get(each) ?? 0));
};

/**
 * @param {number | undefined} root
 * @returns {{ pid: number, resident: number, peak: number }[]} in kilobytes; empty where nobody tells
 */
const processesUnder = (root) => {
  if (root === undefined || process.platform === 'win32') return [];
  return process.platform === 'linux' ? underOnLinux(root) : underByPs(root);
};

/** @param {number} pid @returns {{ pid: number, resident: number, peak: number }[]} */
const underOnLinux = (pid) => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = (/** @type {string} */ name) =>
      Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)?.[1] ?? 0);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return [{ pid, resident: kilobytes('VmRSS'), peak: kilobytes('VmHWM') }, ...children.flatMap(underOnLinux)];
  } catch {
    // It ended while it was looked at.
    return [];
  }
};

/** @param {number} root */
const underByPs = (root) => {
  const rows = execFileSync('ps', ['-axo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/u).map(Number));
  const under = new Set([root]);
  for (const [pid = 0, parent = 0] of rows.toSorted(([a = 0], [b = 0]) => a - b)) if (under.has(parent)) under.add(pid);
  return rows
    .filter(([pid = 0]) => under.has(pid))
    .map(([pid = 0, , resident = 0]) => ({ pid, resident, peak: resident }));
};

/** The processor time of all children that have ended, theirs included. @returns {number | undefined} */
const ticksOfChildren = () => {
  if (process.platform !== 'linux') return undefined;
  // After the name, which may hold spaces, `cutime` and `cstime` are the 14th and 15th.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /su, '')
    .split(' ');
  return Number(fields[13]) + Number(fields[14]);
};

/** @param {readonly number[]} values */
export const median = (values) => percentile(values, 0.5);

/** @param {readonly number[]} values @param {number} part of 1 */
export const percentile = (values, part) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * part) - 1))] ?? Number.NaN;
};
