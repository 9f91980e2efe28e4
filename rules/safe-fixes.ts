import type { ActorWorkspace, Analysis } from './actor-workspace.ts';
import type { RuleSettings } from './checked-actor.ts';
import type { Finding, TextEdit } from './finding.ts';
import { conflict, EditedText } from './text-edits.ts';

/** One fix can make room for the next one; what has not come to rest after so many rounds never will. */
const MOST_ROUNDS = 10;

export interface FixingOptions {
  readonly settings: RuleSettings;
  /** Whether a finding is to be fixed. */
  readonly isAsked: (finding: Finding) => boolean;
  /** The text of a file; `undefined` for one that must stay as it is. A fix that needs it is left alone. */
  readonly textOf: (file: string) => string | undefined;
  readonly signal?: AbortSignal;
}

export interface AppliedFixes {
  /** The analysis of the texts as they are now. */
  readonly analysis: Analysis;
  /** The edits of each fix, in the order in which they were made. */
  readonly fixes: readonly (readonly TextEdit[])[];
  /** The files that were changed. */
  readonly texts: ReadonlyMap<string, EditedText>;
}

/**
 * Applies the safe fixes, round after round until nothing changes.
 *
 * @param workspace is given the fixed texts as documents, which the caller takes back
 * @param analysis of the workspace as it is
 * @throws the signal's reason, once it is aborted
 */
export async function applySafeFixes(
  workspace: Pick<ActorWorkspace, 'analyse' | 'edit' | 'setDocument'>,
  analysis: Analysis,
  options: FixingOptions,
): Promise<AppliedFixes> {
  const { settings, isAsked, textOf, signal } = options;
  const texts = new Map<string, EditedText>();
  const fixes: (readonly TextEdit[])[] = [];
  let current = analysis;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const chosen = chooseFixes(current.findings.filter(isAsked), workspace, (file) => textOf(file) !== undefined);
    if (chosen.length === 0) break;
    fixes.push(...chosen);
    for (const [file, edits] of byFile(chosen.flat())) {
      const text = texts.get(file) ?? new EditedText(textOf(file) ?? '');
      texts.set(file, text);
      text.apply(edits);
      workspace.setDocument(file, text.text);
    }
    current = await workspace.analyse(settings, signal);
  }
  return { analysis: current, fixes, texts };
}

/** The edits of every safe fix that can be made in one go. Half a fix is worse than none: it is made whole or not at all. */
function chooseFixes(
  findings: readonly Finding[],
  workspace: Pick<ActorWorkspace, 'edit'>,
  mayChange: (file: string) => boolean,
): readonly (readonly TextEdit[])[] {
  const chosen: (readonly TextEdit[])[] = [];
  for (const finding of findings) {
    const offer = finding.fixes.find(({ safe }) => safe);
    const edits = offer === undefined ? undefined : workspace.edit(finding, offer.id);
    if (edits === undefined || edits.length === 0 || !edits.every(({ file }) => mayChange(file))) continue;
    if (edits.some((edit) => chosen.flat().some((other) => conflict(edit, other)))) continue;
    chosen.push(edits);
  }
  return chosen;
}

function byFile(edits: readonly TextEdit[]): ReadonlyMap<string, readonly TextEdit[]> {
  const groups = new Map<string, TextEdit[]>();
  for (const edit of edits) groups.set(edit.file, [...(groups.get(edit.file) ?? []), edit]);
  return groups;
}
