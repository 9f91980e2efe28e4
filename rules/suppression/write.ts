import { ts } from 'ts-morph';

import type { Change, Span } from '../fixes/changes.ts';
import { insertion } from '../fixes/changes.ts';
import { lineStart, styleOf } from '../fixes/file-style.ts';
import { commentAt, tokenAt } from './comments.ts';
import { directivesIn } from './directives.ts';

/**
 * Writes the comment that suppresses a report: on a line of its own above the report's line, or into the comment that is
 * there already.
 *
 * @returns `undefined` where no comment can stand above that line: it begins within a string or another comment; and for a
 * report on a comment, which none suppresses
 */
export function suppressionFor(ruleId: string, { file, start }: Span): Change | undefined {
  if (commentAt(file, start) !== undefined) return undefined;
  const { line } = file.getLineAndCharacterOfPosition(start);
  const above = directivesIn(file).find(
    ({ kind, comment }) => kind === 'next-line' && file.getLineAndCharacterOfPosition(comment.end).line === line - 1,
  );
  const last = above?.rules.at(-1);
  if (last !== undefined) return insertion(file, last.end, `, ${ruleId}`);

  const begin = lineStart(file.text, start);
  const around = begin === 0 ? undefined : tokenAt(file, begin - 1);
  if (begin > 0 && commentAt(file, begin - 1) !== undefined) return undefined;
  if (around !== undefined && !ts.isJsxText(around)) return undefined;
  const words = `actor-state-disable-next-line ${ruleId}`;
  const comment = around === undefined ? `// ${words}` : `{/* ${words} */}`;
  const indent = /^[ \t]*/u.exec(file.text.slice(begin))?.[0] ?? '';
  return insertion(file, begin, `${indent}${comment}${styleOf(file).lineEnd}`);
}
