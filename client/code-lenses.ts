import * as vscode from 'vscode';
import type { KnownActor } from './actors.ts';
import { COMMANDS } from './commands.ts';
import type { RunningActors } from './running-actors.ts';
import { SELECTOR } from './selector.ts';

/** The lenses over the line where an Actor's work begins: what can be done with it now. */
export class CodeLenses implements vscode.CodeLensProvider {
  readonly #actors: () => Promise<readonly KnownActor[]>;
  readonly #running: RunningActors;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changes.event;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(actors: () => Promise<readonly KnownActor[]>, running: RunningActors) {
    this.#actors = actors;
    this.#running = running;
    this.#subscriptions = [
      this.#changes,
      running.onDidChange(() => this.refresh()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('actorState.codeLens')) this.refresh();
      }),
      vscode.languages.registerCodeLensProvider([...SELECTOR], this),
    ];
  }

  /** What is known of the Actors may have changed. */
  refresh(): void {
    this.#changes.fire();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!vscode.workspace.getConfiguration('actorState', document.uri).get('codeLens', true)) return [];
    const uri = document.uri.toString();
    const actors = await this.#actors();
    return actors.flatMap((actor) => {
      const start = actor.starts.find((place) => vscode.Uri.parse(place.uri).toString() === uri);
      return start === undefined ? [] : this.#lensesOf(actor, start.range.start.line);
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #lensesOf({ root, name }: KnownActor, line: number): readonly vscode.CodeLens[] {
    const { fsPath: folder } = vscode.Uri.parse(root);
    const range = new vscode.Range(line, 0, line, 0);
    const lens = (title: string, command: string, tooltip: string): vscode.CodeLens =>
      new vscode.CodeLens(range, { title, command, tooltip, arguments: [root] });
    const simulate = 'Migrate it: event, grace period, kill, restart';
    return [
      this.#running.isRunning(folder)
        ? lens('Simulate Migration', COMMANDS.simulateMigration, simulate)
        : lens('Debug Actor', COMMANDS.debugActor, `Start ${name} under the debugger, to be migrated`),
      ...(this.#running.hasVerdict(folder)
        ? [lens('Show Verdict', COMMANDS.showVerdict, 'What came back after the migration, and what was lost')]
        : []),
    ];
  }
}
