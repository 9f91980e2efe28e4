import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { bare } from '../../syntax/operands.ts';

/** Whether code that is given an error does nothing at all with it, nor says that there was one. */
export function doesNothing(code: Code, body: ts.Node): boolean {
  if (!ts.isBlock(body)) return ts.isExpression(body) && isIdle(code, body);
  return body.statements.every((statement, index) => {
    if (ts.isEmptyStatement(statement)) return true;
    if (ts.isExpressionStatement(statement)) return isIdle(code, statement.expression);
    const isLast = ts.isReturnStatement(statement) && index === body.statements.length - 1;
    // What a `catch` returns leaves the rest of the function out: an answer, if a short one.
    return isLast && !ts.isCatchClause(body.parent) && (!statement.expression || isIdle(code, statement.expression));
  });
}

/** `undefined`, `void 0`, `null`, or a call of a function of the project that does nothing. */
function isIdle(code: Code, expression: ts.Expression): boolean {
  const value = bare(expression);
  if (ts.isVoidExpression(value)) return isIdle(code, value.expression) || ts.isNumericLiteral(value.expression);
  if (ts.isIdentifier(value)) return value.text === 'undefined';
  if (value.kind === ts.SyntaxKind.NullKeyword) return true;
  if (!ts.isCallExpression(value)) return false;
  const called = code.calledFunctions(value);
  return called.length > 0 && called.every(({ body }) => body !== undefined && ts.isBlock(body) && isEmpty(body));
}

function isEmpty({ statements }: ts.Block): boolean {
  return statements.length === 0;
}

/** The comments in a handler or behind it on its line, and those above the statement that it stands in. */
export function commentsAbout(
  handler: ts.Node,
  call: ts.Node,
): { readonly within: readonly string[]; readonly above: readonly string[] } {
  const file = handler.getSourceFile();
  const { text } = file;
  const within = commentsIn(handler, file);
  const behind = ts.getTrailingCommentRanges(text, endOfLineCode(text, handler.end)) ?? [];
  const above = [handler, call].flatMap((node) => {
    const statement = ts.findAncestor(node, ts.isStatement);
    return statement === undefined ? [] : (ts.getLeadingCommentRanges(node.getSourceFile().text, statement.pos) ?? []);
  });
  const textOf = ({ pos, end }: ts.CommentRange): string => text.slice(pos, end);
  return { within: [...within, ...behind.map(textOf)], above: above.map(textOf) };
}

/** Past the brackets and the semicolon that close the statement of a handler. */
function endOfLineCode(text: string, end: number): number {
  let at = end;
  while (at < text.length && ' );,}'.includes(text.charAt(at))) at += 1;
  return at;
}

function commentsIn(node: ts.Node, file: ts.SourceFile): readonly string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, file.languageVariant, node.getText(file));
  const found: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const isComment = kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia;
    if (isComment) found.push(scanner.getTokenText());
  }
  return found;
}
