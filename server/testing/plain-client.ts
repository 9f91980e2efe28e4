import { createMessageConnection, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  InitializeResult,
  PublishDiagnosticsParams,
  Registration,
} from 'vscode-languageserver/node';
import type { StatusMessage } from '../status.ts';
import { toUri } from '../uris.ts';
import { localTransport, processTransport, type ServerProcess, type Transport } from './transports.ts';

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

type GreetedClient = PlainClient & { readonly greeting: InitializeResult };

/** Capabilities of an old client: diagnostics are sent to it, and it answers no questions. */
export const IS_SENT_TO: ClientCapabilities = { textDocument: { publishDiagnostics: {}, codeAction: {} } };

/** A client that knows nothing of any editor: the server as any program could use it. */
export class PlainClient {
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly registrations: Registration[] = [];
  readonly logged: string[] = [];
  status: StatusMessage | undefined;
  refreshes = 0;
  settings: unknown;
  readonly #transport: Transport;
  readonly #connection: MessageConnection;
  #listeners: (() => void)[] = [];

  private constructor(transport: Transport, settings: unknown) {
    this.settings = settings;
    this.#transport = transport;
    this.#connection = createMessageConnection(transport.reader, transport.writer);
    this.#listen();
    this.#connection.listen();
  }

  /** Starts the server that is shipped, over stdio, and greets it. */
  static async startProcess(options: ClientStart): Promise<GreetedClient> {
    return await PlainClient.#greeted(processTransport(), options);
  }

  /** Starts a server within this process, which is much quicker, and greets it. */
  static async start(options: ClientStart): Promise<GreetedClient> {
    return await PlainClient.#greeted(localTransport(), options);
  }

  static async #greeted(transport: Transport, options: ClientStart): Promise<GreetedClient> {
    const client = new PlainClient(transport, options.settings);
    const folders = (options.folders ?? []).map((folder) => ({ uri: toUri(folder), name: folder }));
    const greeting = await client.request<InitializeResult>('initialize', {
      processId: transport.process ? process.pid : null,
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

  /** Tells the server to exit, politely or not. @returns its exit code */
  async exit(): Promise<number | null> {
    const { exitCode } = this.#serverProcess();
    await this.notify('exit');
    return await exitCode;
  }

  /** Pulls the plug, as an editor that crashes does. @returns the server's exit code */
  async hangUp(): Promise<number | null> {
    const { exitCode, hangUp } = this.#serverProcess();
    hangUp();
    return await exitCode;
  }

  #serverProcess(): ServerProcess {
    const { process: own } = this.#transport;
    // It would take the test's process along.
    if (!own) throw new Error('only a server with a process of its own can be told to exit');
    return own;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { process: own } = this.#transport;
    own?.kill();
    // Without a process to end, the server is told to leave alone what it had still planned.
    await (own ? own.exitCode : this.request('shutdown', undefined));
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
