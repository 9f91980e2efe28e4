import * as vscode from 'vscode';
import { inBackground } from './background.ts';

export type Severity = 'information' | 'warning' | 'error';

/** What each button does, by its title. */
export type Actions = Readonly<Record<string, () => Thenable<unknown>>>;

/** Says a sentence, with buttons. Nobody waits for the person. */
export function tell(severity: Severity, sentence: string, actions: Actions = {}): void {
  const show = {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[severity];
  // Notifications are plain text: what is code elsewhere stands in quotes.
  const text = sentence.replaceAll(/`([^`]*)`/gu, '"$1"');
  inBackground(choose(show(text, ...Object.keys(actions)), actions));
}

async function choose(shown: Thenable<string | undefined>, actions: Actions): Promise<void> {
  const chosen = await shown;
  if (chosen !== undefined) await actions[chosen]?.();
}
