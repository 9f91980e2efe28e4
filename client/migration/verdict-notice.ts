import * as vscode from 'vscode';
import { describe, type VerdictWord } from '../../simulator/index.ts';
import type { Severity } from '../notice.ts';
import { findingsIn } from './findings.ts';
import { placeOf } from './key-places.ts';
import type { JudgedRun } from './judged-run.ts';

const SEVERITIES: Readonly<Record<VerdictWord, Severity>> = {
  'did-not-restart': 'error',
  'lost-writes': 'error',
  'restarted-from-zero': 'error',
  'repeated-work': 'warning',
  'partly-resumed': 'warning',
  resumed: 'information',
  'nothing-to-resume': 'information',
};

export interface VerdictNotice {
  readonly text: string;
  readonly severity: Severity;
  /** Where the person would look first, with the button's title. */
  readonly place: { readonly title: string; readonly uri: vscode.Uri; readonly range: vscode.Range } | undefined;
}

/** The verdict as a notification: the word, one sentence, and a way to the line that it is about. */
export function noticeOf(run: JudgedRun): VerdictNotice {
  const { verdict, name } = run;
  return {
    text: `${describe(verdict).headline} (${name}): ${verdict.sentence}`,
    severity: SEVERITIES[verdict.word],
    place: lineOf(run),
  };
}

/** The line that saves or restores what was lost, else what the linter had found, else where the Actor begins. */
function lineOf(run: JudgedRun): VerdictNotice['place'] {
  const { verdict, actor, folder } = run;
  if (SEVERITIES[verdict.word] === 'information') return undefined;
  const [finding] = findingsIn(folder);
  const place = placeOf(run) ?? (finding && { uri: finding.uri.toString(), range: finding.range }) ?? actor?.starts[0];
  if (place === undefined) return undefined;
  const uri = vscode.Uri.parse(place.uri);
  const { start } = place.range;
  const range = new vscode.Range(start.line, start.character, start.line, start.character);
  return { title: `Open ${uri.path.split('/').at(-1) ?? ''}`, uri, range };
}
