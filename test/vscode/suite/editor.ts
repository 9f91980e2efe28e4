import path from 'node:path';
import * as vscode from 'vscode';

/** The copy of test-workspace that this window has open. */
export function workspaceFolder(): vscode.WorkspaceFolder {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('No workspace folder is open.');
  return folder;
}

/** @param relativePath in the workspace, with forward slashes */
export function uriOf(relativePath: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder().uri, relativePath);
}

/** Opens a file of the workspace in an editor. */
export async function openDocument(relativePath: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uriOf(relativePath));
  return vscode.window.showTextDocument(document, { preview: false });
}

/** Replaces a piece of an open document's text, as typing over it does; the document stays unsaved. */
export async function retype(editor: vscode.TextEditor, before: string, after: string): Promise<void> {
  const { document } = editor;
  const start = document.getText().indexOf(before);
  if (start < 0) throw new Error(`${document.uri.fsPath} has no "${before}".`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + before.length));
  const applied = await editor.edit((edit) => edit.replace(range, after));
  if (!applied) throw new Error(`VS Code did not take the edit of ${document.uri.fsPath}.`);
}

/** Puts every document back to what is on the disk and closes all editors. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** What Actor State says of a document now, in the order of the text. */
export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'actor-state')
    .toSorted((left, right) => left.range.start.compareTo(right.range.start));
}

/** The rule of a diagnostic, whether its code is plain or has a link. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until what Actor State says of a document is what `expected` accepts, and gives it. */
export async function diagnosticsUntil(
  uri: vscode.Uri,
  expected: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
  what: string,
): Promise<vscode.Diagnostic[]> {
  const read = (): vscode.Diagnostic[] | undefined => {
    const diagnostics = diagnosticsOf(uri);
    return expected(diagnostics) ? diagnostics : undefined;
  };
  const now = (): string =>
    diagnosticsOf(uri)
      .map((each) => `${ruleOf(each)}: ${each.message}`)
      .join('\n') || 'none';
  return until(vscode.languages.onDidChangeDiagnostics, read, `${what} in ${path.basename(uri.path)}`, now);
}

/** The fixes that the light bulb offers for a diagnostic, with their edits. */
export async function quickFixes(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    // How many are resolved: lazily built edits are built.
    20,
  );
}

/** Does what choosing a fix from the light bulb does. */
export async function applyFix(action: vscode.CodeAction): Promise<void> {
  if (action.edit !== undefined && !(await vscode.workspace.applyEdit(action.edit))) {
    throw new Error(`VS Code did not take the edit of "${action.title}".`);
  }
  const { command } = action;
  if (command !== undefined) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/**
 * Waits for a condition: read now and whenever the event tells of a change. No fixed waits.
 *
 * @param event after which the condition may hold
 * @param read the value waited for, or undefined while there is none
 * @param what is waited for, for the message
 * @param now what there is instead, for the message
 */
export async function until<T>(
  event: vscode.Event<unknown>,
  read: () => T | undefined,
  what: string,
  now: () => string = () => 'nothing of it',
): Promise<T> {
  return new Promise((resolve, reject) => {
    const limit = 120_000;
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`Waited ${limit / 1000} s for ${what}; there is: ${now()}`));
    }, limit);
    const look = (): void => {
      const value = read();
      if (value === undefined) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(value);
    };
    const subscription = event(look);
    look();
  });
}
