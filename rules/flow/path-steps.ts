import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import type { Path } from './places.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { isAccess, memberNameOf, methodOf, outermost } from '../syntax/operands.ts';

/** What a method of a collection hands out of it, not a copy; `undefined` for other methods. */
export function handedOut(code: Code, method: string, { arguments: [key] }: ts.CallExpression): Path | undefined {
  if (method === 'get') return [key === undefined ? undefined : constantKey(code, key)];
  if (method === 'at' || method === 'find') return [undefined];
  return method === 'values' || method === 'entries' || method === 'filter' ? [] : undefined;
}

/** A part that is taken of what an expression holds, by a name where that is known. */
interface PartTaken {
  readonly name: string | undefined;
  readonly at: ts.Node;
}

/** What is taken where an expression stands: `state.page`, `progress.get('page')`. */
export function partTaken(code: Code, holder: ts.Node): PartTaken | undefined {
  const { parent } = holder;
  if (!isAccess(parent) || parent.expression !== holder) return undefined;
  const name = memberNameOf(parent);
  const at = outermost(parent);
  const call = at.parent;
  const [key] = name === 'get' && ts.isCallExpression(call) && call.expression === at ? call.arguments : [];
  return key === undefined ? { name, at } : { name: constantKey(code, key), at: outermost(call) };
}

/** The text that a key always is. */
export function constantKey(code: Code, key: ts.Expression): string | undefined {
  const [only, ...others] = ts.isSpreadElement(key) ? [] : code.valuesOf(key);
  return only !== undefined && others.length === 0 && ts.isStringLiteralLike(only) ? only.text : undefined;
}

const ITERATING: ReadonlySet<string> = new Set(['forEach', 'map', 'flatMap', 'filter', 'some', 'every', 'find']);

/** The list whose items a parameter of a callback stands for: `rows.forEach((row) => …)`. */
export function itemOf(parameter: ts.ParameterDeclaration): ts.Expression | undefined {
  const fn = parameter.parent;
  const call = isFunctionNode(fn) ? outermost(fn).parent : undefined;
  const method = call !== undefined && ts.isCallExpression(call) ? methodOf(call) : undefined;
  if (method === undefined) return undefined;
  const place = method.name === 'reduce' ? 1 : ITERATING.has(method.name) ? 0 : -1;
  return fn.parameters.indexOf(parameter) === place ? method.object : undefined;
}

/** The object whose method a function is. */
export function literalOfMethod(fn: FunctionNode): ts.ObjectLiteralExpression | undefined {
  const { parent } = outermost(fn);
  const holder = ts.isPropertyAssignment(parent) ? parent.parent : fn.parent;
  return ts.isObjectLiteralExpression(holder) ? holder : undefined;
}

/** Which parameter of a method's callback gets what the method is called on: an item of a list, what a promise brings. */
export function takesItems(method: string): number | undefined {
  if (method === 'reduce') return 1;
  return ITERATING.has(method) || method === 'then' ? 0 : undefined;
}

const COLLECTING: ReadonlySet<string> = new Set(['map', 'flatMap', 'reduce', 'then']);

/** The call whose result is made of what a callback returns: `rows.map((row) => …)`. */
export function collecting(fn: FunctionNode): ts.CallExpression | undefined {
  const { parent } = outermost(fn);
  const method = ts.isCallExpression(parent) ? methodOf(parent) : undefined;
  return method !== undefined && COLLECTING.has(method.name) && ts.isCallExpression(parent) ? parent : undefined;
}
