import * as vscode from 'vscode';
import { Deferred } from '../../simulator/run/deferred.ts';
import { continues, printedBy, readEvent, type DebugEvent } from './debug-events.ts';

export interface ChildListeners {
  /** The debugger holds a process of the run. */
  readonly onPause: () => void;
  /** It holds none any more. */
  readonly onResume: () => void;
  readonly onPrinted: (text: string) => void;
}

/**
 * The sessions of js-debug below the session of a run. One process of the run has several: js-debug's own root, and one for
 * each Node process, such as npm's and the Actor's.
 */
export class ChildSessions {
  readonly #parentId: string;
  readonly #listeners: ChildListeners;
  /** Those that debug a Node process, the youngest last. */
  #running: readonly vscode.DebugSession[] = [];
  /** The ids of those that are paused. */
  readonly #paused = new Set<string>();
  #process: ProcessSessions | undefined;
  readonly #events = new vscode.EventEmitter<DebugEvent>();
  /** What the sessions tell, as it comes. */
  readonly onEvent = this.#events.event;

  constructor(parentId: string, listeners: ChildListeners) {
    this.#parentId = parentId;
    this.#listeners = listeners;
  }

  get running(): readonly vscode.DebugSession[] {
    return this.#running;
  }

  get isPaused(): boolean {
    return this.#paused.size > 0;
  }

  /** A process is about to be started: the next session right below the parent is its root. */
  expect(): { readonly ended: Promise<void>; readonly close: () => Promise<void> } {
    const process = new ProcessSessions();
    this.#process = process;
    return { ended: process.ended, close: async () => await process.close() };
  }

  /** Whether a session is below the session of this run. */
  isOurs(session: vscode.DebugSession): boolean {
    for (let around = session.parentSession; around !== undefined; around = around.parentSession) {
      if (around.id === this.#parentId) return true;
    }
    return false;
  }

  tracker(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    const isRoot = session.parentSession?.id === this.#parentId;
    const process = this.#process;
    if (isRoot && process !== undefined) process.root = session;
    if (!isRoot) this.#running = [...this.#running, session];
    return {
      onDidSendMessage: (message: unknown) => {
        const event = readEvent(message);
        // js-debug's root is about none of the processes.
        if (event !== undefined && !isRoot) this.#heard(event, session);
      },
      onExit: () => this.#gone(session),
    };
  }

  /** A session has ended: by itself, or since its process was killed. */
  terminated(session: vscode.DebugSession): void {
    this.#gone(session);
    if (this.#process?.root?.id === session.id) this.#process.end();
  }

  dispose(): void {
    this.#events.dispose();
  }

  #heard(event: DebugEvent, session: vscode.DebugSession): void {
    if (event.name === 'stopped') this.#pause(session);
    else if (continues(event)) this.#resume(session);
    const printed = printedBy(event);
    if (printed !== undefined) this.#listeners.onPrinted(printed);
    this.#events.fire(event);
  }

  #pause(session: vscode.DebugSession): void {
    const wasPaused = this.isPaused;
    this.#paused.add(session.id);
    if (!wasPaused) this.#listeners.onPause();
  }

  #resume(session: vscode.DebugSession): void {
    if (this.#paused.delete(session.id) && !this.isPaused) this.#listeners.onResume();
  }

  #gone(session: vscode.DebugSession): void {
    this.#running = this.#running.filter(({ id }) => id !== session.id);
    this.#resume(session);
  }
}

/** How long js-debug may take to end the sessions of a process that is dead: the run goes on without it. */
const LAST_EVENTS_MS = 5000;

/** The sessions of one process of the run, by the root of their tree. */
class ProcessSessions {
  root: vscode.DebugSession | undefined;
  readonly #ended = new Deferred<void>();

  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  end(): void {
    this.#ended.resolve();
  }

  /** Lets go of a process that the run has killed: js-debug ends its sessions by itself when it sees that. */
  async close(): Promise<void> {
    if (this.root === undefined) {
      this.end();
      return;
    }
    // VS Code's own stop would go to the parent, which manages the life of its children. A session that is ending already
    // may leave the request without an answer.
    this.root.customRequest('terminate', {}).then(undefined, () => undefined);
    const letGo = setTimeout(() => this.end(), LAST_EVENTS_MS);
    await this.ended;
    clearTimeout(letGo);
  }
}
