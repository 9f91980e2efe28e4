import { ts } from 'ts-morph';

import { isFunctionNode } from './functions.ts';
import { awaited, isAccess, memberNameOf } from './operands.ts';
import type { FunctionNode } from './functions.ts';

export type Call = ts.CallExpression | ts.NewExpression;

export function isCall(node: ts.Node): node is Call {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

/** What one walk over a file finds: the places that later questions start from. */
export interface FileIndex {
  readonly calls: readonly Call[];
  /** Calls by the name of what they call: `save` for `save()`, `this.save()` and `new save()`. */
  readonly callsByName: ReadonlyMap<string, readonly Call[]>;
  /** Calls whose text does not say what they call: through parameters, variables, patterns, renamed imports, results. */
  readonly otherCalls: readonly Call[];
  readonly functions: readonly FunctionNode[];
  readonly loops: readonly ts.IterationStatement[];
  readonly classes: readonly ts.ClassLikeDeclaration[];
  /** Identifiers and private names by their text. */
  readonly identifiers: ReadonlyMap<string, readonly (ts.Identifier | ts.PrivateIdentifier)[]>;
  /** What its string literals say. */
  readonly texts: ReadonlySet<string>;
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
  const texts = new Set<string>();
  const identifiers = new Map<string, (ts.Identifier | ts.PrivateIdentifier)[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      const same = identifiers.get(node.text);
      if (same === undefined) identifiers.set(node.text, [node]);
      else same.push(node);
      return;
    }
    if (ts.isStringLiteralLike(node)) {
      texts.add(node.text);
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
  return { calls, ...byCallee(calls, identifiers), functions, loops, classes, identifiers, texts, imports };
}

type Identifiers = FileIndex['identifiers'];

function byCallee(calls: readonly Call[], identifiers: Identifiers): Pick<FileIndex, 'callsByName' | 'otherCalls'> {
  const callsByName = new Map<string, Call[]>();
  const otherCalls: Call[] = [];
  const spoken = new Map<string, boolean>();
  for (const call of calls) {
    const callee = awaited(call.expression);
    const name = ts.isIdentifier(callee) ? callee.text : isAccess(callee) ? memberNameOf(callee) : undefined;
    const mayBeOther =
      name === undefined || (ts.isIdentifier(callee) ? isAlias(name, identifiers, spoken) : INDIRECT.has(name));
    if (mayBeOther) otherCalls.push(call);
    if (name === undefined) continue;
    const same = callsByName.get(name);
    if (same === undefined) callsByName.set(name, [call]);
    else same.push(call);
  }
  return { callsByName, otherCalls };
}

/** The methods by which a function is called under another name: its own, and those of `Reflect`. */
const INDIRECT: ReadonlySet<string> = new Set(['call', 'apply', 'construct']);

/** Whether some declaration of this name in the file may stand for a function of another name. */
function isAlias(name: string, identifiers: Identifiers, known: Map<string, boolean>): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = (identifiers.get(name) ?? []).some(
    ({ parent }) =>
      (ts.isImportSpecifier(parent) && parent.propertyName !== undefined) ||
      (ts.isBindingElement(parent) && (parent.propertyName !== undefined || ts.isArrayBindingPattern(parent.parent))) ||
      ts.isImportClause(parent) ||
      ts.isParameter(parent) ||
      (ts.isVariableDeclaration(parent) && !(parent.initializer !== undefined && isFunctionNode(parent.initializer))),
  );
  known.set(name, found);
  return found;
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
  return isModuleLoad(node) ? literal(node.arguments[0]) : undefined;
}

/** `require(…)`, `import(…)` */
export function isModuleLoad({ expression: loader }: Call): boolean {
  return loader.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(loader) && loader.text === 'require');
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
