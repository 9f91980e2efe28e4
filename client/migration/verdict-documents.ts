import * as vscode from 'vscode';
import { inBackground } from '../background.ts';
import { verdictMarkdown } from './verdict-markdown.ts';
import { VerdictPanel } from './verdict-panel.ts';
import type { JudgedRun } from './judged-run.ts';

/** The scheme of read-only documents that are made here. */
const SCHEME = 'actor-state';

/** Verdicts to look at: as a page beside the source, and as a Markdown document. Both follow the run while it goes on. */
export class VerdictDocuments implements vscode.TextDocumentContentProvider {
  readonly #run: (id: string) => JudgedRun | undefined;
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #registration: vscode.Disposable;
  /** The pages that are open, by the run's id. */
  readonly #panels = new Map<string, VerdictPanel>();

  constructor(run: (id: string) => JudgedRun | undefined) {
    this.#run = run;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const run = this.#run(uri.query);
    if (run === undefined) return 'This verdict is not kept any more: migrate the Actor once more.\n';
    return verdictMarkdown(run, (file, line) => `${file.toString()}#L${line}`);
  }

  changed(run: JudgedRun): void {
    this.#changes.fire(uriOf(run));
    const panel = this.#panels.get(run.id);
    if (panel !== undefined) inBackground(panel.update(run));
  }

  /** Shows the verdict beside the source; the person stays where they are. */
  async show(run: JudgedRun): Promise<void> {
    const open = this.#panels.get(run.id);
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const panel = new VerdictPanel(run, () => this.#panels.delete(run.id));
    this.#panels.set(run.id, panel);
    await panel.update(run);
  }

  /** Shows the verdict as text, to be read line by line or copied. */
  async showText(run: JudgedRun): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uriOf(run));
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changes.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }
}

function uriOf({ id, name }: JudgedRun): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/Migration of ${name.replaceAll('/', '-')}.md`, query: id });
}
