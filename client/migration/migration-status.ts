import * as vscode from 'vscode';
import { COMMANDS } from '../commands.ts';
import type { ActorSessions } from '../debugging/actor-sessions.ts';

/** The item in the status bar while an Actor runs under the debugger: what a click does, and how far a migration is. */
export class MigrationStatus {
  readonly #sessions: ActorSessions;
  readonly #item = vscode.window.createStatusBarItem('actorState.migration', vscode.StatusBarAlignment.Left, 0);
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(sessions: ActorSessions) {
    this.#sessions = sessions;
    this.#item.name = 'Actor State: Simulate Migration';
    this.#subscriptions = [this.#item, sessions.onDidChange(() => this.#show())];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #show(): void {
    const all = this.#sessions.all().filter(({ state }) => state.state !== 'ended');
    const window = all.map(({ state }) => state).find((state) => state.state === 'window');
    if (all.length === 0) {
      this.#item.hide();
      return;
    }
    if (window?.state === 'window') {
      const left = `${Math.max(0, Math.ceil(window.remainingMs / 1000))} s`;
      this.#item.text = window.paused ? `$(debug-pause) Migrating: ${left}` : `$(sync~spin) Migrating: ${left}`;
      this.#item.tooltip = 'The Actor has this time to save its state. Click to end it now.';
      this.#item.command = COMMANDS.endGracePeriod;
    } else {
      this.#item.text = '$(arrow-swap) Simulate Migration';
      this.#item.tooltip = 'Migrate the running Actor: event, grace period, kill, restart';
      this.#item.command = COMMANDS.simulateMigration;
    }
    this.#item.show();
  }
}
