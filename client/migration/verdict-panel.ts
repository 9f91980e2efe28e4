import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { inBackground } from '../background.ts';
import type { JudgedRun } from './judged-run.ts';
import { verdictHtml } from './verdict-html.ts';
import { panelPage } from './verdict-panel-page.ts';

/** The verdict of a run as a page beside the source, which follows the run while it goes on. */
export class VerdictPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #subscriptions: readonly vscode.Disposable[];
  #html = '';
  /** Where the links of the page lead, in their order. */
  #places: readonly vscode.Location[] = [];

  /** @param onClosed the person has closed it */
  constructor(run: JudgedRun, onClosed: () => void) {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const options = { enableScripts: true, enableFindWidget: true, localResourceRoots: [] };
    this.#panel = vscode.window.createWebviewPanel('actorState.verdict', titleOf(run), column, options);
    this.#subscriptions = [
      this.#panel,
      this.#panel.onDidDispose(onClosed),
      this.#panel.webview.onDidReceiveMessage((message: unknown) => inBackground(this.#heard(message))),
    ];
    this.#panel.webview.html = panelPage(titleOf(run), randomBytes(16).toString('hex'));
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  async update(run: JudgedRun): Promise<void> {
    const places: vscode.Location[] = [];
    // A webview opens no files by itself: the page names a place by number.
    const html = verdictHtml(run, (uri, line) => {
      places.push(new vscode.Location(uri, new vscode.Position(line - 1, 0)));
      return `#place-${places.length - 1}`;
    });
    this.#places = places;
    this.#html = html;
    await this.#show();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #show(): Promise<void> {
    const { webview } = this.#panel;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it is no window: VS Code's webview takes one argument
    await webview.postMessage({ html: this.#html });
  }

  async #heard(message: unknown): Promise<void> {
    // A page that was hidden is made anew when it is seen again, and has missed what came meanwhile.
    if (typeof message === 'object' && message !== null && 'ready' in message) await this.#show();
    else await this.#open(message);
  }

  async #open(message: unknown): Promise<void> {
    const number = typeof message === 'object' && message !== null && 'place' in message ? message.place : undefined;
    const place = typeof number === 'number' ? this.#places[number] : undefined;
    if (place === undefined) return;
    const beside = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === place.uri.toString(),
    );
    await vscode.window.showTextDocument(place.uri, {
      selection: place.range,
      viewColumn: beside?.viewColumn ?? vscode.ViewColumn.One,
    });
  }
}

function titleOf({ name }: JudgedRun): string {
  return `Migration of ${name}`;
}
