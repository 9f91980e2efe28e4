import * as vscode from 'vscode';
import type { KnownActor } from './actors.ts';
import { inBackground } from './background.ts';

/** Set while the file in the active editor belongs to an Actor: the run button of its title goes by it. */
const IN_ACTOR = 'actorState.inActor';

/** Tells the editor's menus whether the person looks at an Actor. */
export class ActorContext {
  readonly #actors: () => Promise<readonly KnownActor[]>;
  readonly #subscription: vscode.Disposable;
  #roots: readonly string[] = [];

  constructor(actors: () => Promise<readonly KnownActor[]>) {
    this.#actors = actors;
    this.#subscription = vscode.window.onDidChangeActiveTextEditor(() => this.#tell());
  }

  /** What is known of the Actors may have changed. */
  async refresh(): Promise<void> {
    this.#roots = (await this.#actors()).map(({ root }) => vscode.Uri.parse(root).path);
    this.#tell();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #tell(): void {
    const path = vscode.window.activeTextEditor?.document.uri.path;
    const isIn = path !== undefined && this.#roots.some((root) => path.startsWith(`${root}/`));
    inBackground(vscode.commands.executeCommand('setContext', IN_ACTOR, isIn));
  }
}
