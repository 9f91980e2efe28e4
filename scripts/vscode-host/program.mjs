import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { Unavailable } from './unavailable.mjs';

/**
 * Runs a program to its end and gives what it printed.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} stdout and stderr together
 * @throws {Error} when it cannot be started or exits with another code than 0; the message has the end of its output
 */
export function runProgram(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    // npm and code are batch files on Windows, which only a shell starts.
    const shell = process.platform === 'win32' && /\.(?:cmd|bat)$/i.test(file);
    const child = spawn(shell ? `"${file}"` : file, shell ? args.map((arg) => `"${arg}"`) : args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell,
    });
    let output = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code ?? signal}:\n${output.slice(-2000)}`));
    });
  });
}

/** What npm says when it cannot reach its registry or the registry has no such package. */
const registryFailed =
  /code (?:ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ERR_SOCKET\w*|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|E4\d\d|E5\d\d|ETARGET)/;

/**
 * Runs npm, the one that runs us where there is one (`npm test`), else the one on PATH.
 *
 * @param {readonly string[]} args
 * @param {string} cwd
 * @throws {Unavailable} when the registry cannot give what is asked for
 */
export async function runNpm(args, cwd) {
  const cli = process.env['npm_execpath'];
  try {
    if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) await runProgram(process.execPath, [cli, ...args], { cwd });
    else await runProgram(findProgram('npm') ?? 'npm', args, { cwd });
  } catch (error) {
    const [reason] = registryFailed.exec(error instanceof Error ? error.message : '') ?? [];
    if (reason === undefined) throw error;
    throw new Unavailable(`npm cannot install it (${reason}): is the npm registry reachable?`);
  }
}

/**
 * Runs a program for the first time on this machine.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @throws {Unavailable} when it does not run here: another C library, a shared library that is missing
 */
export async function firstRun(file, args) {
  try {
    await runProgram(file, args);
  } catch (error) {
    throw new Unavailable(`it does not run on this machine: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * @param {string} name without `.exe` or `.cmd`
 * @returns {string | undefined} its path, when it is on PATH
 */
export function findProgram(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), dirname(process.execPath)];
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((path) => existsSync(path));
}
