import * as vscode from 'vscode';
import { asHtml } from '../../simulator/index.ts';
import { findingsIn } from './findings.ts';
import { keyPlaces } from './key-places.ts';
import { statusOf, type JudgedRun } from './judged-run.ts';

/**
 * The verdict as the content of a page, with links to the lines that save and restore each record.
 *
 * @param linkTo the target of a link to a line of a file; lines from 1
 */
export function verdictHtml(run: JudgedRun, linkTo: (uri: vscode.Uri, line: number) => string): string {
  const { folder, verdict, recording, actor } = run;
  const root = vscode.Uri.file(folder);
  const isGood = verdict.word === 'resumed' || verdict.word === 'nothing-to-resume';
  return asHtml({
    verdict,
    recording,
    status: statusOf(run),
    placesOf: (record) => keyPlaces(actor, record, folder),
    linkTo: ({ file, line }) => linkTo(vscode.Uri.joinPath(root, file), line),
    findings: (isGood ? [] : findingsIn(folder)).map(({ file, range, rule, message }) => ({
      place: { file, line: range.start.line + 1 },
      message,
      ruleId: rule,
    })),
  });
}
