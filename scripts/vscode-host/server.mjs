import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startTree, stopTree } from './process-tree.mjs';
import { writeSettings } from './settings.mjs';

/**
 * @typedef {object} RunningServer
 * @property {string} authority `127.0.0.1:<port>`
 * @property {string} token without which it answers nobody
 * @property {import('node:child_process').ChildProcess} process
 * @property {() => string} output what it printed so far
 */

/**
 * @typedef {object} ServerOptions
 * @property {string} dataFolder where it keeps its data and extensions: a temporary folder
 * @property {boolean | undefined} [trust] ask whether the workspace is trusted, as VS Code does by default
 * @property {boolean | undefined} [automation] let the page run suites and be driven
 * @property {NodeJS.ProcessEnv | undefined} [env] for the server and with it the extension host
 * @property {Readonly<Record<string, unknown>> | undefined} [settings]
 */

/**
 * Starts VS Code's server on loopback, on a free port.
 *
 * @param {import('./install-server.mjs').InstalledServer} installed
 * @param {ServerOptions} options
 * @param {import('./leaving.mjs').Defer} defer
 * @returns {Promise<RunningServer>}
 */
export async function startServer(installed, options, defer) {
  await writeSettings(join(options.dataFolder, 'data', 'Machine'), options.settings ?? {});
  const token = randomUUID();
  // VS Code leaves sockets and folders in the temporary folder: give it one that goes. Elsewhere than on Linux the
  // temporary folder's own path is too long already for a socket in a folder below.
  const temporaryFiles = process.platform === 'linux' ? { TMPDIR: options.dataFolder } : {};
  const child = startTree(installed.node, [installed.main, ...serverArguments(options, token)], {
    env: { ...options.env, ...temporaryFiles, NODE_OPTIONS: undefined, VSCODE_IPC_HOOK_CLI: undefined },
  });
  defer(() => stopTree(child));
  let output = '';
  const port = await new Promise((resolve, reject) => {
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      const listening = /agent listening on (\d+)/.exec(output);
      if (listening !== null) resolve(listening[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`VS Code's server ended with ${code}:\n${output.slice(-2000)}`)));
  });
  return { authority: `127.0.0.1:${port}`, token, process: child, output: () => output };
}

/**
 * @param {ServerOptions} options
 * @param {string} token
 */
function serverArguments(options, token) {
  return [
    '--host=127.0.0.1',
    '--port=0',
    `--connection-token=${token}`,
    `--server-data-dir=${options.dataFolder}`,
    '--accept-server-license-terms',
    '--disable-telemetry',
    ...(options.trust === true ? [] : ['--disable-workspace-trust']),
    ...(options.automation === true ? ['--enable-smoke-test-driver'] : []),
  ];
}

/**
 * The address at which a browser finds VS Code with a folder open, and in automation mode runs suites on an extension
 * under development.
 *
 * @param {RunningServer} server
 * @param {{ workspacePath: string, suites?: { extensionPath: string, index: string } }} what
 */
export function pageAddress(server, what) {
  const remote = (/** @type {string} */ path) => `vscode-remote://${server.authority}${uriPath(path)}`;
  const query = new URLSearchParams({ tkn: server.token, folder: uriPath(what.workspacePath) });
  if (what.suites !== undefined) {
    const payload = [
      ['extensionDevelopmentPath', remote(what.suites.extensionPath)],
      ['extensionTestsPath', remote(what.suites.index)],
      ['skipWelcome', 'true'],
    ];
    query.set('payload', JSON.stringify(payload));
  }
  return `http://${server.authority}/?${query.toString()}`;
}

/** @param {string} path as the system writes it */
function uriPath(path) {
  const slashes = path.replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
