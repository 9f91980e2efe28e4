import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Starts a program as the head of its own process group, so that {@link stopTree} reaches all that it starts.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 */
export function startTree(file, args, options = {}) {
  return spawn(file, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
}

/**
 * Ends a program of {@link startTree} with everything it started: asked first, forced after two seconds.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stopTree(child) {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    if (child.exitCode !== null) return;
    const killer = spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    await once(killer, 'close');
    return;
  }
  if (!signalGroup(child.pid, 'SIGTERM')) return;
  const deadline = Date.now() + 2000;
  while (signalGroup(child.pid, 0)) {
    if (Date.now() > deadline) {
      signalGroup(child.pid, 'SIGKILL');
      return;
    }
    await delay(20);
  }
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether a process of the group is left
 */
function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
    return true;
  } catch (error) {
    // EPERM: macOS answers so for a group of which only zombies are left.
    if (error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')) return false;
    throw error;
  }
}
