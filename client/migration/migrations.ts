import * as vscode from 'vscode';
import type { KnownActor } from '../actors.ts';
import { tell } from '../notice.ts';
import type { ActorSession } from '../debugging/actor-session.ts';
import type { ActorSessions } from '../debugging/actor-sessions.ts';
import { isTrusted } from '../debugging/trust.ts';
import { migrate } from './migration-progress.ts';
import { withListenerBreakpoint } from './listener-breakpoint.ts';

/** What the person asks of a run: to be migrated, or to get on with it. */
export class Migrations {
  readonly #sessions: ActorSessions;
  readonly #actors: () => Promise<readonly KnownActor[]>;
  readonly #debugActor: (root?: string) => Promise<void>;
  /** The migrations that go on: a second click joins. */
  readonly #going = new Map<ActorSession, Promise<void>>();

  constructor(
    sessions: ActorSessions,
    actors: () => Promise<readonly KnownActor[]>,
    debugActor: (root?: string) => Promise<void>,
  ) {
    this.#sessions = sessions;
    this.#actors = actors;
    this.#debugActor = debugActor;
  }

  /** @param root the URI of the Actor's folder, as a code lens gives it; else the run that has the focus */
  async simulate(root?: unknown): Promise<void> {
    const session = await this.#sessionFor(root);
    if (session !== undefined) await this.#join(session, async () => await migrate(session));
  }

  /** As {@link simulate}, with a breakpoint in the Actor's listener for this one time. */
  async simulateAndStop(root?: unknown): Promise<void> {
    const session = await this.#sessionFor(root);
    if (session === undefined) return;
    const actor = (await this.#actors()).find(
      (each) => vscode.Uri.parse(each.root).fsPath === session.configuration.cwd,
    );
    await this.#join(session, async () => {
      await withListenerBreakpoint(session, actor, async () => await migrate(session));
    });
  }

  async endGracePeriod(root?: unknown): Promise<void> {
    const open = this.#sessions.all().filter(({ state }) => state.state === 'window');
    const session = open.length === 1 ? open[0] : await this.#sessionFor(root);
    if (session === undefined) return;
    if (session.state.state === 'window') session.endWindow();
    else tell('information', `${session.name} is not being migrated: no grace period is open.`);
  }

  async #join(session: ActorSession, begin: () => Promise<void>): Promise<void> {
    const going = this.#going.get(session) ?? begin().finally(() => this.#going.delete(session));
    this.#going.set(session, going);
    await going;
  }

  /** The run that is meant: the named one, the focused one, the only one, or the one picked; the person is told of none. */
  async #sessionFor(root: unknown): Promise<ActorSession | undefined> {
    if (!isTrusted()) return undefined;
    const all = this.#sessions.all().filter(({ state }) => state.state !== 'ended');
    const folder = typeof root === 'string' ? vscode.Uri.parse(root).fsPath : undefined;
    if (folder !== undefined) {
      const named = all.find((session) => session.configuration.cwd === folder);
      if (named !== undefined) return named;
    }
    const focused = this.#sessions.focused();
    if (focused !== undefined && all.includes(focused)) return focused;
    if (all.length === 0) return this.#offerToDebug(typeof root === 'string' ? root : undefined);
    return all.length === 1 ? all[0] : await pickSession(all);
  }

  /** There is nothing to migrate: says why, with a button that starts something. */
  #offerToDebug(root: string | undefined): undefined {
    const plain = vscode.debug.activeDebugSession;
    if (plain !== undefined && /node/u.test(plain.type)) {
      const sentence = `"${plain.name}" was started by plain Node, without a platform that could migrate it. Restart it as an Apify Actor?`;
      tell('warning', sentence, {
        'Restart as an Apify Actor': async () => {
          await vscode.debug.stopDebugging(rootOf(plain));
          await this.#debugActor(root);
        },
      });
      return;
    }
    const sentence = 'No Actor is running that could be migrated. Start one under the debugger first.';
    tell('information', sentence, { 'Debug Actor': async () => await this.#debugActor(root) });
  }
}

async function pickSession(sessions: readonly ActorSession[]): Promise<ActorSession | undefined> {
  const items = sessions.map((session) => ({
    label: session.name,
    description: vscode.workspace.asRelativePath(session.configuration.cwd),
    session,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which Actor shall be migrated?' }))?.session;
}

function rootOf(session: vscode.DebugSession): vscode.DebugSession {
  return session.parentSession === undefined ? session : rootOf(session.parentSession);
}
