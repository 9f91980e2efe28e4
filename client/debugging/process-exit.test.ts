import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPlatform, PRELOAD } from '../../simulator/platform/testing/forked-platform.ts';
import { PROCESSES_FOLDER, RUN_FOLDER_VARIABLE } from '../../simulator/preload/process-file.ts';
import type { ProcessExit } from '../../simulator/recording.ts';
import { toldExit } from './process-exit.ts';

let folder: string;

beforeAll(buildPlatform);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exit-test-'));
  mkdirSync(join(folder, PROCESSES_FOLDER));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SIGNALLED = { code: undefined, signal: 'a signal' };
const KILLED_SELF = "process.kill(process.pid, 'SIGKILL')";

/** Starts a command as the debugger does, in the run's folder, and says how it is told to have ended. */
async function exitOf(program: string, ...args: readonly string[]): Promise<ProcessExit> {
  const inherited: Record<string, string> = { [RUN_FOLDER_VARIABLE]: folder, NODE_OPTIONS: `--require "${PRELOAD}"` };
  const { environment, exit } = await toldExit(inherited);
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...environment }, stdio: 'ignore' });
  await once(child, 'exit');
  return await exit();
}

describe('how a process ended that the debugger started', () => {
  it('is its code', async () => {
    expect(await exitOf('node', '-e', '0')).toEqual({ code: 0, signal: undefined });
    expect(await exitOf('node', '-e', 'process.exit(3)')).toEqual({ code: 3, signal: undefined });
  });

  it('is that of npm, not of what it started before', async () => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { start: 'node -e 0 && node main.cjs' } }));
    writeFileSync(join(folder, 'main.cjs'), 'process.exit(5)');
    expect(await exitOf('npm', 'run', 'start')).toEqual({ code: 5, signal: undefined });
  });

  it('is that of the last one that a shell started', async () => {
    expect(await exitOf('/bin/sh', '-c', 'node -e 0; node -e "process.exit(6)"')).toMatchObject({ code: 6 });
  });

  it('is a signal where it has left no code, even if one before it had', async () => {
    expect(await exitOf('node', '-e', '0')).toMatchObject({ code: 0 });
    expect(await exitOf('node', '-e', KILLED_SELF)).toEqual(SIGNALLED);
    const child = "require('node:child_process').spawnSync(process.execPath, ['-e', '0'])";
    expect(await exitOf('node', '-e', `${child}; ${KILLED_SELF}`)).toEqual(SIGNALLED);
  });

  it('is not known of a program that is not Node', async () => {
    expect(await exitOf('/bin/sh', '-c', 'exit 4')).toEqual({ code: undefined, signal: undefined });
  });

  it('is nothing to fail over when the run is gone', async () => {
    const remove = `fs.rmSync(${JSON.stringify(folder)}, { recursive: true })`;
    expect(await exitOf('node', '-e', remove)).toEqual({ code: undefined, signal: undefined });
  });
});
