import * as vscode from 'vscode';
import type { VerdictWord } from '../../simulator/index.ts';
import type { Severity } from '../notice.ts';
import { placeOf } from './key-places.ts';
import type { JudgedRun } from './verdicts.ts';

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

/** The verdict as a notification: one sentence, and a way to the line that it is about. */
export function noticeOf(run: JudgedRun): VerdictNotice {
  const { verdict, name } = run;
  const found = placeOf(run);
  if (found === undefined)
    return { text: `${name}: ${verdict.sentence}`, severity: SEVERITIES[verdict.word], place: undefined };
  const uri = vscode.Uri.parse(found.uri);
  const { start } = found.range;
  const range = new vscode.Range(start.line, start.character, start.line, start.character);
  const place = { title: `Open ${uri.path.split('/').at(-1) ?? ''}`, uri, range };
  return { text: `${name}: ${verdict.sentence}`, severity: SEVERITIES[verdict.word], place };
}
