import * as vscode from 'vscode';
import type { JudgedRun } from './verdicts.ts';
import { verdictPage } from './verdict-page.ts';

/** The scheme of read-only documents that are made here. */
export const SCHEME = 'actor-state';

/** Verdicts as Markdown documents, which follow the run while it goes on. */
export class VerdictDocuments implements vscode.TextDocumentContentProvider {
  readonly #run: (id: string) => JudgedRun | undefined;
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #registration: vscode.Disposable;

  constructor(run: (id: string) => JudgedRun | undefined) {
    this.#run = run;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const run = this.#run(uri.query);
    return run === undefined ? 'This verdict is not kept any more: migrate the Actor once more.\n' : verdictPage(run);
  }

  changed(run: JudgedRun): void {
    this.#changes.fire(uriOf(run));
  }

  /** Shows the verdict beside the source, rendered; the person stays where they are. */
  async show(run: JudgedRun): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uriOf(run));
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changes.dispose();
  }
}

function uriOf({ id, name }: JudgedRun): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/Migration of ${name.replaceAll('/', '-')}.md`, query: id });
}
