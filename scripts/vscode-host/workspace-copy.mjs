import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';

/**
 * A temporary folder that goes when the run ends.
 *
 * @param {import('./leaving.mjs').Defer} defer
 */
export async function temporaryFolder(defer) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'actor-state-vscode-')));
  defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

/**
 * A fresh copy of a workspace, so that tests may write in it and the checkout stays clean.
 *
 * @param {string} workspacePath
 * @param {string} into
 */
export async function copyOfWorkspace(workspacePath, into) {
  const copy = join(into, basename(resolve(workspacePath)));
  await cp(workspacePath, copy, { recursive: true });
  return copy;
}
