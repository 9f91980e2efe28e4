import { ts } from 'ts-morph';

import { isFunctionNode } from './functions.ts';
import type { FunctionNode } from './functions.ts';
import { AliasCollector } from './name-aliases.ts';
import type { NameAliases } from './name-aliases.ts';
import { awaited, bare, isAccess, memberNameOf } from './operands.ts';

export type Call = ts.CallExpression | ts.NewExpression;

export function isCall(node: ts.Node): node is Call {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

/** What one walk over a file finds: the places that later questions start from. */
export interface FileIndex extends NameAliases {
  readonly calls: readonly Call[];
  /** Calls by the name of what they call: `save` for `save()`, `this.save()` and `new save()`. */
  readonly callsByName: ReadonlyMap<string, readonly Call[]>;
  /** Of these, the calls of a name that stands alone: `save()`. */
  readonly localCalls: ReadonlyMap<string, readonly Call[]>;
  /** Calls of something that has no name in the call: of results, of elements, of functions that are called at once. */
  readonly unnamedCalls: readonly Call[];
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
  const names = new AliasCollector();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      add(identifiers, node.text, node);
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
    names.add(node);
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push(specifier);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const { aliases, openNames, openMembers } = names;
  return {
    calls,
    ...byCallee(calls),
    functions,
    loops,
    classes,
    identifiers,
    texts,
    imports,
    aliases,
    openNames,
    openMembers,
  };
}

function byCallee(calls: readonly Call[]): Pick<FileIndex, 'callsByName' | 'localCalls' | 'unnamedCalls'> {
  const callsByName = new Map<string, Call[]>();
  const localCalls = new Map<string, Call[]>();
  const unnamedCalls: Call[] = [];
  for (const call of calls) {
    const callee = awaited(call.expression);
    const name = nameOf(callee);
    if (name === undefined) {
      unnamedCalls.push(call);
      continue;
    }
    add(callsByName, name, call);
    if (ts.isIdentifier(callee)) add(localCalls, name, call);
    else if (INDIRECT.has(name)) {
      // `save.call(this)` is a call of `save` too.
      const meant = isAccess(callee) && callee.expression.getText() !== 'Reflect' ? bare(callee.expression) : undefined;
      const called = meant && nameOf(meant);
      if (called === undefined || name === 'construct') unnamedCalls.push(call);
      else {
        add(callsByName, called, call);
        if (meant !== undefined && ts.isIdentifier(meant)) add(localCalls, called, call);
      }
    }
  }
  return { callsByName, localCalls, unnamedCalls };
}

function nameOf(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  return isAccess(callee) ? memberNameOf(callee) : undefined;
}

function add<V>(map: Map<string, V[]>, name: string, value: V): void {
  const same = map.get(name);
  if (same === undefined) map.set(name, [value]);
  else same.push(value);
}

/** The methods by which a function is called under another name: its own, and those of `Reflect`. */
const INDIRECT: ReadonlySet<string> = new Set(['call', 'apply', 'construct']);

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
