/**
 * Required by every Node process of a run, before its own code: `NODE_OPTIONS=--require "<dist>/preload.cjs"`. It writes one
 * file that says who the process is, so that the reaper knows it when its parent is gone, and does nothing else in a process
 * that is not ours: no output, no handler, no timer, no error. Where it is asked to, it writes the exit code too, and listens in
 * on Crawlee.
 */
import { readFileSync, writeFileSync } from 'node:fs';

import { hookCrawlee } from './crawlee-hook.ts';
import { CRAWLEE_VARIABLE } from './crawlee-protocol.ts';
import {
  exitFileName,
  PROCESSES_FOLDER,
  processFileName,
  RUN_FOLDER_VARIABLE,
  startTicksOf,
  TELL_EXIT_VARIABLE,
  type ProcessFile,
} from './process-file.ts';

tell(Date.now());

function tell(firstInstructionAt: number): void {
  const runFolder = process.env[RUN_FOLDER_VARIABLE];
  if (runFolder === undefined || runFolder === '' || isThread()) return;
  try {
    const { pid, ppid: parent, argv, execArgv } = process;
    const startedAt = Math.round(firstInstructionAt - process.uptime() * 1000);
    const startTicks = process.platform === 'linux' ? startTicksOf(readFileSync('/proc/self/stat', 'utf8')) : 0;
    const content: ProcessFile = { firstInstructionAt, parent, argv, execArgv, cwd: workingFolder() };
    const file = `${runFolder}/${PROCESSES_FOLDER}/${processFileName({ pid, startedAt, startTicks })}`;
    writeFileSync(file, JSON.stringify(content));
    const crawlee = process.env[CRAWLEE_VARIABLE];
    if (crawlee !== undefined) hookCrawlee(crawlee);
    if (process.env[TELL_EXIT_VARIABLE] !== undefined)
      process.once('exit', (code) => tellExit(exitFileName(file), code));
  } catch {
    // The run is over and its folder gone, or the disk is full: neither may disturb the process.
  }
}

function tellExit(file: string, code: number): void {
  try {
    writeFileSync(file, String(code));
  } catch {
    // As above.
  }
}

/**
 * A worker thread requires the preload too, after its process has told. Node takes away from threads what changes the whole
 * process, and says so; to ask `node:worker_threads` would take longer than all the rest.
 */
function isThread(): boolean {
  // oxlint-disable-next-line typescript/unbound-method -- it is looked at, not called
  return 'disabled' in process.chdir;
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    // It was deleted.
    return '';
  }
}
