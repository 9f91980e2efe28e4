import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloads } from './places.mjs';
import { Unavailable } from './unavailable.mjs';

/**
 * What this process has asked for: a second time gets the same answer, also when it is that it cannot be had.
 *
 * @type {Map<string, Promise<string>>}
 */
const asked = new Map();

/**
 * Gives the folder `.vscode-test/<name>`, filled by `fill` when it is not there yet.
 *
 * It is filled under another name and renamed when it is whole, so the folder's existence is the stamp: an install that
 * was cut short is never taken for one, and of two at the same time one wins.
 *
 * @param {string} name has the versions in it
 * @param {string} what is installed, for the one line that says so
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>}
 * @throws {Unavailable} when `fill` does
 */
export function installedOnce(name, what, fill) {
  const answer = asked.get(name) ?? install(name, what, fill);
  asked.set(name, answer);
  return answer;
}

/**
 * @param {string} name
 * @param {string} what
 * @param {(folder: string) => Promise<void>} fill
 */
async function install(name, what, fill) {
  const folder = join(downloads, name);
  if (existsSync(folder)) return folder;
  await mkdir(downloads, { recursive: true });
  const unfinished = join(downloads, `${name}.unfinished-${process.pid}`);
  const start = Date.now();
  console.log(`Installing ${what} into .vscode-test (once)…`);
  try {
    await mkdir(unfinished);
    await fill(unfinished);
    await renameUnlessThere(unfinished, folder);
    await removeAbandoned(name);
  } catch (error) {
    if (error instanceof Unavailable) throw new Unavailable(`${what} cannot be had: ${error.message}`);
    throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  console.log(`Installed ${what} in ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  return folder;
}

/**
 * @param {string} from
 * @param {string} to
 */
async function renameUnlessThere(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    // Another process was quicker: its folder is as good.
    if (!existsSync(to)) throw error;
  }
}

/**
 * Throws away what an install left that was killed.
 *
 * @param {string} name
 */
async function removeAbandoned(name) {
  const prefix = `${name}.unfinished-`;
  for (const entry of await readdir(downloads)) {
    if (!entry.startsWith(prefix) || isRunning(Number(entry.slice(prefix.length)))) continue;
    try {
      await rm(join(downloads, entry), { recursive: true, force: true });
    } catch {
      // The npm that it started may still write there: the next install tries again. It is in nobody's way.
    }
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
