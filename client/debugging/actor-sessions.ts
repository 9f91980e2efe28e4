import * as vscode from 'vscode';
import { inBackground } from '../background.ts';
import type { ProgramFiles } from '../../simulator/index.ts';
import { ActorSession } from './actor-session.ts';
import { DEBUG_TYPE } from '../debug-type.ts';
import { readConfiguration } from './configuration.ts';

/** Set while a run's session, or one of its processes' sessions, has the focus: what the debug toolbar's button goes by. */
const FOCUSED_CONTEXT = 'actorState.runFocused';
/** Set while any run is going on. */
const RUNNING_CONTEXT = 'actorState.running';

/** The runs that are debugged in this window. */
export class ActorSessions {
  readonly #programs: ProgramFiles;
  readonly #sessions = new Map<string, ActorSession>();
  readonly #changes = new vscode.EventEmitter<ActorSession>();
  /** One of them has begun, changed or ended. */
  readonly onDidChange = this.#changes.event;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(programs: ProgramFiles) {
    this.#programs = programs;
    this.#subscriptions = [
      this.#changes,
      vscode.debug.registerDebugAdapterTrackerFactory('pwa-node', {
        createDebugAdapterTracker: (session) => this.#above(session)?.children.tracker(session),
      }),
      vscode.debug.onDidTerminateDebugSession((session) => this.#terminated(session)),
      vscode.debug.onDidChangeActiveDebugSession(() => this.#tellContext()),
    ];
  }

  /** @returns the adapter of a session of our type */
  begin(debugSession: vscode.DebugSession): vscode.DebugAdapter {
    const configuration = readConfiguration(debugSession.configuration);
    if (typeof configuration === 'string') throw new Error(configuration);
    const session = new ActorSession(debugSession, configuration, this.#programs);
    this.#sessions.set(debugSession.id, session);
    session.onDidChange(() => this.#changes.fire(session));
    this.#changes.fire(session);
    this.#tellContext();
    return session.adapter;
  }

  all(): readonly ActorSession[] {
    return [...this.#sessions.values()];
  }

  /** The one that the person looks at: whose session, or a session of whose process, has the focus. */
  focused(): ActorSession | undefined {
    const active = vscode.debug.activeDebugSession;
    return active === undefined ? undefined : (this.#sessions.get(active.id) ?? this.#above(active));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const session of this.#sessions.values()) session.dispose();
  }

  #above(session: vscode.DebugSession): ActorSession | undefined {
    return this.all().find(({ children }) => children.isOurs(session));
  }

  #terminated(debugSession: vscode.DebugSession): void {
    this.#above(debugSession)?.children.terminated(debugSession);
    if (debugSession.type !== DEBUG_TYPE) return;
    const session = this.#sessions.get(debugSession.id);
    if (session === undefined) return;
    // However the session went: nothing of its run stays.
    inBackground(this.#end(session));
  }

  async #end(session: ActorSession): Promise<void> {
    try {
      await session.stop();
    } finally {
      this.#sessions.delete(session.debugSession.id);
      this.#changes.fire(session);
      this.#tellContext();
      session.dispose();
    }
  }

  #tellContext(): void {
    inBackground(vscode.commands.executeCommand('setContext', RUNNING_CONTEXT, this.#sessions.size > 0));
    inBackground(vscode.commands.executeCommand('setContext', FOCUSED_CONTEXT, this.focused() !== undefined));
  }
}
