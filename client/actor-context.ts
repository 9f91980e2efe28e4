import * as vscode from 'vscode';
import type { KnownActor } from './actors.ts';
import { inBackground } from './background.ts';
import { COMMANDS } from './commands.ts';

/** Set while the file in the active editor belongs to an Actor: the run button of its title goes by it. */
const IN_ACTOR = 'actorState.inActor';

/** Tells the editor whether the person looks at an Actor: its menus by a context, its language status by an item. */
export class ActorContext {
  readonly #actors: () => Promise<readonly KnownActor[]>;
  readonly #subscription: vscode.Disposable;
  readonly #item = vscode.languages.createLanguageStatusItem('actorState.debug', []);
  #roots: readonly string[] = [];

  constructor(actors: () => Promise<readonly KnownActor[]>) {
    this.#actors = actors;
    this.#item.name = 'Debug Actor';
    this.#item.text = 'Apify Actor';
    this.#item.command = { command: COMMANDS.debugActor, title: 'Debug Actor' };
    this.#subscription = vscode.window.onDidChangeActiveTextEditor(() => this.#tell());
  }

  /** What is known of the Actors may have changed. */
  async refresh(): Promise<void> {
    const roots = (await this.#actors()).map(({ root }) => vscode.Uri.parse(root));
    this.#item.selector = roots.map((root) => ({ scheme: 'file', pattern: new vscode.RelativePattern(root, '**') }));
    this.#roots = roots.map(({ path }) => path);
    this.#tell();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #tell(): void {
    const path = vscode.window.activeTextEditor?.document.uri.path;
    const isIn = path !== undefined && this.#roots.some((root) => path.startsWith(`${root}/`));
    inBackground(vscode.commands.executeCommand('setContext', IN_ACTOR, isIn));
  }
}
