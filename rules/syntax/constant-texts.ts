import { ts } from 'ts-morph';

import { bare } from './operands.ts';

/** By file and name: the text of a constant; `undefined` for a name that may stand for anything else too. */
const known = new WeakMap<ts.SourceFile, ReadonlyMap<string, string | undefined>>();

/** The text that a name stands for, where the file declares it as nothing but a constant with that text. */
export function constantTextOf(name: ts.Identifier): string | undefined {
  const file = name.getSourceFile();
  const texts = known.get(file) ?? textsIn(file);
  known.set(file, texts);
  return texts.get(name.text);
}

function textsIn(file: ts.SourceFile): ReadonlyMap<string, string | undefined> {
  const texts = new Map<string, string | undefined>();
  const visit = (node: ts.Node): void => {
    const name = nameOf(node);
    if (name !== undefined) {
      const text = textOf(node);
      texts.set(name, texts.has(name) && texts.get(name) !== text ? undefined : text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return texts;
}

/** The name that a node declares in a scope. */
function nameOf(node: ts.Node): string | undefined {
  const declares =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isClassLike(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportEqualsDeclaration(node);
  return declares && node.name !== undefined && ts.isIdentifier(node.name) ? node.name.text : undefined;
}

function textOf(node: ts.Node): string | undefined {
  const isConstant = ts.isVariableDeclaration(node) && (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0;
  if (!isConstant || node.initializer === undefined) return undefined;
  const value = bare(node.initializer);
  return ts.isStringLiteralLike(value) ? value.text : undefined;
}
