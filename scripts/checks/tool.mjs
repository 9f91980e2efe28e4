import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { root } from '../ensure-installed.mjs';

/**
 * Runs a development tool of this repository with the Node that runs this, on every platform alike.
 *
 * @param {string} name of the package, whose program has the same name or is `program`
 * @param {readonly string[]} options
 * @param {{ program?: string, quiet?: boolean }} [how] `quiet` prints only what a failing run printed
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function runTool(name, options, { program = name, quiet = true } = {}) {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return runScript(join(folder, typeof bin === 'string' ? bin : bin[program]), options, { quiet });
}

/**
 * Runs a program for Node.
 *
 * @param {string} file absolute, or relative to the repository
 * @param {readonly string[]} options
 * @param {{ quiet?: boolean }} [how]
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function runScript(file, options, { quiet = true } = {}) {
  const stdio = ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'];
  const child = spawn(execPath, [resolve(root, file), ...options], { cwd: root, stdio });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
  const exitCode = await new Promise((ended, reject) => {
    child.on('error', reject);
    child.on('close', ended);
  });
  if (exitCode !== 0) process.stdout.write(Buffer.concat(printed));
  return exitCode === 0;
}
