import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CancellationToken,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  InitializeResult,
  PublishDiagnosticsParams,
  Registration,
} from 'vscode-languageserver/node';
import type { StatusMessage } from '../status.ts';
import { toUri } from '../uris.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle = `${root}dist/actor-state.cjs`;

/** Builds the bundle that the tests start; quick when nothing has changed. */
export function buildServer(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', '--quiet'], { cwd: root, stdio: 'inherit' });
}

export interface ClientStart {
  readonly capabilities: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly initializationOptions?: unknown;
  /** What the client answers when it is asked for the settings. */
  readonly settings?: unknown;
}

/** Capabilities of a modern client that asks for diagnostics. */
export const PULLS: ClientCapabilities = {
  textDocument: {
    diagnostic: { dynamicRegistration: false, relatedInformation: true, codeDescriptionSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

/** Capabilities of an old client: diagnostics are sent to it, and it answers no questions. */
export const IS_SENT_TO: ClientCapabilities = { textDocument: { publishDiagnostics: {}, codeAction: {} } };

/** A client over stdio that knows nothing of any editor: the server as any program could use it. */
export class PlainClient {
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly registrations: Registration[] = [];
  readonly logged: string[] = [];
  status: StatusMessage | undefined;
  refreshes = 0;
  settings: unknown;
  readonly #process: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #exit: Promise<number | null>;
  #listeners: (() => void)[] = [];

  private constructor(settings: unknown) {
    this.settings = settings;
    const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = child;
    this.#exit = new Promise((resolve) => {
      child.on('exit', resolve);
    });
    this.#connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.#listen();
    this.#connection.listen();
  }

  /** Starts a server and greets it. */
  static async start(options: ClientStart): Promise<PlainClient & { readonly greeting: InitializeResult }> {
    const client = new PlainClient(options.settings);
    const folders = (options.folders ?? []).map((folder) => ({ uri: toUri(folder), name: folder }));
    const greeting = await client.request<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders,
      capabilities: options.capabilities,
      initializationOptions: options.initializationOptions,
    });
    await client.notify('initialized', {});
    return Object.assign(client, { greeting });
  }

  async request<Result>(method: string, params: unknown, token?: CancellationToken): Promise<Result> {
    const more = [...(params === undefined ? [] : [params]), ...(token ? [token] : [])];
    return await this.#connection.sendRequest<Result>(method, ...more);
  }

  async notify(method: string, params?: object): Promise<void> {
    await (params ? this.#connection.sendNotification(method, params) : this.#connection.sendNotification(method));
  }

  /** Hears the partial results of one request. */
  onProgress(token: string, listener: (part: unknown) => void): void {
    this.#connection.onNotification('$/progress', (message: { readonly token: string; readonly value: unknown }) => {
      if (message.token === token) listener(message.value);
    });
  }

  /** Waits for a condition on what the server has sent. The test runner's limit ends a hang. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#listeners.push(resolve);
      });
    }
  }

  /** Ends the server as the protocol says. @returns its exit code */
  async end(): Promise<number | null> {
    await this.request('shutdown', undefined);
    return await this.exit();
  }

  /** Tells the server to exit, politely or not. @returns its exit code */
  async exit(): Promise<number | null> {
    await this.notify('exit');
    return await this.#exit;
  }

  /** Pulls the plug, as an editor that crashes does. @returns the server's exit code */
  async hangUp(): Promise<number | null> {
    this.#process.stdin?.end();
    return await this.#exit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exit;
    this.#connection.dispose();
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      this.#heard();
    });
    connection.onNotification('actorState/status', (status: StatusMessage) => {
      this.status = status;
      this.#heard();
    });
    connection.onNotification('window/logMessage', ({ message }: { readonly message: string }) => {
      this.logged.push(message);
      this.#heard();
    });
    connection.onRequest('client/registerCapability', ({ registrations }: { registrations: Registration[] }) => {
      this.registrations.push(...registrations);
      this.#heard();
      return null;
    });
    connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly unknown[] }) =>
      items.map(() => this.settings),
    );
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes += 1;
      this.#heard();
      return null;
    });
  }

  #heard(): void {
    for (const resume of this.#listeners.splice(0)) resume();
  }
}
