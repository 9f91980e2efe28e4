/**
 * Measures the language server as an editor meets it, over `--stdio`: from its start to the first findings of an opened file,
 * and from an edit to the findings after it.
 *
 *   node bench/server/run.mjs [--files 200] [--edits 50]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { argv, exit, stderr } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { EDITED_FILE, writeSyntheticActors } from '../synthetic-actors.mjs';

const SERVER = resolve(dirname(fileURLToPath(import.meta.url)), '../../dist/actor-state.cjs');

const { values } = parseArgs({
  args: argv.slice(2),
  options: { files: { type: 'string', default: '200' }, edits: { type: 'string', default: '50' } },
});
const files = Number(values.files);
const edits = Number(values.edits);
if (!Number.isInteger(files) || !Number.isInteger(edits) || files < 4 || edits < 1) {
  stderr.write('--files takes a whole number from 4, --edits one from 1.\n');
  exit(2);
}

const workspace = mkdtempSync(join(tmpdir(), 'actor-state-bench-'));
try {
  const written = writeSyntheticActors(workspace, files);
  const { first, times, memory } = await measure(workspace, edits);
  const sorted = times.toSorted((a, b) => a - b);
  console.log(`${written} source files, ${edits} edits, Node ${process.version}`);
  console.log(`start to first findings   ${first.toFixed(0)} ms`);
  console.log(`edit to new findings      ${percentile(sorted, 0.5).toFixed(1)} ms median`);
  console.log(`                          ${percentile(sorted, 0.95).toFixed(1)} ms 95th percentile`);
  console.log(`memory of the server      ${memory ?? '?'} MB`);
} finally {
  rmSync(workspace, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @param {number} count
 */
async function measure(folder, count) {
  const started = performance.now();
  const server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => null));
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.listen();
  try {
    const rootUri = pathToFileURL(folder).href;
    const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: {}, workspaceFolders: true } };
    const workspaceFolders = [{ uri: rootUri, name: 'bench' }];
    await connection.sendRequest('initialize', { processId: process.pid, rootUri, workspaceFolders, capabilities });
    await connection.sendNotification('initialized', {});
    const uri = pathToFileURL(join(folder, EDITED_FILE)).href;
    let text = readFileSync(join(folder, EDITED_FILE), 'utf8');
    const textDocument = { uri, languageId: 'javascript', version: 1, text };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    await pull(connection, uri);
    const first = performance.now() - started;
    const times = [];
    for (let edit = 1; edit <= count; edit += 1) {
      // Each edit adds a write that nobody waits for, so each answer must have one finding more.
      text += `router.addHandler('E${edit}', async ({ pushData }) => {\n  pushData({ edit: ${edit} });\n});\n`;
      const before = performance.now();
      const change = { textDocument: { uri, version: edit + 1 }, contentChanges: [{ text }] };
      await connection.sendNotification('textDocument/didChange', change);
      const found = await pull(connection, uri);
      times.push(performance.now() - before);
      if (found !== edit)
        throw new Error(`After edit ${edit} there are ${found} findings, not ${edit}: the times say nothing.`);
    }
    const memory = residentMegabytes(server.pid);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    return { first, times, memory };
  } finally {
    connection.dispose();
    server.kill();
  }
}

/**
 * @param {import('vscode-jsonrpc/node').MessageConnection} connection
 * @param {string} uri
 * @returns {Promise<number>} how many findings the file has
 */
async function pull(connection, uri) {
  /** @type {{ items: readonly unknown[] }} */
  const report = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  return report.items.length;
}

/**
 * @param {readonly number[]} sorted
 * @param {number} part
 */
function percentile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** @param {number | undefined} pid */
function residentMegabytes(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]) / 1000);
  } catch {
    // Only Linux tells it this way.
    return undefined;
  }
}
