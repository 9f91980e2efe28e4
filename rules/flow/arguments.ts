import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { callForm } from './call-forms.ts';
import { narrowed } from './operands.ts';
import type { Operand } from './operands.ts';
import { placeArguments, placedAt } from './placed-arguments.ts';
import type { Call } from '../syntax/file-index.ts';
import { isFunctionNode } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { bare, outermost, propertyNameOf } from '../syntax/operands.ts';
import { declaredNames, patternPart } from '../syntax/patterns.ts';
import type { ArgumentPlace } from '../sdk/roles.ts';

/** What a call gives for a name. */
export interface Given {
  readonly operands: readonly Operand[];
  /** False where it may also be something that the call does not show. */
  readonly isAll: boolean;
}

/** A name among the parameters of a function that gets an argument, or a part of one. */
export interface Taker {
  readonly fn: FunctionNode;
  readonly name: ts.Identifier;
  /** The part of the argument that the name gets; the whole where it is empty. */
  readonly taken: readonly string[];
  /** Where the argument lies in what the name gets: `handle({ state })` has it at `state` of `options`. */
  readonly within: readonly string[];
}

const UNPLACED: PlacedArgument = { given: 'unknown', otherwise: [] };

/** What a call gives for a parameter, or for a name in its pattern; a default is among it where it may apply. */
export function givenFor(code: Code, declaration: ts.ParameterDeclaration | ts.BindingElement, call: Call): Given {
  const { given, otherwise } = placedFor(code, declaration, [], call);
  if (typeof given === 'string') return { operands: otherwise, isAll: given === 'nothing' && otherwise.length > 0 };
  const operands = narrowed(code, given);
  return { operands: operands.every(isThere) ? operands : [...operands, ...otherwise], isAll: true };
}

/** What applies where nothing is given for a parameter, or for a name in its pattern. */
export function defaultsOf(declaration: ts.ParameterDeclaration | ts.BindingElement): readonly Operand[] {
  const { holder, path, defaults } = patternPart(declaration);
  const initial = ts.isParameter(holder) ? holder.initializer : undefined;
  return initial === undefined || path === undefined ? defaults : [...defaults, { expression: initial, path }];
}

/** What a call has at the place of a parameter, as the call itself says it, and the defaults that may apply. */
export interface PlacedArgument {
  readonly given: Operand | 'nothing' | 'unknown';
  readonly otherwise: readonly Operand[];
}

/**
 * As `givenFor`, with nothing followed any further than to the call.
 *
 * @param part only this part of what the name stands for, such as one place of a rest parameter
 */
export function placedFor(
  code: Code,
  declaration: ts.ParameterDeclaration | ts.BindingElement,
  part: readonly string[],
  call: Call,
): PlacedArgument {
  const { holder, path: way } = patternPart(declaration);
  if (!ts.isParameter(holder) || way === undefined || !isFunctionNode(holder.parent)) return UNPLACED;
  const path = [...way, ...part];
  const [first, ...inner] = path;
  const isRest = holder.dotDotDotToken !== undefined;
  const offset = isRest ? Number(first) : 0;
  if (!Number.isInteger(offset)) return UNPLACED;
  const otherwise = defaultsOf(declaration).map((each) => ({ ...each, path: [...each.path, ...part] }));
  const given = placedAt(placeArguments(code, call), positionOf(holder) + offset);
  if (typeof given === 'string') return { given, otherwise };
  return { given: { ...given, path: [...given.path, ...(isRest ? inner : path)] }, otherwise };
}

/** Whether no default applies: what is written out is not `undefined`. */
export function isThere({ expression, path }: Operand): boolean {
  const value = bare(expression);
  const isWritten =
    ts.isLiteralExpression(value) ||
    ts.isObjectLiteralExpression(value) ||
    ts.isArrayLiteralExpression(value) ||
    ts.isTemplateExpression(value) ||
    ts.isNewExpression(value) ||
    isFunctionNode(value);
  return path.length === 0 && isWritten;
}

/** The place of a parameter among what callers give: a `this` of TypeScript is not given. */
function positionOf(parameter: ts.ParameterDeclaration): number {
  return givenParameters(parameter.parent).indexOf(parameter);
}

function givenParameters({ parameters }: ts.SignatureDeclaration): readonly ts.ParameterDeclaration[] {
  return parameters.filter(({ name }) => !ts.isIdentifier(name) || name.text !== 'this');
}

/**
 * The names in the functions of the project that get what stands in a call's arguments: an argument itself, or what is written
 * into an object or a list there. Empty where that is not known.
 */
export function takersOf(code: Code, argument: ts.Node, call: Call): readonly Taker[] {
  const place = placeInCall(argument, call);
  if (place === undefined) return [];
  const { given } = callForm(code, call);
  const position = given.findIndex(({ expression }) => expression === place.argument);
  if (position === -1 || given.slice(0, position + 1).some(({ isSpread }) => isSpread)) return [];
  return code.calledFunctions(call).flatMap((fn) => takersIn(fn, position, place.path));
}

function takersIn(fn: FunctionNode, position: number, path: readonly string[]): readonly Taker[] {
  const parameters = givenParameters(fn);
  const last = parameters.at(-1);
  const isRest = last?.dotDotDotToken !== undefined && position >= parameters.length - 1;
  const parameter = isRest ? last : parameters[position];
  if (parameter === undefined) return [];
  const start = isRest ? [String(position - parameters.length + 1)] : [];
  const lies = [...start, ...path];
  return declaredNames(parameter.name).flatMap((name) => {
    const way = ts.isParameter(name.parent) ? [] : patternPart(name.parent).path;
    if (way === undefined || !startsAlike(way, lies)) return [];
    return [{ fn, name, taken: way.slice(lies.length), within: lies.slice(way.length) }];
  });
}

function startsAlike(one: readonly string[], other: readonly string[]): boolean {
  return one.slice(0, other.length).every((step, index) => step === other[index]);
}

/** The argument that a node is or lies in, and its place in there; `undefined` where it does not go into it as it is. */
function placeInCall(
  node: ts.Node,
  call: Call,
): { readonly argument: ts.Node; readonly path: readonly string[] } | undefined {
  const path: string[] = [];
  let current = outermost(node);
  while (current.parent !== call) {
    const { parent } = current;
    if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) {
      const name = propertyNameOf(parent.name);
      if (name === undefined) return undefined;
      path.unshift(name);
      current = outermost(parent.parent);
    } else if (ts.isArrayLiteralExpression(parent)) {
      path.unshift(String(parent.elements.findIndex((each) => each === current)));
      current = outermost(parent);
    } else if (ts.isObjectLiteralExpression(parent)) current = outermost(parent);
    else return undefined;
  }
  return { argument: current, path };
}

/** The argument that a role names, as the call itself has it; `undefined` where it has none. */
export function operandAt(code: Code, call: Call, place: ArgumentPlace | undefined): Operand | undefined {
  if (place === undefined) return undefined;
  const given = placedAt(placeArguments(code, call), place.index);
  if (typeof given === 'string') return undefined;
  return place.property === undefined ? given : { ...given, path: [...given.path, place.property] };
}

/** All that the argument which a role names may be, or the property of one: options may stand in constants and be spread. */
export function operandsAt(code: Code, call: Call, place: ArgumentPlace | undefined): readonly Operand[] {
  const operand = operandAt(code, call, place);
  return operand === undefined ? [] : narrowed(code, operand);
}

/** The argument that a role names, or the property of one, where there is an expression for it and no other. */
export function argumentAt(code: Code, call: Call, place: ArgumentPlace | undefined): ts.Expression | undefined {
  const [operand, ...others] = operandsAt(code, call, place).filter(({ path }) => path.length === 0);
  return others.length === 0 ? operand?.expression : undefined;
}
