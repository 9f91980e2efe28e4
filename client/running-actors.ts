import * as vscode from 'vscode';

/** The Actors that run under the debugger, and those that have a verdict: their folders, absolute. */
export interface ActorStates {
  readonly running: readonly string[];
  readonly judged: readonly string[];
}

/** What goes on with Actors: told by the debugging part, once it is loaded, to those that were there before. */
export class RunningActors {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changes.event;
  #states: ActorStates = { running: [], judged: [] };

  isRunning(folder: string): boolean {
    return this.#states.running.includes(folder);
  }

  hasVerdict(folder: string): boolean {
    return this.#states.judged.includes(folder);
  }

  set(states: ActorStates): void {
    if (JSON.stringify(states) === JSON.stringify(this.#states)) return;
    this.#states = states;
    this.#changes.fire();
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
