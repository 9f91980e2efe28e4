import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './program.mjs';

/**
 * Puts an extension where VS Code's server looks for the installed ones. A window then has it as a user's window has,
 * with notifications and dialogs; an extension under development is loaded only in VS Code's automation mode, which
 * shows neither.
 *
 * @param {import('./install-server.mjs').InstalledServer} server
 * @param {string} extension a folder, which is linked, or a `.vsix`, which is installed
 * @param {string} dataFolder of the server
 */
export async function addExtension(server, extension, dataFolder) {
  if (extension.endsWith('.vsix')) {
    await runServerCommand(server, dataFolder, ['--install-extension', extension]);
    return;
  }
  const folder = join(dataFolder, 'extensions');
  await mkdir(folder, { recursive: true });
  await symlink(extension, join(folder, await nameOf(extension)), 'junction');
}

/**
 * @param {import('./install-server.mjs').InstalledServer} server
 * @param {string} dataFolder
 * @param {readonly string[]} args
 * @returns {Promise<string>} what it printed
 */
export function runServerCommand(server, dataFolder, args) {
  return runProgram(
    server.node,
    [server.main, '--accept-server-license-terms', '--server-data-dir', dataFolder, ...args],
    { env: { NODE_OPTIONS: undefined } },
  );
}

/** @param {string} extension */
async function nameOf(extension) {
  /** @type {{ publisher?: unknown, name?: unknown, version?: unknown }} */
  const { publisher, name, version } = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  return `${String(publisher)}.${String(name)}-${String(version)}`;
}
