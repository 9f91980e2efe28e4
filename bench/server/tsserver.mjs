/** TypeScript's own server as VS Code meets it: requests on its input, `geterr` for the diagnostics of a file. */

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** @typedef {import('./language-server.mjs').Editor} Editor */

const TSSERVER = createRequire(import.meta.url).resolve('typescript/lib/tsserver.js');

/**
 * @param {string} folder
 * @param {string} name of a file in it
 * @returns {Promise<Editor>}
 */
export const startTsserver = async (folder, name) => {
  const args = [TSSERVER, '--disableAutomaticTypingAcquisition'];
  const server = spawn(process.execPath, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const file = join(folder, name);
  let sequence = 0;
  /** @param {string} command @param {unknown} given */
  const send = (command, given) => {
    sequence += 1;
    server.stdin.write(`${JSON.stringify({ seq: sequence, type: 'request', command, arguments: given })}\n`);
  };
  /** @type {((findings: number) => void)[]} */
  const waiting = [];
  createInterface({ input: server.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    const { event, body } = JSON.parse(line);
    if (event === 'semanticDiag') waiting.shift()?.(body.diagnostics.length);
  });
  /** @returns {Promise<number>} */
  const semanticDiagnostics = () => {
    /** @type {Promise<number>} */
    const answer = new Promise((done) => waiting.push(done));
    send('geterr', { files: [file], delay: 0 });
    return answer;
  };
  let lines = 1;
  return {
    pid: server.pid,
    open: async (text) => {
      lines = text.split('\n').length;
      send('open', { file, fileContent: text, scriptKindName: 'JS', projectRootPath: folder });
      return await semanticDiagnostics();
    },
    // It has loaded the whole project for the first file.
    settled: async () => {},
    change: async (text) => {
      const textChanges = [{ start: { line: 1, offset: 1 }, end: { line: lines, offset: 1 }, newText: text }];
      lines = text.split('\n').length;
      send('updateOpen', { changedFiles: [{ fileName: file, textChanges }] });
      return await semanticDiagnostics();
    },
    close: async () => {
      send('exit', {});
      await new Promise((done) => server.once('exit', done));
    },
  };
};
