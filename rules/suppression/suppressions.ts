import type { ts } from 'ts-morph';

import type { Span } from '../fixes/changes.ts';
import { commentAt } from './comments.ts';
import { directivesIn } from './directives.ts';
import type { Directive } from './directives.ts';

/**
 * The comment that suppresses what a rule reports. One that is about the report's line comes before one that began
 * further up; of several, the last one decides. What is said of a comment itself is not suppressed.
 *
 * @param span what the report underlines
 */
export function suppressionOf(ruleId: string, span: Span): Directive | undefined {
  const { file, start } = span;
  const about = directivesIn(file).filter(({ rules }) => rules.length === 0 || rules.some(({ id }) => id === ruleId));
  if (about.length === 0 || commentAt(file, start) !== undefined) return undefined;
  const line = lineOf(file, start);
  const onLine = about.findLast((directive) => lineAbout(directive) === line);
  if (onLine !== undefined) return onLine;
  const before = about.findLast((directive) => isBoundary(directive, ruleId) && directive.comment.end <= start);
  return before?.kind === 'start' ? before : undefined;
}

/** The line that a comment is about; `undefined` for one that is about more. */
function lineAbout({ kind, file, comment }: Directive): number | undefined {
  if (kind === 'line') return lineOf(file, comment.start);
  return kind === 'next-line' ? lineOf(file, comment.end) + 1 : undefined;
}

/**
 * Whether a comment that ends a suppression has one to end: of a rule, or of any where no rule is given.
 *
 * @param ruleId one that the comment names
 */
export function endsSuppression({ file, comment }: Directive, ruleId?: string): boolean {
  const before = directivesIn(file).filter((each) => each.comment.end <= comment.start);
  const named = ruleId === undefined ? before.flatMap(({ rules }) => rules.map(({ id }) => id)) : [];
  return [ruleId, ...named].some((id) => before.findLast((each) => isBoundary(each, id))?.kind === 'start');
}

/** Whether from here on a rule is suppressed, or is no more. */
function isBoundary({ kind, rules }: Directive, ruleId: string | undefined): boolean {
  return (kind === 'start' || kind === 'end') && (rules.length === 0 || rules.some(({ id }) => id === ruleId));
}

function lineOf(file: ts.SourceFile, position: number): number {
  return file.getLineAndCharacterOfPosition(position).line;
}
