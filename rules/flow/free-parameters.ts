import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { functionAround, isFunctionNode, isWithin } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { bare, isAccess } from '../syntax/operands.ts';
import { patternPart } from '../syntax/patterns.ts';

/** A name that an expression has from the callers of a function around it. */
export interface FreeParameter {
  readonly symbol: ts.Symbol;
  readonly declaration: ts.ParameterDeclaration | ts.BindingElement;
  /** The function whose parameter it is. */
  readonly fn: FunctionNode;
  /** Of a parameter of a constructor, kept in a field: the field, and the method that reads it. */
  readonly field: { readonly symbol: ts.Symbol; readonly method: FunctionNode } | undefined;
}

/** How many names are followed inside a function. */
const FURTHEST = 4;

/**
 * The parameters that an expression hands on, or builds its value from: `{ ...value, at: Date.now() }` of `value`. What is
 * awaited on the way is made anew, and what a loop takes from a list is the loop's.
 */
export function freeParametersOf(code: Code, expression: ts.Node): readonly FreeParameter[] {
  const found = new Map<ts.Symbol, FreeParameter>();
  const seen = new Set<ts.Node>();
  const gather = (root: ts.Node, depth: number): void => {
    if (seen.has(root)) return;
    seen.add(root);
    if (ts.isAwaitExpression(root) && isMadeAnew(code, bare(root.expression))) return;
    if (ts.isIdentifier(root)) {
      const parameter = freeParameterAt(code, root);
      if (parameter !== undefined) found.set(parameter.symbol, parameter);
      else if (depth < FURTHEST) for (const source of sourcesOf(code, root)) gather(source, depth + 1);
      return;
    }
    if (ts.isPropertyAccessExpression(root)) {
      const parameter = freeField(code, root);
      if (parameter !== undefined) found.set(parameter.symbol, parameter);
      gather(root.expression, depth);
      return;
    }
    if (ts.isPropertyAssignment(root)) {
      gather(root.initializer, depth);
      return;
    }
    ts.forEachChild(root, (child) => gather(child, depth));
  };
  gather(expression, 0);
  return [...found.values()].filter(({ fn, field }) => isWithin(expression, field?.method ?? fn));
}

/** What a call brings that is waited for. A storage is what it is by its name. */
function isMadeAnew(code: Code, value: ts.Expression): boolean {
  return ts.isCallExpression(value) && code.roleOf(value, 'open') === undefined;
}

function freeParameterAt(code: Code, name: ts.Identifier): FreeParameter | undefined {
  const symbol = code.symbolOf(name);
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined) return undefined;
  if (!ts.isParameter(declaration) && !ts.isBindingElement(declaration)) return undefined;
  const { holder } = patternPart(declaration);
  const fn = ts.isParameter(holder) ? holder.parent : undefined;
  return fn !== undefined && isFunctionNode(fn) ? { symbol, declaration, fn, field: undefined } : undefined;
}

/** What a local name that is declared once is made from. */
function sourcesOf(code: Code, name: ts.Identifier): readonly ts.Expression[] {
  const declaration = code.symbolOf(name)?.valueDeclaration;
  if (declaration === undefined) return [];
  const { holder } = patternPart(declaration);
  return ts.isVariableDeclaration(holder) && holder.initializer !== undefined && functionAround(holder) !== undefined
    ? [holder.initializer]
    : [];
}

/** `this.key`, which the constructor has from `new Store('STATE')`. */
function freeField(code: Code, access: ts.PropertyAccessExpression): FreeParameter | undefined {
  if (bare(access.expression).kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const method = methodAround(access);
  const symbol = code.symbolOf(access.name);
  const source = symbol === undefined || method === undefined ? undefined : givenToField(code, symbol);
  const parameter = source && (ts.isIdentifier(source) ? freeParameterAt(code, source) : undefined);
  if (symbol === undefined || method === undefined || parameter === undefined) return undefined;
  return ts.isConstructorDeclaration(parameter.fn) && parameter.fn !== method
    ? { ...parameter, symbol, field: { symbol, method } }
    : undefined;
}

/** The one name that a field gets its value from: `this.key = key`, `constructor(private key)`. */
function givenToField(code: Code, symbol: ts.Symbol): ts.Node | undefined {
  const { valueDeclaration } = symbol;
  if (valueDeclaration !== undefined && ts.isParameter(valueDeclaration)) return valueDeclaration.name;
  const set = code.referencesOf(symbol).flatMap((use) => {
    const { parent } = isAccess(use.parent) ? use.parent : use;
    const assigns = ts.isBinaryExpression(parent) && parent.left === use.parent;
    return assigns
      ? [{ value: bare(parent.right), isPlain: parent.operatorToken.kind === ts.SyntaxKind.EqualsToken }]
      : [];
  });
  const [only, ...others] = set;
  return only?.isPlain === true && others.length === 0 ? only.value : undefined;
}

/** The method that `this` belongs to. */
export function methodAround(node: ts.Node): FunctionNode | undefined {
  let fn = functionAround(node);
  while (fn !== undefined && ts.isArrowFunction(fn) && !ts.isPropertyDeclaration(fn.parent)) fn = functionAround(fn);
  return fn;
}
