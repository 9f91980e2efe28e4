import { relative } from 'node:path';
import * as vscode from 'vscode';

/** What the linter says of a line of the Actor. */
export interface LineFinding {
  readonly uri: vscode.Uri;
  /** As it is to be shown: relative to the Actor's folder, with forward slashes. */
  readonly file: string;
  readonly range: vscode.Range;
  readonly rule: string;
  readonly message: string;
}

/** Findings of what a migration loses, in an Actor's files: what foretold the verdict. @param folder absolute */
export function findingsIn(folder: string): readonly LineFinding[] {
  return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) => {
    const file = relative(folder, uri.fsPath).replaceAll('\\', '/');
    if (uri.scheme !== 'file' || file.startsWith('..')) return [];
    return diagnostics
      .filter(({ source, severity }) => source === 'actor-state' && severity <= vscode.DiagnosticSeverity.Warning)
      .map(({ range, message, code }) => {
        const rule = String(typeof code === 'object' ? code.value : (code ?? ''));
        return { uri, file, range, rule, message };
      });
  });
}
