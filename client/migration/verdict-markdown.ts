import * as vscode from 'vscode';
import { asMarkdown, describe } from '../../simulator/index.ts';
import { keyPlaces } from './key-places.ts';
import type { JudgedRun } from './verdicts.ts';

/**
 * The verdict as Markdown, with links to the lines that save and restore each record.
 *
 * @param linkTo the target of a link to a line of a file; lines from 1
 */
export function verdictMarkdown(
  { name, folder, verdict, actor, final }: JudgedRun,
  linkTo: (uri: vscode.Uri, line: number) => string,
): string {
  const report = describe(verdict, (record) => keyPlaces(actor, record, folder));
  const root = vscode.Uri.file(folder);
  const page = asMarkdown(report, ({ file, line }) => linkTo(vscode.Uri.joinPath(root, file), line));
  const state = final ? 'The run has ended.' : 'The run goes on: this page follows it.';
  return `${page}\n---\n\n*${name}. ${state}*\n`;
}
