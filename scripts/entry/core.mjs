/**
 * All that needs the analysis, in one bundle: server and command line share one copy of it.
 * Each is loaded when it is asked for, and each loads the analysis itself when it first needs it.
 */

import { join } from 'node:path';

/** Serves the language server protocol on the transport that the arguments name. */
export async function serve() {
  const { serve: start } = await import('../../server/server.ts');
  start();
}

/**
 * Runs the command line; the process ends by itself once everything is printed.
 *
 * @param {string} folder where the bundles are
 */
export async function run(folder) {
  const { run: start } = await import('../../cli/main.ts');
  const { stdout, stderr, env } = process;
  const cwd = workingDirectory();
  if (cwd === undefined) {
    stderr.write('actor-state: the working directory is not there any more: change to a folder that exists\n');
    process.exitCode = 2;
    return;
  }
  let isFailed = false;
  const fail = () => {
    isFailed = true;
    process.exitCode = 2;
  };
  const programs = { platform: join(folder, 'platform.cjs'), preload: join(folder, 'preload.cjs') };
  const terminal = { stdout, stderr, env, cwd, fail, programs, onInterrupt };
  const exitCode = await start(process.argv.slice(2), terminal);
  process.exitCode = isFailed ? 2 : exitCode;
}

/** Ctrl+C and a polite `kill` are heard once; the second one ends the process as it would have without us. */
function onInterrupt(/** @type {() => void} */ listener) {
  const stopListening = () => {
    process.off('SIGINT', heard);
    process.off('SIGTERM', heard);
  };
  const heard = () => {
    stopListening();
    listener();
  };
  process.on('SIGINT', heard);
  process.on('SIGTERM', heard);
  return stopListening;
}

/** The working directory; `undefined` when it was deleted while the shell stood in it. */
function workingDirectory() {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** The rules with what is said of them, for the scripts that write the manifest. */
export async function rules() {
  return (await import('../../rules/index.ts')).rules;
}

/** The rules themselves, for the bench that says how long each takes. */
export async function ruleList() {
  return (await import('../../rules/catalogue/index.ts')).ruleList;
}
