import type * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  TransportKind,
  type CloseHandlerResult,
  type LanguageClientOptions,
  type ServerOptions,
} from 'vscode-languageclient/node';
import { readActors, type KnownActor } from './actors.ts';
import { COMMANDS, type Restartable } from './commands.ts';
import { Crashes } from './crashes.ts';
import { SELECTOR } from './selector.ts';
import { readStatus, type Status } from './status.ts';

export interface ClientParts {
  readonly vscode: {
    readonly window: Pick<typeof vscode.window, 'showErrorMessage'>;
    readonly commands: Pick<typeof vscode.commands, 'executeCommand'>;
  };
  readonly output: vscode.LogOutputChannel;
  readonly status: { show(status: Status): void };
  /** The bundle that is the server. */
  readonly serverModule: string;
}

/** The server's process and what is shown of it. A server that is gone is never passed over in silence. */
export class ActorStateClient implements Restartable {
  readonly #parts: ClientParts;
  readonly #crashes = new Crashes();
  readonly #client: LanguageClient;
  #started: Promise<void> = Promise.resolve();

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#client = new LanguageClient('actorState', 'Actor State', serverOptions(parts.serverModule), this.#options());
    this.#client.onNotification('actorState/status', (message: unknown) => {
      const status = readStatus(message);
      if (status) parts.status.show(status);
    });
    this.#client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) parts.status.show({ state: 'starting' });
    });
  }

  /** Starts the server; a failure is shown, so nothing need be awaited. */
  start(): void {
    this.#started = this.#client.start().catch((error: unknown) => {
      this.#giveUp(`It could not be started: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  async restart(): Promise<void> {
    this.#crashes.forget();
    await this.stop();
    this.start();
  }

  async stop(): Promise<void> {
    // A client that is starting cannot be stopped; one whose server has crashed need not be.
    await this.#started;
    if (this.#client.needsStop()) await this.#client.stop();
    this.#parts.status.show({ state: 'stopped' });
  }

  /** The Actors of the workspace, as the newest text has them; none while the server does not run. */
  async actors(): Promise<readonly KnownActor[]> {
    await this.#started;
    if (!this.#client.isRunning()) return [];
    try {
      return readActors(await this.#client.sendRequest('actorState/actors'));
    } catch (error) {
      // The folder was closed meanwhile, or the server ended: what comes next asks again.
      this.#parts.output.warn(`The server did not tell of the Actors: ${String(error)}`);
      return [];
    }
  }

  dispose(): void {
    this.#client.dispose().catch((error: unknown) => this.#parts.output.warn(`Disposing: ${String(error)}`));
  }

  #options(): LanguageClientOptions {
    return {
      documentSelector: [...SELECTOR],
      outputChannel: this.#parts.output,
      diagnosticCollectionName: 'actor-state',
      diagnosticPullOptions: { onChange: true },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.#closed(),
      },
    };
  }

  #closed(): CloseHandlerResult {
    if (this.#crashes.next(Date.now()) === 'start-again') {
      this.#parts.output.warn('The server ended unexpectedly and is started again.');
      return { action: CloseAction.Restart, handled: true };
    }
    this.#giveUp('It ended unexpectedly three times within three minutes.');
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  #giveUp(reason: string): void {
    const { vscode: editor, output, status } = this.#parts;
    output.error(reason);
    status.show({ state: 'crashed', reason });
    const actions = { Restart: COMMANDS.restart, 'Show Output': COMMANDS.showOutput } as const;
    editor.window
      .showErrorMessage(`The Actor State server is not running. ${reason}`, 'Restart', 'Show Output')
      .then(async (chosen) => chosen && (await editor.commands.executeCommand(actions[chosen])))
      .then(undefined, (error: unknown) => output.error(String(error)));
  }
}

function serverOptions(module: string): ServerOptions {
  const run = { module, args: ['server'], transport: TransportKind.ipc };
  return { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } };
}
