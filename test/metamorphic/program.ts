/** An Actor's source as texts: what a rewriting changes, and what the analysis and the recorder are given. */
export interface Program {
  /** Where it comes from, such as `key-mismatch:38`. */
  readonly name: string;
  readonly sdk: { readonly package: 'apify' | 'crawlee'; readonly version: string };
  /** Texts by path; the first file is the entry point. */
  readonly files: Readonly<Record<string, string>>;
}

export type Group =
  | 'operands'
  | 'names'
  | 'arguments'
  | 'constants'
  | 'helpers'
  | 'functions'
  | 'state'
  | 'control flow'
  | 'loops'
  | 'promises'
  | 'listeners'
  | 'modules'
  | 'program'
  | 'types';

/** A change to a file's text. */
export interface Edit {
  /** The name of its tree: the path in the program, behind a slash. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One place where a rewriting fits: all of its edits are made, or none. */
export interface Place {
  readonly edits: readonly Edit[];
  /** Files that it adds. */
  readonly added?: Readonly<Record<string, string>>;
}

/** Another way to write a program that does the same. */
export interface Rewriting {
  readonly name: string;
  readonly group: Group;
  /** Whether what a finding names still has its name. */
  readonly keepsNames: boolean;
  /** The program written anew at every place that does not overlap one before it; `undefined` where there is none. */
  readonly rewrite: (program: Program) => Program | undefined;
}

/** The entry point's path. */
export function entryOf(program: Program): string {
  return Object.keys(program.files)[0] ?? 'main.js';
}

/** Whether its files are modules: they import, or they wait at their top level without requiring anything. */
export function isModuleProgram({ files }: Program): boolean {
  const texts = Object.values(files);
  return (
    texts.some((text) => /^\s*(?:import|export)\b/mu.test(text)) || !texts.some((text) => /\brequire\(/u.test(text))
  );
}
