import { ts } from 'ts-morph';

import { lineStart, nextLine } from '../../fixes/file-style.ts';
import { replacement } from '../../fixes/changes.ts';
import type { Directive, NamedRule } from '../../suppression/directives.ts';
import type { Change } from '../../fixes/changes.ts';

/** Takes a comment out: with its lines where it stands alone on them, with the braces around it in JSX. */
export function withoutComment({ file, comment }: Directive): Change {
  const { text } = file;
  const braces = ts.isJsxExpression(comment.node) && isAllOf(comment.node, file, comment) ? comment.node : undefined;
  const start = braces?.getStart(file) ?? comment.start;
  const end = braces?.getEnd() ?? comment.end;
  const before = text.slice(lineStart(text, start), start);
  const after = text.slice(end, nextLine(text, end));
  if (before.trim() === '' && after.trim() === '') {
    return replacement(file, lineStart(text, start), nextLine(text, end), '');
  }
  // Between JSX tags a blank is text.
  if (braces !== undefined) return replacement(file, start, end, '');
  const blanksBefore = before.length - before.trimEnd().length;
  const blanksAfter = after.length - after.trimStart().length;
  return after.trim() === ''
    ? replacement(file, start - blanksBefore, end, '')
    : replacement(file, start, end + blanksAfter, '');
}

function isAllOf(node: ts.JsxExpression, file: ts.SourceFile, { start, end }: Directive['comment']): boolean {
  return node.getText(file).slice(1, -1).trim() === file.text.slice(start, end);
}

/** Takes one rule out of several that a comment names. */
export function withoutName({ file, rules }: Directive, rule: NamedRule): Change {
  const next = rules[rules.indexOf(rule) + 1];
  const before = rules[rules.indexOf(rule) - 1];
  if (next !== undefined) return replacement(file, rule.start, next.start, '');
  return replacement(file, before?.end ?? rule.start, rule.end, '');
}
