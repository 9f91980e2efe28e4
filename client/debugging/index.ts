import * as vscode from 'vscode';
import type { ProgramFiles } from '../../simulator/index.ts';
import type { KnownActor } from '../actors.ts';
import { Migrations } from '../migration/migrations.ts';
import { MigrationStatus } from '../migration/migration-status.ts';
import { Verdicts } from '../migration/verdicts.ts';
import type { RunningActors } from '../running-actors.ts';
import { ActorSessions } from './actor-sessions.ts';
import { DEBUG_TYPE } from '../debug-type.ts';
import { ActorConfigurationProvider } from './configuration-provider.ts';
import { isTrusted } from './trust.ts';

export interface DebuggingOptions {
  readonly programs: ProgramFiles;
  readonly actors: () => Promise<readonly KnownActor[]>;
  /** Told which Actors run. */
  readonly running: RunningActors;
}

/**
 * All that debugs Actors and migrates them. It is a bundle of its own, loaded when something of it is first asked for.
 *
 * Architecture invariant: this folder and `migration/` are the only ones of the extension that know the simulator.
 */
export class Debugging {
  readonly sessions: ActorSessions;
  readonly configurations: ActorConfigurationProvider;
  readonly migrations: Migrations;
  readonly verdicts: Verdicts;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor({ programs, actors, running }: DebuggingOptions) {
    this.sessions = new ActorSessions(programs);
    this.configurations = new ActorConfigurationProvider(actors);
    this.verdicts = new Verdicts(this.sessions, actors);
    this.migrations = new Migrations(this.sessions, actors, async (root) => await this.debugActor(root));
    const tellRunning = (): void => {
      const sessions = this.sessions.all().filter(({ state }) => state.state !== 'ended');
      running.set({
        running: sessions.map(({ configuration }) => configuration.cwd),
        judged: this.verdicts.folders(),
      });
    };
    this.#subscriptions = [
      this.sessions,
      this.verdicts,
      new MigrationStatus(this.sessions),
      this.sessions.onDidChange(tellRunning),
      this.verdicts.onDidChange(tellRunning),
    ];
  }

  /** @param root the URI of the Actor's folder, as a code lens gives it; else the Actor that the person looks at */
  async debugActor(root?: unknown): Promise<void> {
    if (!isTrusted()) return;
    const cwd = typeof root === 'string' ? vscode.Uri.parse(root).fsPath : undefined;
    const folder = cwd === undefined ? undefined : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(cwd));
    await vscode.debug.startDebugging(folder ?? vscode.workspace.workspaceFolders?.[0], {
      type: DEBUG_TYPE,
      request: 'launch',
      name: 'Debug Actor',
      ...(cwd === undefined ? {} : { cwd }),
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
