import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { execPath, stderr } from 'node:process';

/**
 * Puts an Actor into a folder, at its commit and with what its package or lock file names. The checkout is only read. What is
 * there from an earlier run is used again.
 *
 * @param {import('./cases.mjs').Case} actor
 * @param {readonly string[]} checkouts folders of `<owner>+<name>`
 * @param {string} into
 * @returns the Actor's own folder
 * @throws {Error} when no checkout has the commit, or npm fails
 */
export function installed({ id, repository, commit, folder }, checkouts, into) {
  const target = join(into, id);
  if (existsSync(join(target, '.installed'))) return target;
  const name = repository.replace('/', '+');
  const checkout = checkouts.map((dir) => join(dir, name)).find((dir) => existsSync(dir));
  if (checkout === undefined) throw new Error(`${name} is in none of the folders of --checkouts.`);
  mkdirSync(target, { recursive: true });
  const archive = run('git', ['archive', folder === '.' ? commit : `${commit}:${folder}`], checkout);
  run('tar', ['x'], target, archive);
  stderr.write(`${id}: npm install\n`);
  // Not `npm ci`: some of these lock files do not fit their package.json.
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], target);
  writeFileSync(join(target, '.installed'), '');
  return target;
}

/** The version of the SDK that npm has chosen. @param {string} folder */
export function sdkVersion(folder) {
  return run(execPath, ['-p', "require('./node_modules/apify/package.json').version"], folder).toString().trim();
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {Buffer} [input]
 */
function run(program, args, cwd, input) {
  const { status, stdout, stderr: said, error } = spawnSync(program, args, { cwd, input, maxBuffer: 2 ** 30 });
  if (error !== undefined) throw error;
  if (status === 0) return stdout;
  throw new Error(`${program} ${args.join(' ')} in ${cwd} failed: ${said.toString().slice(-2000)}`);
}
