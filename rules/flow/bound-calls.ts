import { ts } from 'ts-morph';

import { isThere, placedFor } from './arguments.ts';
import type { Code } from './code.ts';
import { either, textsOf } from './constant-strings.ts';
import type { Texts } from './constant-strings.ts';
import { methodAround, freeParametersOf } from './free-parameters.ts';
import type { FreeParameter } from './free-parameters.ts';
import { narrowed } from './operands.ts';
import type { Operand } from './operands.ts';
import { originOf } from './origins.ts';
import { isHandedOut } from './unsteady-literals.ts';
import type { Call } from '../syntax/file-index.ts';
import { functionAround, isWithin } from '../syntax/functions.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { awaited, isAccess, memberNameOf, methodOf } from '../syntax/operands.ts';
import { patternPart } from '../syntax/patterns.ts';

/** By function: the call that gives its parameters their values. */
export type Callers = ReadonlyMap<FunctionNode, Call>;

/**
 * A call as it is made from one place: `save('STATE', state)` makes the call of the SDK in `save`, with that key and that value.
 */
export interface BoundCall {
  /** The calls from that place inwards to the call itself. */
  readonly path: readonly [Call, ...Call[]];
  readonly callers: Callers;
  /** The names that these callers give, by the symbols under which they are read. */
  readonly parameters: ReadonlyMap<ts.Symbol, FreeParameter>;
}

/** How many calls are followed up from one call. */
const FURTHEST = 8;
/** From how many places one call may be made: with more it is left where it stands. */
const MOST = 100;

/**
 * A call from each place that decides what it gets: the call itself where that depends on no parameter, else the calls of the
 * functions around it, each apart from the others.
 *
 * @param decisive the expressions that the places are to decide
 */
export function boundCallsOf(made: Call, decisive: readonly ts.Expression[], code: Code): readonly BoundCall[] {
  const alone: BoundCall = { path: [made], callers: new Map(), parameters: new Map() };
  const open = decisive.flatMap((each) => freeParametersOf(each, code));
  const found = open.length === 0 ? [alone] : lifted(alone, open, code);
  return found.length > MOST ? [alone] : found;
}

function lifted(from: BoundCall, open: readonly FreeParameter[], code: Code): readonly BoundCall[] {
  const [place] = from.path;
  const fn = around(place, open);
  if (fn === undefined || from.path.length > FURTHEST) return [from];
  const callers = code.callersOf(fn).filter((call) => !isWithin(call, fn) && !from.path.includes(call));
  if (callers.length === 0 || callers.length > MOST) return [from];
  const found = callers.flatMap((call) => {
    const { callers: all, given, left } = boundBy(call, fn, from.callers, open, code);
    const parameters = new Map([...from.parameters, ...given.map((each) => [each.symbol, each] as const)]);
    return lifted({ path: [call, ...from.path], callers: all, parameters }, left, code);
  });
  return isHandedOut(fn, code) ? [...found, from] : found;
}

/** The innermost function around a place whose callers decide one of the names. */
function around(place: ts.Node, open: readonly FreeParameter[]): FunctionNode | undefined {
  for (let fn = functionAround(place); fn !== undefined; fn = functionAround(fn)) {
    if (open.some((each) => decidedBy(each) === fn)) return fn;
  }
  return undefined;
}

function decidedBy({ fn, field }: FreeParameter): FunctionNode {
  return field?.method ?? fn;
}

interface Bound {
  readonly callers: Callers;
  /** The names that have a value now. */
  readonly given: readonly FreeParameter[];
  /** The names that further callers decide. */
  readonly left: readonly FreeParameter[];
}

function boundBy(call: Call, fn: FunctionNode, known: Callers, open: readonly FreeParameter[], code: Code): Bound {
  const callers = new Map(known);
  const given: FreeParameter[] = [];
  const left: FreeParameter[] = [];
  const take = (parameter: FreeParameter, by: Call): void => {
    callers.set(parameter.fn, by);
    given.push(parameter);
    for (const { expression } of argumentsFor(parameter, [], by, code))
      left.push(...freeParametersOf(expression, code));
  };
  for (const parameter of open) {
    const isOfCaller = isWithin(call, decidedBy(parameter));
    if (parameter.field === undefined && parameter.fn === fn) take(parameter, call);
    else if (parameter.field?.method === fn) {
      const method = methodOf(call);
      if (method?.object.kind === ts.SyntaxKind.ThisKeyword) {
        const outer = methodAround(call);
        if (outer !== undefined) left.push({ ...parameter, field: { ...parameter.field, method: outer } });
        continue;
      }
      const made = method && originOf(method.object, parameter.fn, code);
      if (made !== undefined) take(parameter, made);
    } else if (isOfCaller) left.push(parameter);
    else {
      // The function comes from a call of the one whose parameter it reads: `saver('STATE')`.
      const made = originOf(call.expression, parameter.fn, code);
      if (made !== undefined) take(parameter, made);
    }
  }
  return { callers, given, left };
}

function argumentsFor(
  { declaration }: FreeParameter,
  part: readonly string[],
  call: Call,
  code: Code,
): readonly Operand[] {
  const { given, otherwise } = placedFor(declaration, part, call, code);
  if (typeof given === 'string') return given === 'nothing' ? otherwise : [];
  return isGiven(given, code) ? [given] : [given, ...otherwise];
}

/** Whether no default applies: all that is given is written out somewhere. */
function isGiven(operand: Operand, code: Code): boolean {
  if (operand.path.length > 0) return false;
  const values = code.valuesOf(operand.expression);
  return (
    values.length > 0 && values.every((value) => ts.isExpression(value) && isThere({ expression: value, path: [] }))
  );
}

/** What an expression is when the call is made from its place: handed on as it is, as far out as that goes. */
export function boundOperands(operand: Operand, bound: BoundCall, code: Code): readonly Operand[] {
  const { path } = operand;
  const expression = awaited(operand.expression);
  const parameter = freeParameterIn(expression, bound, code);
  const call = parameter && bound.callers.get(parameter.fn);
  if (parameter !== undefined && call !== undefined) {
    return argumentsFor(parameter, path, call, code).flatMap((each) => boundOperands(each, bound, code));
  }
  const source = sourceOf(expression, path, bound, code);
  if (source !== undefined) return boundOperands(source, bound, code);
  return path.length === 0 ? [operand] : narrowed(operand, code);
}

function freeParameterIn(expression: ts.Expression, { parameters }: BoundCall, code: Code): FreeParameter | undefined {
  if (parameters.size === 0) return undefined;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  const symbol = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? code.symbolOf(name) : undefined;
  return symbol && parameters.get(symbol);
}

/** What a local name or a member is taken from, where a caller gives that. */
function sourceOf(
  expression: ts.Expression,
  path: readonly string[],
  bound: BoundCall,
  code: Code,
): Operand | undefined {
  if (!isBound(expression, bound, code)) return undefined;
  if (isAccess(expression)) {
    const member = memberNameOf(expression);
    return member === undefined ? undefined : { expression: expression.expression, path: [member, ...path] };
  }
  if (!ts.isIdentifier(expression)) return undefined;
  const declaration = code.symbolOf(expression)?.valueDeclaration;
  if (declaration === undefined) return undefined;
  const { holder, path: way } = patternPart(declaration);
  const isLocal = ts.isVariableDeclaration(holder) && holder.initializer !== undefined && way !== undefined;
  return isLocal ? { expression: holder.initializer, path: [...way, ...path] } : undefined;
}

/** Whether callers give something of what an expression is made from. */
export function isBound(expression: ts.Node, { parameters }: BoundCall, code: Code): boolean {
  return parameters.size > 0 && freeParametersOf(expression, code).some(({ symbol }) => parameters.has(symbol));
}

/** The expressions that a value is put together from, each as the callers give it. */
export function boundParts(expression: ts.Expression, bound: BoundCall, code: Code): readonly ts.Expression[] {
  const parts: ts.Expression[] = [];
  const add = (node: ts.Node): void => {
    if (ts.isExpression(node) && !isBound(node, bound, code)) {
      if (!ts.isLiteralExpression(node)) parts.push(node);
      return;
    }
    const operands = ts.isExpression(node) ? boundOperands({ expression: node, path: [] }, bound, code) : [];
    const others = operands.map((each) => each.expression).filter((each) => each !== node);
    if (others.length > 0) for (const other of others) add(other);
    else for (const child of childrenOf(node)) if (!isName(child) || isBound(child, bound, code)) add(child);
  };
  add(expression);
  return parts;
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
}

/** What only says what is called, or what a property is called. */
function isName(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node;
  return (ts.isPropertyAssignment(parent) || ts.isPropertyAccessExpression(parent)) && parent.name === node;
}

/** What an expression may say when the call is made from its place. */
export function boundTexts(operands: readonly Operand[], bound: BoundCall, code: Code): Texts {
  const given = new Map<ts.Symbol, Texts>();
  for (const [symbol, parameter] of [...bound.parameters].toReversed()) {
    const call = bound.callers.get(parameter.fn);
    const values = call === undefined ? [] : argumentsFor(parameter, [], call, code);
    if (values.length > 0) given.set(symbol, eitherOf(values, given, code));
  }
  return eitherOf(
    operands.flatMap((each) => boundOperands(each, bound, code)),
    given,
    code,
  );
}

function eitherOf(operands: readonly Operand[], given: ReadonlyMap<ts.Symbol, Texts>, code: Code): Texts {
  const texts = operands.map(({ expression, path }): Texts =>
    path.length > 0 ? { known: [], isAll: false } : textsOf(expression, code, given),
  );
  return either(texts);
}
