import type * as vscode from 'vscode';
import { COMMANDS } from './commands.ts';
import { SELECTOR } from './selector.ts';
import { viewOf, type Status, type StatusView } from './status.ts';

/** As much of the editor as the item needs. */
export interface StatusEditor {
  readonly languages: Pick<typeof vscode.languages, 'createLanguageStatusItem'>;
  readonly LanguageStatusSeverity: typeof vscode.LanguageStatusSeverity;
}

/** The line in the language status of a JavaScript or TypeScript file: what the server does, and why. */
export class StatusItem {
  readonly #editor: StatusEditor;
  readonly #item: vscode.LanguageStatusItem;

  constructor(editor: StatusEditor) {
    this.#editor = editor;
    this.#item = editor.languages.createLanguageStatusItem('actorState', [...SELECTOR]);
    this.#item.name = 'Actor State';
    this.show({ state: 'starting' });
  }

  show(status: Status): void {
    const view = viewOf(status);
    this.#item.text = view.text;
    this.#item.detail = view.detail;
    this.#item.busy = view.busy;
    this.#item.severity = this.#severityOf(view.severity);
    this.#item.command =
      view.action === 'restart'
        ? { command: COMMANDS.restart, title: 'Restart' }
        : { command: COMMANDS.showOutput, title: 'Show Output' };
  }

  dispose(): void {
    this.#item.dispose();
  }

  #severityOf(severity: StatusView['severity']): vscode.LanguageStatusSeverity {
    const { Information, Warning, Error } = this.#editor.LanguageStatusSeverity;
    return { information: Information, warning: Warning, error: Error }[severity];
  }
}
