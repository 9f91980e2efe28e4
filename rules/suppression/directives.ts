import type { ts } from 'ts-morph';

import { commentsWith } from './comments.ts';
import type { Comment } from './comments.ts';

/** What a suppression comment is about: one line, or all from here to where it ends. */
export type DirectiveKind = 'next-line' | 'line' | 'start' | 'end';

/** A comment that says that findings are meant to be there. */
export interface Directive {
  readonly kind: DirectiveKind;
  readonly file: ts.SourceFile;
  readonly comment: Comment;
  /** The rules that it names; none where it is about all rules. */
  readonly rules: readonly NamedRule[];
  /** What stands after ` -- `. */
  readonly justification: string | undefined;
}

/** A rule's id in a comment, and where it stands. */
export interface NamedRule {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

const MARK = 'actor-state-';

const KINDS: Readonly<Record<string, DirectiveKind>> = {
  'disable-next-line': 'next-line',
  'disable-line': 'line',
  disable: 'start',
  enable: 'end',
};

/** At the very start of a comment; a comment that only speaks of suppression is none. */
const DIRECTIVE = /^([\s*]*actor-state-(disable-next-line|disable-line|disable|enable)(?![\w-]))([^]*)$/u;

/** The names, two dashes or more, the reason. */
const REASONED = /^([^]*?)\s--+(?:\s([^]*))?$/u;

/** A tree never changes, so what its comments say stays true for as long as it lives. */
const known = new WeakMap<ts.SourceFile, readonly Directive[]>();

/** The suppression comments of a file, in order. A file whose text does not name Actor State costs one search. */
export function directivesIn(file: ts.SourceFile): readonly Directive[] {
  const before = known.get(file);
  if (before !== undefined) return before;
  const directives = commentsWith(file, MARK).flatMap((comment) => directiveOf(file, comment) ?? []);
  known.set(file, directives);
  return directives;
}

function directiveOf(file: ts.SourceFile, comment: Comment): Directive | undefined {
  const body = file.text.slice(comment.start + 2, comment.isBlock ? comment.end - 2 : comment.end);
  const [, head = '', word = '', rest = ''] = DIRECTIVE.exec(body) ?? [];
  const kind = KINDS[word];
  if (kind === undefined) return undefined;
  const { 1: list = rest, 2: why = '' } = REASONED.exec(rest) ?? [];
  return {
    kind,
    file,
    comment,
    rules: namesIn(list, comment.start + 2 + head.length),
    justification: why.trim() || undefined,
  };
}

function namesIn(list: string, offset: number): readonly NamedRule[] {
  return [...list.matchAll(/[^\s,](?:[^,]*[^\s,])?/gu)].map(({ 0: id, index }) => ({
    id,
    start: offset + index,
    end: offset + index + id.length,
  }));
}
