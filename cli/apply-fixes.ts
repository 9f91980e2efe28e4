import type { ActorWorkspace, Analysis, Finding, RuleSettings, TextEdit } from '../rules/index.ts';
import { readSourceFile, writeSourceFile, type SourceFile } from './source-file.ts';
import { applyEdits, conflict } from './text-edits.ts';

/** One fix can make room for the next one; what has not come to rest after so many rounds never will. */
const MOST_ROUNDS = 10;

export interface Fixing {
  /** The analysis of what is on disk now. */
  readonly analysis: Analysis;
  /** How many fixes are on disk now. */
  readonly fixes: number;
  /** The files that were written. */
  readonly files: readonly string[];
  readonly failures: readonly { readonly file: string; readonly reason: string }[];
}

/** Where fixed files are read from and written to. */
export interface SourceFiles {
  readonly read: (path: string) => SourceFile | string;
  readonly write: (file: SourceFile, text: string) => string | undefined;
}

const onDisk: SourceFiles = { read: readSourceFile, write: writeSourceFile };

/**
 * Applies the safe fixes, round after round until nothing changes, then writes each changed file once.
 *
 * @param mayChange holds for the files that were asked for; a fix that needs another file as well is left alone
 */
export async function applyFixes(
  workspace: Pick<ActorWorkspace, 'analyse' | 'edit' | 'setDocument' | 'closeDocument' | 'filesChanged'>,
  settings: RuleSettings,
  mayChange: (file: string) => boolean,
  files: SourceFiles = onDisk,
): Promise<Fixing> {
  const texts = new FixedTexts(files);
  let analysis = await workspace.analyse(settings);
  // Positions are to be those of the text that is edited here, which has no byte order mark.
  const marked = texts.marked(analysis.findings.filter(hasSafeFix).map(({ file }) => file));
  for (const { path, text } of marked) workspace.setDocument(path, text);
  if (marked.length > 0) analysis = await workspace.analyse(settings);
  const fixes: (readonly TextEdit[])[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const chosen = chooseFixes(analysis.findings, workspace, (file) => mayChange(file) && texts.has(file));
    if (chosen.length === 0) break;
    fixes.push(...chosen);
    for (const [file, edits] of byFile(chosen.flat())) workspace.setDocument(file, texts.change(file, edits));
    analysis = await workspace.analyse(settings);
  }
  const { written, failures } = texts.write();
  for (const file of [...texts.changed(), ...marked.map(({ path }) => path)]) workspace.closeDocument(file);
  workspace.filesChanged([...written]);
  // What could not be written still has its findings.
  if (failures.length > 0) analysis = await workspace.analyse(settings);
  const applied = fixes.filter((edits) => edits.every(({ file }) => written.includes(file))).length;
  return { analysis, fixes: applied, files: written, failures: [...texts.unreadable(), ...failures] };
}

function hasSafeFix({ fixes }: Finding): boolean {
  return fixes.some(({ safe }) => safe);
}

/** The edits of every safe fix that can be made in one go. A fix is made whole or not at all. */
function chooseFixes(
  findings: readonly Finding[],
  workspace: Pick<ActorWorkspace, 'edit'>,
  mayChange: (file: string) => boolean,
): readonly (readonly TextEdit[])[] {
  const chosen: (readonly TextEdit[])[] = [];
  const taken: TextEdit[] = [];
  for (const finding of findings) {
    const offer = finding.fixes.find(({ safe }) => safe);
    const edits = offer === undefined ? undefined : workspace.edit(finding, offer.id);
    if (edits === undefined || edits.length === 0 || !edits.every(({ file }) => mayChange(file))) continue;
    if (edits.some((edit) => taken.some((other) => conflict(edit, other)))) continue;
    chosen.push(edits);
    taken.push(...edits);
  }
  return chosen;
}

/** The files as they will be, each read when first needed. */
class FixedTexts {
  readonly #files: SourceFiles;
  readonly #read = new Map<string, SourceFile | string>();
  readonly #texts = new Map<string, string>();

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  has(path: string): boolean {
    return typeof this.#source(path) !== 'string';
  }

  /** Those of the files that begin with a byte order mark. */
  marked(paths: readonly string[]): readonly SourceFile[] {
    const sources = [...new Set(paths)].map((path) => this.#source(path));
    return sources.filter((source) => typeof source !== 'string').filter((source) => source.hasByteOrderMark);
  }

  change(path: string, edits: readonly TextEdit[]): string {
    const source = this.#source(path);
    const before = this.#texts.get(path) ?? (typeof source === 'string' ? '' : source.text);
    const after = applyEdits(before, edits);
    this.#texts.set(path, after);
    return after;
  }

  changed(): readonly string[] {
    return [...this.#texts.keys()];
  }

  unreadable(): Fixing['failures'] {
    return [...this.#read].flatMap(([file, read]) => (typeof read === 'string' ? [{ file, reason: read }] : []));
  }

  write(): { readonly written: readonly string[]; readonly failures: Fixing['failures'] } {
    const written: string[] = [];
    const failures: { file: string; reason: string }[] = [];
    for (const [file, text] of this.#texts) {
      const source = this.#source(file);
      const reason = typeof source === 'string' ? source : this.#files.write(source, text);
      if (reason === undefined) written.push(file);
      else failures.push({ file, reason });
    }
    return { written, failures };
  }

  #source(path: string): SourceFile | string {
    const source = this.#read.get(path) ?? this.#files.read(path);
    this.#read.set(path, source);
    return source;
  }
}

function byFile(edits: readonly TextEdit[]): ReadonlyMap<string, readonly TextEdit[]> {
  const groups = new Map<string, TextEdit[]>();
  for (const edit of edits) groups.set(edit.file, [...(groups.get(edit.file) ?? []), edit]);
  return groups;
}
