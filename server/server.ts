import {
  createConnection,
  DidChangeWatchedFilesNotification,
  ProposedFeatures,
  type CancellationToken,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver/node';
import manifest from '../package.json' with { type: 'json' };
import { ACTORS, actorsIn } from './actors.ts';
import { serverCapabilities } from './capabilities.ts';
import { clientFeatures } from './client-features.ts';
import { CodeActions } from './code-actions.ts';
import { KeyHovers } from './key-hovers.ts';
import { toFile } from './uris.ts';
import { WATCHERS } from './watched-files.ts';
import { WorkspaceServer } from './workspace-server.ts';

const TRANSPORT = /^--(?:stdio$|node-ipc$|(?:socket|pipe)(?:=|$))/;

/**
 * Starts the language server on the transport that the process's arguments name, `--stdio` where they name none.
 *
 * Architecture invariant: this folder is the only one that knows the language server protocol, and it knows no editor.
 */
export function serve(): void {
  if (!process.argv.some((argument) => TRANSPORT.test(argument))) process.argv.push('--stdio');
  const connection = createConnection(ProposedFeatures.all);
  // A fault in one place must not take the findings of all folders away; the log has it, and the next change tries again.
  const logFault = (error: unknown): void => connection.console.error(`A fault of the server: ${traceOf(error)}`);
  process.on('uncaughtException', logFault);
  process.on('unhandledRejection', logFault);
  serveOn(connection);
}

/** Serves the client at the other end of a connection, whatever it runs over. */
export function serveOn(connection: Connection): void {
  connection.onInitialize((params) => initialize(connection, params));
  connection.listen();
}

function initialize(connection: Connection, params: InitializeParams): InitializeResult {
  const client = clientFeatures(params);
  const server = new WorkspaceServer(connection, client, params.initializationOptions);
  const { folders, documents } = server;
  server.documents.listen(connection, server);
  connection.onInitialized(async () => {
    await server.start(foldersOf(params));
    if (client.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        server.foldersChanged(
          added.flatMap(({ uri }) => toFile(uri) ?? []),
          removed.flatMap(({ uri }) => toFile(uri) ?? []),
        );
      });
    }
    if (client.watcherRegistration) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...WATCHERS] });
    }
  });
  connection.onDidChangeWatchedFiles(({ changes }) => server.filesChanged(changes));
  connection.workspace.onDidCreateFiles(({ files }) => server.pathsChanged(files.map(({ uri }) => uri)));
  connection.workspace.onDidDeleteFiles(({ files }) => server.pathsChanged(files.map(({ uri }) => uri)));
  connection.workspace.onDidRenameFiles(({ files }) => {
    server.pathsChanged(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri]));
  });
  if (client.pullsDiagnostics) {
    connection.languages.diagnostics.on((request, token) => server.pull.document(request, token));
    connection.languages.diagnostics.onWorkspace((request, token, _progress, partial) =>
      server.pull.workspace(request, token, partial),
    );
  }
  const actions = new CodeActions({ folders, documents, client });
  connection.onCodeAction((request, token) => actions.offer(request, token));
  connection.onCodeActionResolve((action, token) => actions.resolve(action, token));
  const hovers = new KeyHovers({ folders, documents, client });
  connection.onHover((request, token) => hovers.hover(request, token));
  connection.onRequest(ACTORS, (token: CancellationToken) => actorsIn(folders, documents, token));
  connection.onShutdown(() => server.end());
  return { capabilities: serverCapabilities(client), serverInfo: { name: manifest.name, version: manifest.version } };
}

/** The folders that are open; a client from before there could be several sends one. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => toFile(uri) ?? []);
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
