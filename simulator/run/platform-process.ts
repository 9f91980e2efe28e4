import { fork, type ChildProcess } from 'node:child_process';
import type { PlatformAnswer, PlatformCalls } from '../platform/protocol.ts';
import type { RecordedEvent } from '../recording.ts';

interface Waiting {
  /** Takes the result of its call, whatever its type is. */
  readonly resolve: (result: never) => void;
  readonly reject: (reason: Error) => void;
}

export interface PlatformListener {
  event(event: RecordedEvent): void;
  /** A sentence: the platform cannot go on. */
  trouble(sentence: string): void;
  /** Its process has ended, expected or not. */
  gone(lost: PlatformLost): void;
}

/** The platform did not answer: its process is gone. */
export class PlatformLost extends Error {
  constructor(stderr: string) {
    const said = stderr.trim();
    super(
      'The process of the local platform ended unexpectedly, so the run was ended and its processes were killed. Start the run again.' +
        (said === '' ? '' : ` It had printed:\n${said}`),
    );
    this.name = 'PlatformLost';
  }
}

/** The platform's process, seen from the run: calls to it, events from it. */
export class PlatformProcess {
  /** Fulfilled when the process has ended, expected or not. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #ended = false;
  #stderr = '';

  /**
   * Forks the platform.
   *
   * @param program its built file
   * @param listener told of each event, in order, before a call that came after it is answered
   */
  constructor(program: string, listener: PlatformListener) {
    // In VS Code's extension host the executable is Electron; a debugger's NODE_OPTIONS are not for the platform.
    const { NODE_OPTIONS: _options, VSCODE_INSPECTOR_OPTIONS: _inspector, ...environment } = process.env;
    const child = fork(program, [], {
      execPath: process.execPath,
      execArgv: [],
      env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Out of the terminal's group: it outlives Ctrl+C, to clean up.
      detached: process.platform !== 'win32',
    });
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-2000);
    });
    child.on('message', (message: unknown) => {
      if (isAnswer(message)) this.#take(message, listener);
    });
    this.gone = new Promise((resolve) => {
      const end = (): void => {
        this.#ended = true;
        const lost = new PlatformLost(this.#stderr);
        for (const { reject } of this.#waiting.values()) reject(lost);
        this.#waiting.clear();
        listener.gone(lost);
        resolve();
      };
      child.once('close', end).once('error', end);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * @throws {PlatformLost} when the process is gone or ends before it has answered
   * @throws {Error} with the platform's sentence when it cannot do it
   */
  async call<Name extends keyof PlatformCalls>(
    name: Name,
    ...[argument]: Parameters<PlatformCalls[Name]>
  ): Promise<ReturnType<PlatformCalls[Name]>> {
    const id = (this.#calls += 1);
    return await new Promise<ReturnType<PlatformCalls[Name]>>((resolve, reject) => {
      if (this.#ended || !this.#child.connected) {
        reject(new PlatformLost(this.#stderr));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      // An error while sending: the process is going, and `close` rejects what waits.
      this.#child.send({ id, call: name, argument }, () => undefined);
    });
  }

  /** Ends it without its help, when it does not do so itself. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #take(message: Answer, listener: PlatformListener): void {
    if ('event' in message) listener.event(message.event);
    else if ('trouble' in message) listener.trouble(message.trouble);
    else this.#answer(message);
  }

  #answer(message: Extract<Answer, { readonly id: number }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.result);
  }
}

/** Both ends were built together: the result under a call's id is that call's, and nobody else writes into the channel. */
type Answer = Exclude<PlatformAnswer, { readonly result: unknown }> | { readonly id: number; readonly result: never };

function isAnswer(message: unknown): message is Answer {
  if (typeof message !== 'object' || message === null) return false;
  // JSON leaves out the result of a call that has none.
  return 'event' in message || 'trouble' in message || 'id' in message;
}
