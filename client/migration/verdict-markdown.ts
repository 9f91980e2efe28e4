import * as vscode from 'vscode';
import { asMarkdown, describe } from '../../simulator/index.ts';
import { findingsIn } from './findings.ts';
import { keyPlaces } from './key-places.ts';
import { statusOf, type JudgedRun } from './judged-run.ts';

/**
 * The verdict as Markdown, with links to the lines that save and restore each record.
 *
 * @param linkTo the target of a link to a line of a file; lines from 1
 */
export function verdictMarkdown(run: JudgedRun, linkTo: (uri: vscode.Uri, line: number) => string): string {
  const { folder, verdict, actor } = run;
  const report = describe(verdict, (record) => keyPlaces(actor, record, folder));
  const root = vscode.Uri.file(folder);
  const page = asMarkdown(report, ({ file, line }) => linkTo(vscode.Uri.joinPath(root, file), line));
  const foretold = report.tone === 'bad' ? findingsIn(folder) : [];
  const findings = foretold.map(({ uri, file, range, rule, message }) => {
    const line = range.start.line + 1;
    return `- [${file}:${line}](${linkTo(uri, line)}): ${escaped(message)} (${rule})\n`;
  });
  const linter = findings.length === 0 ? '' : `## What the linter says\n\n${findings.join('')}\n`;
  return `${withSection(page, linter)}\n---\n\n*${statusOf(run)}*\n`;
}

/** A sentence of the linter: what stands in backticks is code there, too; all else is plain text. */
function escaped(text: string): string {
  return text.replaceAll(/[\\*_[\]<>#|~]/gu, String.raw`\$&`);
}

/** What to do comes first, then what foretold it, then what happened. */
function withSection(page: string, section: string): string {
  const happened = /^## (?:The (?:migration|reboot)|(?:Migration|Reboot) 1)$/mu.exec(page);
  return happened === null
    ? `${page}\n${section}`
    : page.slice(0, happened.index) + section + page.slice(happened.index);
}
