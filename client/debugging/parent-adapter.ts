import * as vscode from 'vscode';
import { inBackground } from '../background.ts';

/** What the adapter asks of the session that it speaks for. */
export interface ParentSession {
  /** Starts the run. Failures are told to the person, not to the adapter. */
  launch(): void;
  /** Ends the run. Fulfilled when nothing of it is left. */
  stop(): Promise<void>;
  /** A request about the running program, which one of its own sessions answers; `undefined` where none runs. */
  ask(command: string, argument: unknown): Promise<unknown>;
}

/** A request of the Debug Adapter Protocol, as far as it is read here. */
interface Request {
  readonly seq: number;
  readonly command: string;
  readonly arguments: unknown;
}

const CAPABILITIES = {
  supportsConfigurationDoneRequest: true,
  supportsTerminateRequest: true,
  // What is asked in the Debug Console of the parent is answered by the Actor's own session.
  supportsCompletionsRequest: true,
  supportsEvaluateForHovers: false,
};

/** Requests that the Actor's own session answers in its place. */
const ASKED_OF_THE_ACTOR: ReadonlySet<string> = new Set(['evaluate', 'completions', 'variables', 'setVariable']);

/**
 * The debug adapter of the session that stays while the processes of a run come and go. It debugs nothing itself: each
 * process has sessions of js-debug, which are this one's children.
 */
export class ParentAdapter implements vscode.DebugAdapter {
  readonly #session: ParentSession;
  readonly #messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.#messages.event;
  #sent = 0;
  #ending: Promise<void> | undefined;

  constructor(session: ParentSession) {
    this.#session = session;
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    const request = readRequest(message);
    if (request !== undefined) this.#handle(request);
  }

  /** A line of our own in the Debug Console. */
  print(text: string, category: 'console' | 'stderr' = 'console'): void {
    this.#event('output', { category, output: `${text}\n` });
  }

  /** The run has ended: so has the session. */
  end(): void {
    this.#event('terminated', {});
  }

  dispose(): void {
    this.#messages.dispose();
  }

  #handle(request: Request): void {
    switch (request.command) {
      case 'initialize':
        this.#answer(request, CAPABILITIES);
        this.#event('initialized', {});
        return;
      case 'launch':
        this.#answer(request, {});
        this.#session.launch();
        return;
      case 'threads':
        this.#answer(request, { threads: [] });
        return;
      case 'setBreakpoints':
        this.#answer(request, { breakpoints: unverified(request.arguments) });
        return;
      case 'terminate':
      case 'disconnect':
        this.#stop(request);
        return;
      case 'configurationDone':
      case 'setFunctionBreakpoints':
      case 'setExceptionBreakpoints':
        this.#answer(request, {});
        return;
    }
    if (ASKED_OF_THE_ACTOR.has(request.command)) this.#ask(request);
    else this.#refuse(request, `The session of the run has no "${request.command}": its processes' sessions have.`);
  }

  /** Stop may be pressed again while the run is ending: both wait for the same end. */
  #stop(request: Request): void {
    this.#ending ??= this.#session.stop();
    inBackground(
      this.#ending.finally(() => {
        this.#answer(request, {});
        if (request.command === 'terminate') this.end();
      }),
    );
  }

  #ask(request: Request): void {
    this.#session.ask(request.command, request.arguments).then(
      (body) =>
        body === undefined
          ? this.#refuse(request, 'No process of the Actor runs at the moment.')
          : this.#answer(request, body),
      (error: unknown) => this.#refuse(request, error instanceof Error ? error.message : String(error)),
    );
  }

  #answer({ seq, command }: Request, body: unknown): void {
    this.#send({ type: 'response', request_seq: seq, command, success: true, body });
  }

  #refuse({ seq, command }: Request, reason: string): void {
    const body = { error: { id: 1, format: reason, showUser: false } };
    this.#send({ type: 'response', request_seq: seq, command, success: false, message: reason, body });
  }

  #event(event: string, body: unknown): void {
    this.#send({ type: 'event', event, body });
  }

  #send(message: object): void {
    this.#messages.fire({ seq: (this.#sent += 1), ...message });
  }
}

/** The border: what VS Code sends is a message of the protocol, whose shape its type does not say. */
function readRequest(message: object): Request | undefined {
  if (!('type' in message) || message.type !== 'request' || !('seq' in message) || !('command' in message))
    return undefined;
  const { seq, command } = message;
  if (typeof seq !== 'number' || typeof command !== 'string') return undefined;
  return { seq, command, arguments: 'arguments' in message ? message.arguments : undefined };
}

/** Breakpoints are bound by the sessions of the processes. */
function unverified(argument: unknown): readonly object[] {
  const asked =
    typeof argument === 'object' && argument !== null && 'breakpoints' in argument ? argument.breakpoints : [];
  return Array.isArray(asked) ? asked.map(() => ({ verified: false })) : [];
}
