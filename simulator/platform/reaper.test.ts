import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import {
  parseProcessFileName,
  processFileName,
  PROCESSES_FOLDER,
  RUN_FOLDER_VARIABLE,
  startTicksOf,
} from '../preload/process-file.ts';
import { otherProcesses } from './processes-elsewhere.ts';
import { linuxProcesses } from './processes-linux.ts';
import { processesOf, reap } from './reaper.ts';
import { buildPlatform, isAlive, PRELOAD } from './testing/forked-platform.ts';

const TABLES = [
  ...(process.platform === 'linux' ? [['/proc', linuxProcesses] as const] : []),
  ['pidtree', otherProcesses] as const,
];

let folder: string;
let runFolder: string;
const started: ChildProcess[] = [];

beforeAll(buildPlatform);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reaper test '));
  runFolder = join(folder, 'run');
  mkdirSync(join(runFolder, PROCESSES_FOLDER), { recursive: true });
});

afterEach(async () => {
  await reap(runFolder);
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe.each(TABLES)('seen through %s', (_name, table) => {
  test('a tree is killed to the last, also what ignores SIGTERM', async () => {
    const root = run(`process.on('SIGTERM', () => undefined); ${spawning(spawning(STAY))}; ${STAY}`);
    const pids = await toldPids(3);
    expect(await processesOf(runFolder, table)).toEqual(new Set(pids));
    const ended = new Promise((resolve) => root.once('exit', (_code, signal) => resolve(signal)));
    expect(await reap(runFolder, table)).toBe(3);
    for (const pid of pids) expect(await isAlive(pid)).toBe(false);
    expect(await ended).toBe('SIGKILL');
  });

  test('a detached grandchild whose parent is gone is killed', async () => {
    // The middle one ends at once: the last one belongs to nobody.
    run(`${spawning(`${spawning(STAY, 'detached: true')}.unref(); process.exit()`)}; ${STAY}`);
    const pids = await toldPids(3);
    await vi.waitFor(async () => expect(await processesOf(runFolder, table)).toHaveLength(2), { timeout: 60_000 });
    expect(await reap(runFolder, table)).toBe(2);
    for (const pid of pids) expect(await isAlive(pid)).toBe(false);
  });

  test('a program that is not Node is killed with the process that started it', async () => {
    run(`require('node:child_process').spawn('sleep', ['1000'], { detached: true }); ${STAY}`);
    await vi.waitFor(async () => expect(await processesOf(runFolder, table)).toHaveLength(2), { timeout: 60_000 });
    const pids = await processesOf(runFolder, table);
    expect(await reap(runFolder, table)).toBe(2);
    for (const pid of pids) expect(await isAlive(pid)).toBe(false);
  });

  test('what starts others again and again is killed with them', async () => {
    run(`setInterval(() => { ${spawning(STAY, 'detached: true')} }, 5); ${STAY}`);
    await toldPids(3);
    await reap(runFolder, table);
    expect(await processesOf(runFolder, table)).toHaveLength(0);
    const count = readdirSync(join(runFolder, PROCESSES_FOLDER)).length;
    expect(await reap(runFolder, table)).toBe(0);
    expect(readdirSync(join(runFolder, PROCESSES_FOLDER))).toHaveLength(count);
  });

  test('another process that has got the number of a dead one is left alone', async () => {
    const child = start(STAY, { ...process.env });
    writeFileSync(
      join(runFolder, PROCESSES_FOLDER, processFileName({ pid: numberOf(child), startedAt: 1, startTicks: 1 })),
      '{}',
    );
    expect(await reap(runFolder, table)).toBe(0);
    expect(await isAlive(numberOf(child))).toBe(true);
  });

  test('it never names itself or what has started it', async () => {
    const startTicks = process.platform === 'linux' ? startTicksOf(readFileSync('/proc/self/stat', 'utf8')) : 0;
    const startedAt = Math.round(Date.now() - process.uptime() * 1000);
    // As if the preload had told of this very process: then what it has started is of the run, but it is not itself.
    const own = join(runFolder, PROCESSES_FOLDER, processFileName({ pid: process.pid, startedAt, startTicks }));
    writeFileSync(own, '{}');
    const pid = numberOf(start(STAY, { ...process.env }));
    const found = await processesOf(runFolder, table);
    rmSync(own);
    expect(found).toContain(pid);
    expect(found).not.toContain(process.pid);
    expect(found).not.toContain(process.ppid);
  });

  test("the debugger's watchdog beside the Actor is left alone", async () => {
    const watchdog = join(folder, 'ms-vscode.js-debug', 'watchdog.js');
    mkdirSync(join(folder, 'ms-vscode.js-debug'));
    writeFileSync(watchdog, STAY);
    // js-debug gives it an environment of its own.
    const command = `spawn(process.execPath, [${JSON.stringify(watchdog)}], { env: {}, detached: true })`;
    run(`const child = require('node:child_process').${command}; console.log(child.pid); ${STAY}`);
    await toldPids(1);
    const pid = Number(await printed());
    expect(await reap(runFolder, table)).toBe(1);
    expect(await isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });
});

test.runIf(process.platform === 'linux')(
  'on Linux also a program that is not Node, and whose parent is gone',
  async () => {
    const sleeping = `require('node:child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }).unref()`;
    const root = run(sleeping);
    await new Promise((resolve) => root.once('exit', resolve));
    const [pid = 0] = await processesOf(runFolder);
    expect(await reap(runFolder)).toBe(1);
    expect(await isAlive(pid)).toBe(false);
  },
);

test('processes of another run, and of none, are left alone', async () => {
  const other = start(STAY, { ...process.env, [RUN_FOLDER_VARIABLE]: `${runFolder}-2` });
  const none = start(STAY, { ...process.env });
  run(STAY);
  await toldPids(1);
  expect(await reap(runFolder)).toBe(1);
  expect(await isAlive(numberOf(other))).toBe(true);
  expect(await isAlive(numberOf(none))).toBe(true);
});

test('a run whose folder is gone has no processes', async () => {
  expect(await reap(join(folder, 'nothing'))).toBe(0);
});

const STAY = 'setInterval(() => undefined, 1000)';

/** Code that starts Node with the code. */
function spawning(code: string, options = ''): string {
  return `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code)}], { ${options} })`;
}

/** A process of the run. */
function run(code: string): ChildProcess {
  const environment = { [RUN_FOLDER_VARIABLE]: runFolder, NODE_OPTIONS: `--require "${PRELOAD}"` };
  return start(code, { ...process.env, ...environment });
}

function start(code: string, env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, ['-e', code], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  return child;
}

/** What the first process that was started has printed. */
async function printed(): Promise<string> {
  return new Promise((resolve) => started[0]?.stdout?.once('data', (data) => resolve(String(data))));
}

/** The numbers of the run's Node processes, once there are so many. */
async function toldPids(count: number): Promise<readonly number[]> {
  return vi.waitFor(
    () => {
      const pids = readdirSync(join(runFolder, PROCESSES_FOLDER)).flatMap(
        (name) => parseProcessFileName(name)?.pid ?? [],
      );
      if (pids.length < count) throw new Error(`${pids.length} of ${count} processes have told.`);
      return pids;
    },
    { timeout: 60_000, interval: 5 },
  );
}

function numberOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('It was not started.');
  return child.pid;
}
