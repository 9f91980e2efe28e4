import * as vscode from 'vscode';
import { asMarkdown, describe } from '../../simulator/index.ts';
import { keyPlaces } from './key-places.ts';
import type { JudgedRun } from './verdicts.ts';

/** The verdict as a Markdown document, with links to the lines that save and restore each record. */
export function verdictPage({ name, folder, verdict, actor, final }: JudgedRun): string {
  const report = describe(verdict, (record) => keyPlaces(actor, record, folder));
  const root = vscode.Uri.file(folder);
  const page = asMarkdown(report, ({ file, line }) => `${vscode.Uri.joinPath(root, file).toString()}#L${line}`);
  const state = final ? 'The run has ended.' : 'The run goes on: this page follows it.';
  return `${page}\n---\n\n*${name}. ${state}*\n`;
}
