import { ts } from 'ts-morph';

import { visit } from '../../syntax/functions.ts';

/** The nodes behind the markers of a small program: of `/*a*\/ f(x)` the call, under `a`. */
export function markedNodes(file: ts.SourceFile): (marker: string) => ts.Node {
  const found = new Map<string, ts.Node>();
  visit(file, (node) => {
    if (ts.isSourceFile(node) || ts.isExpressionStatement(node) || node.kind === ts.SyntaxKind.SyntaxList) return;
    const marker = /\/\*(\w+)\*\/\s*$/u.exec(file.text.slice(node.pos, node.getStart(file)))?.[1];
    if (marker !== undefined && !found.has(marker)) found.set(marker, node);
  });
  return (marker) => {
    const node = found.get(marker);
    if (node === undefined) throw new Error(`No node is marked with ${marker}`);
    return node;
  };
}

export function parsed(text: string): ts.SourceFile {
  return ts.createSourceFile('marked.ts', `${text}\nexport {};`, ts.ScriptTarget.Latest, true);
}
