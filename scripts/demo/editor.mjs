import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { root } from '../ensure-installed.mjs';

/** More rounds than any sample needs: a fix that never comes to rest must not hang the demo. */
const MOST_FIXES = 50;

/**
 * Does what a person does with the light bulb: opens the files in an editor (a small one, which speaks to the real
 * language server), takes the first fix that is offered for each finding until none is offered, and saves.
 *
 * @param {string} folder
 * @param {readonly string[]} files absolute paths of the files to open
 * @returns {Promise<string[]>} the titles of the fixes that were taken
 */
export async function takeEveryFirstFix(folder, files) {
  const server = spawn(execPath, [join(root, 'dist', 'actor-state.cjs'), '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  try {
    connection.onRequest(() => null); // what the server asks of a larger editor
    connection.listen();
    const folderUri = pathToFileURL(folder).href;
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folderUri,
      workspaceFolders: [{ uri: folderUri, name: 'demo' }],
      capabilities: {
        textDocument: {
          diagnostic: {},
          codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
            dataSupport: true,
            resolveSupport: { properties: ['edit'] },
          },
        },
      },
    });
    await connection.sendNotification('initialized', {});
    const documents = await openAll(connection, files);
    const taken = [];
    for (let fix = await firstFix(connection, documents); fix; fix = await firstFix(connection, documents)) {
      if (taken.length >= MOST_FIXES) throw new Error(`The fixes do not come to rest: ${taken.join(', ')}`);
      taken.push(fix.title);
      await apply(connection, documents, fix.edit);
    }
    for (const { path, document } of documents.values()) writeFileSync(path, document.getText());
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    return taken;
  } finally {
    connection.dispose();
    server.kill();
  }
}

async function openAll(connection, files) {
  const documents = new Map();
  for (const path of files) {
    const uri = pathToFileURL(path).href;
    const languageId = path.endsWith('ts') ? 'typescript' : 'javascript';
    const document = TextDocument.create(uri, languageId, 1, readFileSync(path, 'utf8'));
    documents.set(uri, { path, document });
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text: document.getText() },
    });
  }
  return documents;
}

async function firstFix(connection, documents) {
  for (const uri of documents.keys()) {
    const textDocument = { uri };
    const { items } = await connection.sendRequest('textDocument/diagnostic', { textDocument });
    for (const diagnostic of items) {
      const context = { diagnostics: [diagnostic], only: ['quickfix'] };
      const params = { textDocument, range: diagnostic.range, context };
      const [action] = await connection.sendRequest('textDocument/codeAction', params);
      if (action) return connection.sendRequest('codeAction/resolve', action);
    }
  }
  return undefined;
}

async function apply(connection, documents, edit) {
  const changes = edit.documentChanges?.map((change) => [change.textDocument.uri, change.edits]);
  for (const [uri, edits] of changes ?? Object.entries(edit.changes ?? {})) {
    const open = documents.get(uri);
    if (open === undefined) throw new Error(`A fix changes ${uri}, which is not open.`);
    const text = TextDocument.applyEdits(open.document, edits);
    const version = open.document.version + 1;
    TextDocument.update(open.document, [{ text }], version);
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }
}
