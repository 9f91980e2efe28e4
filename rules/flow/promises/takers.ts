import { ts } from 'ts-morph';

import { givenTo } from '../callbacks.ts';
import type { Given } from '../callbacks.ts';
import type { Code } from '../code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { FunctionNode } from '../../syntax/functions.ts';

/** Who gets the promises of each function of a program. */
export interface PromiseTakers {
  readonly callers: ReadonlyMap<FunctionNode, readonly ts.CallExpression[]>;
  /** The calls that are given a function, and call it. */
  readonly given: ReadonlyMap<FunctionNode, readonly Given[]>;
}

const known = new WeakMap<Code, PromiseTakers>();

/**
 * Who gets the promises of each function of a program.
 *
 * @param files the program's files, its tests aside
 */
export function promiseTakersOf(code: Code, files: readonly ts.SourceFile[]): PromiseTakers {
  let takers = known.get(code);
  if (takers === undefined) {
    takers = readTakers(code, files);
    known.set(code, takers);
  }
  return takers;
}

function readTakers(code: Code, files: readonly ts.SourceFile[]): PromiseTakers {
  const callers = new Map<FunctionNode, ts.CallExpression[]>();
  const given = new Map<FunctionNode, Given[]>();
  for (const call of files.flatMap((file) => indexOf(file).calls)) {
    if (!ts.isCallExpression(call)) continue;
    if (!callsParameter(code, call)) for (const fn of code.calledFunctions(call)) add(callers, fn, call);
    for (const each of givenTo(code, call)) add(given, each.fn, each);
  }
  return { callers, given };
}

/** A call of a function that was given as a parameter: what it runs depends on who calls the function around it. */
function callsParameter(code: Code, call: ts.CallExpression): boolean {
  const declaration = ts.isIdentifier(call.expression) ? code.symbolOf(call.expression)?.valueDeclaration : undefined;
  return declaration !== undefined && ts.isParameter(declaration);
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const before = map.get(key);
  if (before === undefined) map.set(key, [value]);
  else before.push(value);
}
