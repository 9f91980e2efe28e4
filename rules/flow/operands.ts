import { ts } from 'ts-morph';

import { assignedTo } from './assigned-values.ts';
import { calledGlobal } from './call-forms.ts';
import type { Code } from './code.ts';
import { LIMITS } from './limits.ts';
import { placeArguments, placedAt } from './placed-arguments.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';
import { assignmentTo } from '../syntax/assignments.ts';
import { baseOf, isFunctionNode } from '../syntax/functions.ts';
import { partsOf } from '../syntax/literals.ts';
import { accessBy, awaited, isAccess, memberNameOf, outermost, propertyNameOf } from '../syntax/operands.ts';

/** A part of what an expression stands for: `seen` of `options`; the whole where the path is empty. */
export interface Operand {
  readonly expression: ts.Expression;
  readonly path: readonly string[];
}

/**
 * The expressions that a part of a value is written as: the `seen` of `{ seen: list }` is `list`. Through constants, spread
 * objects and lists, and what callers give for a rest parameter; what cannot be followed stays as it is.
 */
export function narrowed(code: Code, operand: Operand, depth = 0): readonly Operand[] {
  const [name, ...inner] = operand.path;
  if (name === undefined || depth > LIMITS.aliases) return [operand];
  const expression = awaited(operand.expression);
  const isLiteral = ts.isObjectLiteralExpression(expression) || ts.isArrayLiteralExpression(expression);
  const values = isLiteral ? [expression] : code.valuesOf(expression);
  const found = values.map((value) =>
    partsUnder(code, value, name)?.map((each) => ({ ...each, path: [...each.path, ...inner] })),
  );
  if (found.length === 0 || found.some((each) => each === undefined)) return [operand];
  return found.flatMap((each) => each ?? []).flatMap((each) => narrowed(code, each, depth + 1));
}

/** What a value has under a name, as it is written; `undefined` where the code does not show it. */
function partsUnder(code: Code, value: ts.Node, name: string): readonly Operand[] | undefined {
  if (ts.isParameter(value)) return handedOn(code, value, name);
  if (ts.isNewExpression(value)) return fieldOf(code, value, name);
  if (ts.isCallExpression(value))
    return calledGlobal(code, value) === 'Object.assign' ? merged(code, value, name) : undefined;
  if (!ts.isObjectLiteralExpression(value) && !ts.isArrayLiteralExpression(value)) return undefined;
  const parts = partsOf(value, name).found.map((each) => written(each.element, each.name));
  if (parts.length === 0) return putInto(code, value, name).map((expression) => ({ expression, path: [] }));
  return parts.some((each) => each === undefined) ? undefined : parts.flatMap((each) => each ?? []);
}

/** `options.requestHandler = handle`: what is put under a name into an object that starts without it. */
export function putInto(code: Code, value: ts.Expression, name: string): readonly ts.Expression[] {
  const holder = outermost(value).parent;
  const symbol =
    ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? code.symbolOf(holder.name) : undefined;
  if (symbol === undefined) return [];
  return code.referencesOf(symbol).flatMap((use) => {
    const access = outermost(accessBy(use)).parent;
    if (!isAccess(access) || memberNameOf(access) !== name) return [];
    return assignmentTo(outermost(access))?.right ?? [];
  });
}

/** The field of an instance, where its class gives it its one value. */
function fieldOf(code: Code, made: ts.NewExpression, name: string): readonly Operand[] | undefined {
  const [declaration, ...others] = code.valuesOf(made.expression);
  if (declaration === undefined || others.length > 0 || !ts.isClassLike(declaration) || isSdkNode(declaration))
    return undefined;
  const member = declaration.members.find((each) => propertyNameOf(each.name) === name);
  // A constructor may set what no field declares.
  const isPlain = baseOf(declaration) === undefined && !declaration.members.some(ts.isConstructorDeclaration);
  if (member === undefined) return isPlain ? [] : undefined;
  if (!ts.isPropertyDeclaration(member) || member.initializer === undefined) return undefined;
  return assignedTo(code, member).length > 0 ? undefined : [{ expression: member.initializer, path: [] }];
}

/** `Object.assign({}, defaults, options)`: the last that has it. */
function merged(code: Code, call: ts.CallExpression, name: string): readonly Operand[] | undefined {
  const { known, isAll } = placeArguments(code, call);
  if (!isAll) return undefined;
  for (const source of known.toReversed()) {
    const [value, ...others] = source.path.length > 0 ? [] : code.valuesOf(source.expression);
    const parts = value === undefined || others.length > 0 ? undefined : partsUnder(code, value, name);
    if (parts === undefined || parts.length > 0) return parts;
  }
  return [];
}

function written(element: ts.ObjectLiteralElementLike | ts.Expression, name: string): Operand | undefined {
  if (ts.isSpreadAssignment(element) || ts.isSpreadElement(element))
    return { expression: element.expression, path: [name] };
  if (ts.isPropertyAssignment(element)) return { expression: element.initializer, path: [] };
  if (ts.isShorthandPropertyAssignment(element)) return { expression: element.name, path: [] };
  return ts.isExpression(element) ? { expression: element, path: [] } : undefined;
}

/** `(...given) => save(...given)`: what callers give at a place of a rest parameter. */
function handedOn(code: Code, parameter: ts.ParameterDeclaration, name: string): readonly Operand[] | undefined {
  const fn = parameter.parent;
  const place = Number(name);
  if (parameter.dotDotDotToken === undefined || !isFunctionNode(fn) || !Number.isInteger(place)) return undefined;
  const given = code
    .callersOf(fn)
    .map((call) => placedAt(placeArguments(code, call), fn.parameters.indexOf(parameter) + place));
  if (given.length === 0) return undefined;
  const known = given.flatMap((each) => (typeof each === 'string' ? [] : [each]));
  return given.includes('unknown') ? undefined : known;
}
