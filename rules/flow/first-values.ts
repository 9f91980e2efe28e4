import { ts } from 'ts-morph';

import { assignmentTo } from '../syntax/assignments.ts';
import { functionAround, isFunctionNode } from '../syntax/functions.ts';
import { accessBy } from '../syntax/operands.ts';
import { givenFor } from './arguments.ts';
import type { Binding } from './bindings.ts';
import type { Code } from './code.ts';
import { LIMITS } from './limits.ts';
import { valueOf } from './holders.ts';

/**
 * What a binding starts with, as it is written: where it is declared, in the constructor of its class, or in the only call of
 * the function that takes it.
 */
export function firstValueOf(code: Code, binding: Binding): ts.Expression | undefined {
  return firstValue(code, binding, 0);
}

function firstValue(
  code: Code,
  { symbol, declaration }: Omit<Binding, 'name'>,
  depth: number,
): ts.Expression | undefined {
  if (depth > LIMITS.aliases) return undefined;
  const first = ts.isParameter(declaration)
    ? givenOnce(code, declaration)
    : (valueOf(declaration) ?? constructed(code, symbol));
  if (first === undefined || !ts.isIdentifier(first)) return first;
  const named = code.symbolOf(first);
  const source = named?.valueDeclaration;
  if (named === undefined || source === undefined || !ts.isParameter(source)) return first;
  return firstValue(code, { symbol: named, declaration: source }, depth + 1) ?? first;
}

/** `this.page = 1` in a constructor. */
function constructed(code: Code, symbol: ts.Symbol): ts.Expression | undefined {
  const given = code.referencesOf(symbol).flatMap((use) => {
    const around = functionAround(use);
    const assignment = assignmentTo(accessBy(use));
    return assignment !== undefined && around !== undefined && ts.isConstructorDeclaration(around)
      ? [assignment.right]
      : [];
  });
  return given.length === 1 ? given[0] : undefined;
}

function givenOnce(code: Code, parameter: ts.ParameterDeclaration): ts.Expression | undefined {
  if (!isFunctionNode(parameter.parent)) return parameter.initializer;
  const given = code.callersOf(parameter.parent).map((call) => givenFor(code, parameter, call));
  const [only, ...others] = given.flatMap(({ operands }) => operands);
  return only !== undefined && others.length === 0 && only.path.length === 0 ? only.expression : parameter.initializer;
}
