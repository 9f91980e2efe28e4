import { applySafeFixes, type ActorWorkspace, type Analysis, type Finding, type RuleSettings } from '../rules/index.ts';
import { readSourceFile, writeSourceFile, type SourceFile } from './source-file.ts';

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
  const sources = new Sources(files);
  let before = await workspace.analyse(settings);
  // Positions are to be those of the text that is edited here, which has no byte order mark.
  const marked = sources.marked(before.findings.filter(hasSafeFix).map(({ file }) => file));
  for (const { path, text } of marked) workspace.setDocument(path, text);
  if (marked.length > 0) before = await workspace.analyse(settings);
  const { analysis, fixes, texts } = await applySafeFixes(workspace, before, {
    settings,
    isAsked: () => true,
    textOf: (file) => (mayChange(file) ? sources.textOf(file) : undefined),
  });
  const { written, failures } = sources.write(texts);
  for (const file of [...texts.keys(), ...marked.map(({ path }) => path)]) workspace.closeDocument(file);
  workspace.filesChanged([...written]);
  return {
    // What could not be written still has its findings.
    analysis: failures.length > 0 ? await workspace.analyse(settings) : analysis,
    fixes: fixes.filter((edits) => edits.every(({ file }) => written.includes(file))).length,
    files: written,
    failures: [...sources.unreadable(), ...failures],
  };
}

function hasSafeFix({ fixes }: Finding): boolean {
  return fixes.some(({ safe }) => safe);
}

/** The files on disk, each read when first needed. */
class Sources {
  readonly #files: SourceFiles;
  readonly #read = new Map<string, SourceFile | string>();

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  /** The text of a file; `undefined` where it cannot be read and written as text. */
  textOf(path: string): string | undefined {
    const source = this.#source(path);
    return typeof source === 'string' ? undefined : source.text;
  }

  /** Those of the files that begin with a byte order mark. */
  marked(paths: readonly string[]): readonly SourceFile[] {
    const sources = [...new Set(paths)].map((path) => this.#source(path));
    return sources.filter((source) => typeof source !== 'string').filter((source) => source.hasByteOrderMark);
  }

  unreadable(): Fixing['failures'] {
    return [...this.#read].flatMap(([file, read]) => (typeof read === 'string' ? [{ file, reason: read }] : []));
  }

  write(texts: ReadonlyMap<string, { readonly text: string }>): {
    readonly written: readonly string[];
    readonly failures: Fixing['failures'];
  } {
    const written: string[] = [];
    const failures: { file: string; reason: string }[] = [];
    for (const [file, { text }] of texts) {
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
