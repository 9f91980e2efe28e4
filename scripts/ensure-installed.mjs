import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { argv, execPath, exit, env, version } from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Makes a checkout ready to run: installs what package-lock.json names and node_modules lacks. Knows Node and npm only,
 * since nothing else is there yet. Ends the process with a sentence where it cannot.
 */
export function ensureInstalled() {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    leave(`Node ${version} is too old: Actor State needs Node 20.19 or later (https://nodejs.org).`);
  }
  const missing = whatIsMissing();
  if (missing === undefined) return;
  console.log(`Installing dependencies with npm (${missing}) …`);
  // Not `npm ci`: it rejects a lock file that does not name the optional packages of every platform, and a lock file
  // that was written behind a mirror does not. This keeps to the lock file all the same, and writes nothing to it.
  const options = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = env['npm_execpath'];
  // `npm run` says where npm's program is; else it is found on the PATH, on Windows as npm.cmd by a shell.
  const { status } = npm?.endsWith('js')
    ? spawnSync(execPath, [npm, ...options], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawnSync('npm', options, {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
      });
  if (status !== 0)
    leave('npm install failed (see above). Check the connection to the npm registry and run this again.');
}

/** Why an install is needed; npm writes what it has installed into node_modules/.package-lock.json. */
function whatIsMissing() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) leave('package-lock.json is missing or broken: check the repository out again.');
  if (installed === undefined) return 'nothing is installed yet';
  for (const [path, { version: wantedVersion, optional }] of Object.entries(wanted)) {
    // What is optional may be for another platform.
    if (path === '' || optional === true) continue;
    if (installed[path]?.version !== wantedVersion) return `${path} has changed`;
    if (!existsSync(join(root, path, 'package.json'))) return `${path} is gone`;
  }
  return undefined;
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function leave(sentence) {
  console.error(sentence);
  exit(1);
}

if (argv[1] !== undefined && resolve(argv[1]) === fileURLToPath(import.meta.url)) ensureInstalled();
