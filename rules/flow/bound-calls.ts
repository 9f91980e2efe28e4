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
export function boundCallsOf(code: Code, made: Call, decisive: readonly ts.Expression[]): readonly BoundCall[] {
  const alone: BoundCall = { path: [made], callers: new Map(), parameters: new Map() };
  const open = decisive.flatMap((each) => freeParametersOf(code, each));
  const found = open.length === 0 ? [alone] : lifted(code, alone, open);
  return found.length > MOST ? [alone] : found;
}

function lifted(code: Code, from: BoundCall, open: readonly FreeParameter[]): readonly BoundCall[] {
  const [place] = from.path;
  const fn = around(place, open);
  if (fn === undefined || from.path.length > FURTHEST) return [from];
  const callers = code.callersOf(fn).filter((call) => !isWithin(call, fn) && !from.path.includes(call));
  if (callers.length === 0 || callers.length > MOST) return [from];
  const found = callers.flatMap((call) => {
    const { callers: all, given, left } = boundBy(code, call, fn, from.callers, open);
    const parameters = new Map([...from.parameters, ...given.map((each) => [each.symbol, each] as const)]);
    return lifted(code, { path: [call, ...from.path], callers: all, parameters }, left);
  });
  return isHandedOut(code, fn) ? [...found, from] : found;
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

function boundBy(code: Code, call: Call, fn: FunctionNode, known: Callers, open: readonly FreeParameter[]): Bound {
  const callers = new Map(known);
  const given: FreeParameter[] = [];
  const left: FreeParameter[] = [];
  const take = (parameter: FreeParameter, by: Call): void => {
    callers.set(parameter.fn, by);
    given.push(parameter);
    for (const { expression } of argumentsFor(code, parameter, [], by))
      left.push(...freeParametersOf(code, expression));
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
      const made = method && originOf(code, method.object, parameter.fn);
      if (made !== undefined) take(parameter, made);
    } else if (isOfCaller) left.push(parameter);
    else {
      // The function comes from a call of the one whose parameter it reads: `saver('STATE')`.
      const made = originOf(code, call.expression, parameter.fn);
      if (made !== undefined) take(parameter, made);
    }
  }
  return { callers, given, left };
}

function argumentsFor(
  code: Code,
  { declaration }: FreeParameter,
  part: readonly string[],
  call: Call,
): readonly Operand[] {
  const { given, otherwise } = placedFor(code, declaration, part, call);
  if (typeof given === 'string') return given === 'nothing' ? otherwise : [];
  return isGiven(code, given) ? [given] : [given, ...otherwise];
}

/** Whether no default applies: all that is given is written out somewhere. */
function isGiven(code: Code, operand: Operand): boolean {
  if (operand.path.length > 0) return false;
  const values = code.valuesOf(operand.expression);
  return (
    values.length > 0 && values.every((value) => ts.isExpression(value) && isThere({ expression: value, path: [] }))
  );
}

/** What an expression is when the call is made from its place: handed on as it is, as far out as that goes. */
export function boundOperands(code: Code, operand: Operand, bound: BoundCall): readonly Operand[] {
  const { path } = operand;
  const expression = awaited(operand.expression);
  const parameter = freeParameterIn(code, expression, bound);
  const call = parameter && bound.callers.get(parameter.fn);
  if (parameter !== undefined && call !== undefined) {
    return argumentsFor(code, parameter, path, call).flatMap((each) => boundOperands(code, each, bound));
  }
  const source = sourceOf(code, expression, path, bound);
  if (source !== undefined) return boundOperands(code, source, bound);
  if (path.length === 0) return [operand];
  const parts = narrowed(code, operand);
  return parts.flatMap((part) => (part.expression === operand.expression ? [part] : boundOperands(code, part, bound)));
}

function freeParameterIn(code: Code, expression: ts.Expression, { parameters }: BoundCall): FreeParameter | undefined {
  if (parameters.size === 0) return undefined;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  const symbol = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? code.symbolOf(name) : undefined;
  return symbol && parameters.get(symbol);
}

/** What a local name or a member is taken from, where a caller gives that. */
function sourceOf(
  code: Code,
  expression: ts.Expression,
  path: readonly string[],
  bound: BoundCall,
): Operand | undefined {
  if (!isBound(code, expression, bound)) return undefined;
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
export function isBound(code: Code, expression: ts.Node, { parameters }: BoundCall): boolean {
  return parameters.size > 0 && freeParametersOf(code, expression).some(({ symbol }) => parameters.has(symbol));
}

/** The expressions that a value is put together from, each as the callers give it. */
export function boundParts(code: Code, expression: ts.Expression, bound: BoundCall): readonly ts.Expression[] {
  const parts: ts.Expression[] = [];
  const add = (node: ts.Node): void => {
    if (ts.isExpression(node) && !isBound(code, node, bound)) {
      if (!ts.isLiteralExpression(node)) parts.push(node);
      return;
    }
    const operands = ts.isExpression(node) ? boundOperands(code, { expression: node, path: [] }, bound) : [];
    const others = operands.map((each) => each.expression).filter((each) => each !== node);
    if (others.length > 0) {
      for (const other of others) add(other);
      if (isAccess(node)) parts.push(...holdersGiven(code, node.expression, bound));
    } else for (const child of childrenOf(node)) if (!isName(child) || isBound(code, child, bound)) add(child);
  };
  add(expression);
  return parts;
}

/** The objects of which the callers give a part: `stats` of `report(stats)`, where the function takes `stats.total`. */
function holdersGiven(code: Code, holder: ts.Expression, bound: BoundCall): readonly ts.Expression[] {
  const given = boundOperands(code, { expression: holder, path: [] }, bound).map(({ expression }) => expression);
  return given.filter((each) => !isBound(code, each, bound));
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
export function boundTexts(code: Code, operands: readonly Operand[], bound: BoundCall): Texts {
  const given = new Map<ts.Symbol, Texts>();
  for (const [symbol, parameter] of [...bound.parameters].toReversed()) {
    const call = bound.callers.get(parameter.fn);
    const values = call === undefined ? [] : argumentsFor(code, parameter, [], call);
    if (values.length > 0) given.set(symbol, eitherOf(code, values, given));
  }
  return eitherOf(
    code,
    operands.flatMap((each) => boundOperands(code, each, bound)),
    given,
  );
}

function eitherOf(code: Code, operands: readonly Operand[], given: ReadonlyMap<ts.Symbol, Texts>): Texts {
  const texts = operands.map(({ expression, path }): Texts =>
    path.length > 0 ? { known: [], isAll: false } : textsOf(code, expression, given),
  );
  return either(texts);
}
