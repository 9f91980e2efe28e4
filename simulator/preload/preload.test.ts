import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { buildPlatform, PRELOAD } from '../platform/testing/forked-platform.ts';
import { parseProcessFileName, PROCESSES_FOLDER, RUN_FOLDER_VARIABLE, TELL_EXIT_VARIABLE } from './process-file.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let runFolder: string;
let preload: string;

beforeAll(buildPlatform);

beforeEach(() => {
  // Blanks wherever a path is used.
  folder = mkdtempSync(join(tmpdir(), 'preload test '));
  runFolder = join(folder, 'the run');
  preload = join(folder, 'pre load.cjs');
  mkdirSync(join(runFolder, PROCESSES_FOLDER), { recursive: true });
  copyFileSync(PRELOAD, preload);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SELF = 'console.log(JSON.stringify({ pid: process.pid, parent: process.ppid }))';

describe('each Node process of a run tells who it is, whatever starts it', () => {
  test.each([
    ['a script', 'main.cjs', SELF, ['main.cjs', '--page', '1']],
    ['an ES module', 'main.mjs', `import 'node:fs';\n${SELF}`, ['main.mjs']],
    ['tsx', 'main.ts', `const x: number = 1;\n${SELF}`, [join(repository, 'node_modules/tsx/dist/cli.mjs'), 'main.ts']],
  ])('%s', async (_name, file, code, args) => {
    const before = Date.now();
    writeFileSync(join(folder, file), code);
    const { stdout, stderr } = await node(args);
    expect(stderr).toBe('');
    const { pid, parent } = JSON.parse(stdout);
    const told = tellings().find((one) => one.pid === pid);
    expect(told).toMatchObject({ parent, cwd: folder, execArgv: expect.any(Array), argv: expect.any(Array) });
    expect(told?.argv).toContain(join(folder, file));
    expect(told?.firstInstructionAt).toBeGreaterThanOrEqual(before);
    expect(told?.startedAt).toBeLessThanOrEqual(told?.firstInstructionAt ?? 0);
    expect(Math.abs((told?.startedAt ?? 0) - before)).toBeLessThan(60_000);
  });

  test('npm start: npm itself and what it starts', async () => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { start: 'node main.cjs' } }));
    writeFileSync(join(folder, 'main.cjs'), SELF);
    const { stdout } = await run('npm', ['start', '--silent'], { cwd: folder, env: environment() });
    const { pid } = JSON.parse(stdout);
    expect(tellings().map((one) => one.pid)).toContain(pid);
    expect(tellings()).toHaveLength(2);
  });

  test('a process that it forks, and not each of its threads', async () => {
    const thread = "new (require('node:worker_threads').Worker)('0', { eval: true })";
    const child = "require('node:child_process').spawnSync(process.execPath, ['-e', '0'])";
    await node(['-e', `${thread}; ${child}`]);
    expect(tellings()).toHaveLength(2);
  });
});

describe('where nobody else hears of it, it tells the exit code', () => {
  const asked = { [TELL_EXIT_VARIABLE]: '1' };

  test.each([
    ['of one that comes to its end', '0', '0'],
    ['that the code has set', 'process.exitCode = 4', '4'],
    ['that it asks for', 'process.exit(7)', '7'],
    ['of one that throws', 'throw new Error()', '1'],
  ])('%s', async (_name, script, expected) => {
    await node(['-e', script], asked).catch(() => undefined);
    expect(codes()).toEqual([expected]);
  });

  test('and none of one that a signal has ended', async () => {
    await node(['-e', "process.kill(process.pid, 'SIGKILL')"], asked).catch(() => undefined);
    expect(tellings()).toHaveLength(1);
    expect(codes()).toEqual([]);
  });

  test('nor where the folder has gone meanwhile', async () => {
    const { stderr } = await node(['-e', `fs.rmSync(${JSON.stringify(runFolder)}, { recursive: true })`], asked);
    expect(stderr).toBe('');
  });
});

describe('it does nothing else', () => {
  test('in a process without the mark', async () => {
    const { stdout, stderr } = await node(['-e', SELF], { [RUN_FOLDER_VARIABLE]: undefined });
    expect(JSON.parse(stdout)).toHaveProperty('pid');
    expect(stderr).toBe('');
    expect(tellings()).toEqual([]);
  });

  test('when the folder of the run is gone', async () => {
    rmSync(runFolder, { recursive: true });
    const { stdout, stderr } = await node(['-e', SELF]);
    expect(JSON.parse(stdout)).toHaveProperty('pid');
    expect(stderr).toBe('');
    expect(existsSync(runFolder)).toBe(false);
  });

  test('when the working folder is gone', async () => {
    const gone = join(folder, 'gone');
    mkdirSync(gone);
    const command = `cd "${gone}" && rmdir "${gone}" && "${process.execPath}" -p 1`;
    const { stdout, stderr } = await run('sh', ['-c', command], { env: environment() });
    expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: '' });
    expect(tellings()).toMatchObject([{ cwd: '' }]);
  });

  test('to what the process has: no global name, no handler, no module, nothing that keeps it alive', async () => {
    const look = `console.log(JSON.stringify({
      names: Object.getOwnPropertyNames(globalThis), events: process.eventNames().map(String),
      exit: process.listenerCount('exit'), busy: process.getActiveResourcesInfo(),
    }))`;
    const bare = await node(['-e', look], { NODE_OPTIONS: undefined });
    expect(JSON.parse((await node(['-e', look])).stdout)).toEqual(JSON.parse(bare.stdout));
  });
});

function environment(changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, [RUN_FOLDER_VARIABLE]: runFolder, NODE_OPTIONS: `--require "${preload}"`, ...changes };
}

async function node(
  args: readonly string[],
  changes: NodeJS.ProcessEnv = {},
): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, args, { cwd: folder, env: environment(changes) });
}

function tellings() {
  return readdirSync(join(runFolder, PROCESSES_FOLDER))
    .filter((name) => parseProcessFileName(name) !== undefined)
    .map((name) => ({
      ...parseProcessFileName(name),
      ...JSON.parse(readFileSync(join(runFolder, PROCESSES_FOLDER, name), 'utf8')),
    }));
}

/** Exit codes that were told. */
function codes() {
  return readdirSync(join(runFolder, PROCESSES_FOLDER))
    .filter((name) => name.endsWith('.exit'))
    .map((name) => readFileSync(join(runFolder, PROCESSES_FOLDER, name), 'utf8'));
}
