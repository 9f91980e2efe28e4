import { ts } from 'ts-morph';

/** A comment with its delimiters: from `//` or `/*` to its end. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly isBlock: boolean;
  /** The innermost node around it. */
  readonly node: ts.Node;
}

/** The comments of a file that contain a text, in order. The same text in a string, a template or JSX is none. */
export function commentsWith(file: ts.SourceFile, text: string): readonly Comment[] {
  const comments: Comment[] = [];
  for (let at = file.text.indexOf(text); at !== -1; at = file.text.indexOf(text, at + 1)) {
    if (at < (comments.at(-1)?.end ?? 0)) continue;
    const comment = commentAt(file, at);
    if (comment !== undefined) comments.push(comment);
  }
  return comments;
}

/** The comment around a position; `undefined` where the position is in code. */
export function commentAt(file: ts.SourceFile, position: number): Comment | undefined {
  const { node, from } = gapAround(file, position);
  if (isInToken(node, position, file)) return undefined;
  // What stands between two nodes is comments, keywords and punctuation, which read the same wherever they stand.
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, file.languageVariant, file.text, undefined, from);
  for (;;) {
    const kind = scanner.scan();
    if (kind === ts.SyntaxKind.EndOfFileToken) return undefined;
    if (scanner.getTokenEnd() <= position) continue;
    const isBlock = kind === ts.SyntaxKind.MultiLineCommentTrivia;
    const isComment = isBlock || kind === ts.SyntaxKind.SingleLineCommentTrivia;
    return isComment ? { start: scanner.getTokenStart(), end: scanner.getTokenEnd(), isBlock, node } : undefined;
  }
}

/** The token around a position; `undefined` between tokens. */
export function tokenAt(file: ts.SourceFile, position: number): ts.Node | undefined {
  const { node } = gapAround(file, position);
  return isInToken(node, position, file) ? node : undefined;
}

/** The innermost node around a position, and where the part of it without nodes begins that holds the position. */
function gapAround(file: ts.SourceFile, position: number): { readonly node: ts.Node; readonly from: number } {
  let node: ts.Node = file;
  for (;;) {
    let from = node.pos;
    const inner: ts.Node | undefined = ts.forEachChild(node, (child) => {
      if (child.pos <= position && position < child.end) return child;
      if (child.end <= position) from = Math.max(from, child.end);
      return undefined;
    });
    if (inner === undefined) return { node, from };
    node = inner;
  }
}

/** Whether a position is in a name, a literal, a part of a template, or text between JSX tags: no comment starts there. */
function isInToken(node: ts.Node, position: number, file: ts.SourceFile): boolean {
  if (ts.isJsxText(node)) return true;
  return node.kind <= ts.SyntaxKind.LastToken && position >= node.getStart(file);
}
