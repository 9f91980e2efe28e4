/** Our server as an editor meets it, over `--stdio`. */

import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const SERVER = resolve(import.meta.dirname, '../../dist/actor-state.cjs');

/**
 * An editor's side of a server for one open file: what it says of the file, and again after each change.
 *
 * @typedef {{
 *   pid: number | undefined,
 *   open: (text: string) => Promise<number>,
 *   settled: () => Promise<void>,
 *   change: (text: string) => Promise<number>,
 *   close: () => Promise<void>,
 * }} Editor `open` and `change` answer how many findings there are; `settled` waits until all files have been looked at
 */

/** @param {string} folder @param {string} file in it @returns {Promise<Editor>} */
export const startLanguageServer = async (folder, file) => {
  const server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => null));
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.listen();
  const rootUri = pathToFileURL(folder).href;
  const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: {}, workspaceFolders: true } };
  const workspaceFolders = [{ uri: rootUri, name: 'bench' }];
  await connection.sendRequest('initialize', { processId: process.pid, rootUri, workspaceFolders, capabilities });
  await connection.sendNotification('initialized', {});
  const uri = pathToFileURL(join(folder, file)).href;
  let version = 1;
  const pull = async () => {
    /** @type {{ items: readonly unknown[] }} */
    const report = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    return report.items.length;
  };
  return {
    pid: server.pid,
    open: async (text) => {
      const textDocument = { uri, languageId: 'javascript', version, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      return await pull();
    },
    // What VS Code asks for at the start, too: the findings of all files.
    settled: async () => {
      await connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    },
    change: async (text) => {
      version += 1;
      const contentChanges = [{ text }];
      await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
      return await pull();
    },
    close: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
      server.kill();
    },
  };
};
