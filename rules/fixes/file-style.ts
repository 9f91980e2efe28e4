import { ts } from 'ts-morph';

import { startOf } from './changes.ts';

/** How a file is written, as far as new lines in it should look the same. */
export interface FileStyle {
  readonly quote: '"' | "'";
  /** `;`, or nothing where the file does without. */
  readonly semicolon: ';' | '';
  /** One step of indentation. */
  readonly indent: string;
  readonly lineEnd: '\n' | '\r\n';
  readonly isTypeScript: boolean;
}

/** Reads the style of a file from what stands in it. */
export function styleOf(file: ts.SourceFile): FileStyle {
  const { text } = file;
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const semicolons = file.statements.filter((statement) => text[statement.end - 1] === ';').length;
  const bare = file.statements.filter((statement) => canEndBare(statement, text)).length;
  return {
    quote: count(/"/gu) > count(/'/gu) ? '"' : "'",
    semicolon: bare > semicolons ? '' : ';',
    indent: /^(?:\t+| {2,8})(?=\S)/mu.exec(text.replaceAll(/^ \*.*$/gmu, ''))?.[0] ?? '  ',
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    isTypeScript: /\.[cm]?tsx?$/u.test(file.fileName),
  };
}

function canEndBare(statement: ts.Statement, text: string): boolean {
  const ends =
    ts.isExpressionStatement(statement) || ts.isVariableStatement(statement) || ts.isImportDeclaration(statement);
  return ends && text[statement.end - 1] !== ';';
}

/** The white space at the start of the line on which a node stands. */
export function indentOf(node: ts.Node): string {
  const { text } = node.getSourceFile();
  const start = lineStart(text, startOf(node));
  return /^[ \t]*/u.exec(text.slice(start))?.[0] ?? '';
}

/** Where the line of a position starts. */
export function lineStart(text: string, position: number): number {
  return text.lastIndexOf('\n', position - 1) + 1;
}

/** Where the line after a position's starts; the text's end where there is none. */
export function nextLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  return end === -1 ? text.length : end + 1;
}
