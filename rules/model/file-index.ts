import { ts } from 'ts-morph';

import { isFunctionNode } from './functions.ts';
import type { FunctionNode } from './functions.ts';

export type Call = ts.CallExpression | ts.NewExpression;

/** What one walk over a file finds: the places that later questions start from. */
export interface FileIndex {
  readonly calls: readonly Call[];
  readonly functions: readonly FunctionNode[];
  readonly loops: readonly ts.IterationStatement[];
  readonly classes: readonly ts.ClassLikeDeclaration[];
  /** Identifiers and private names by their text. */
  readonly identifiers: ReadonlyMap<string, readonly (ts.Identifier | ts.PrivateIdentifier)[]>;
  /** The modules that a file imports, by their specifiers. */
  readonly imports: readonly ts.StringLiteralLike[];
}

/** A file's tree does not change: TypeScript makes a new one for a new text. So the index lives as long as the tree. */
const indexes = new WeakMap<ts.SourceFile, FileIndex>();

export function indexOf(file: ts.SourceFile): FileIndex {
  const known = indexes.get(file);
  if (known !== undefined) return known;
  const index = walk(file);
  indexes.set(file, index);
  return index;
}

function walk(file: ts.SourceFile): FileIndex {
  const calls: Call[] = [];
  const functions: FunctionNode[] = [];
  const loops: ts.IterationStatement[] = [];
  const classes: ts.ClassLikeDeclaration[] = [];
  const imports: ts.StringLiteralLike[] = [];
  const identifiers = new Map<string, (ts.Identifier | ts.PrivateIdentifier)[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      const same = identifiers.get(node.text);
      if (same === undefined) identifiers.set(node.text, [node]);
      else same.push(node);
      return;
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
    else if (ts.isIterationStatement(node, false)) loops.push(node);
    else if (ts.isClassLike(node)) classes.push(node);
    else if (isFunctionNode(node) && node.body !== undefined) functions.push(node);
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push(specifier);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { calls, functions, loops, classes, identifiers, imports };
}

/** The module that an import, an export, a `require`, an `import()` or a `new Worker(new URL('…'))` names. */
function specifierOf(node: ts.Node): ts.StringLiteralLike | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
    return ts.isStringLiteralLike(node.moduleSpecifier) ? node.moduleSpecifier : undefined;
  }
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return literal(node.moduleReference.expression);
  }
  if (!ts.isCallExpression(node)) return ts.isNewExpression(node) ? workerFile(node) : undefined;
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require');
  return loads ? literal(node.arguments[0]) : undefined;
}

function workerFile(node: ts.NewExpression): ts.StringLiteralLike | undefined {
  if (!ts.isIdentifier(node.expression) || node.expression.text !== 'Worker') return undefined;
  const file = node.arguments?.[0];
  if (file !== undefined && ts.isNewExpression(file)) return literal(file.arguments?.[0]);
  return literal(file);
}

function literal(node: ts.Node | undefined): ts.StringLiteralLike | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node : undefined;
}
