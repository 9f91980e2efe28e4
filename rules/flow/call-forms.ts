import { ts } from 'ts-morph';

import { keptAnswers } from './answers-of-code.ts';
import type { Code } from './code.ts';
import { globalNameOf } from './globals.ts';
import { LIMITS } from './limits.ts';
import { LIB_PATH } from '../program/sdk-declarations.ts';
import { indexOf } from '../syntax/file-index.ts';
import type { Call } from '../syntax/file-index.ts';
import type { Access } from '../syntax/operands.ts';
import { bare, isAccess, memberNameOf, methodOf } from '../syntax/operands.ts';

/** An argument as it is written; `isSpread` for the elements of a list. */
export interface WrittenArgument {
  readonly expression: ts.Expression;
  readonly isSpread: boolean;
}

/** What a call calls, and with what, whether it says so itself or through `call`, `apply`, `bind` or `Reflect`. */
export interface CallForm {
  readonly callee: ts.Expression;
  readonly given: readonly WrittenArgument[];
}

/** A call in its plain form: `save.call(this, state)`, `save.apply(this, [state])` and `save.bind(this, state)()` are `save(state)`. */
export const callForm: (code: Code, call: Call) => CallForm = keptAnswers((code, call: Call) => {
  const written = (call.arguments ?? []).map(writtenArgument);
  return reflected(code, call, written) ?? indirect(code, call, written) ?? bound(code, call.expression, written);
});

/** What a call calls. A `bind` is looked through where values are followed. */
export function calledExpression(code: Code, call: Call): ts.Expression {
  const name = methodOf(call)?.name;
  return name === 'call' || name === 'apply' || name === 'construct' ? callForm(code, call).callee : call.expression;
}

/**
 * What a call calls of JavaScript's or Node's own, by the name that `globalNameOf` gives it; also through `call`, `apply` or
 * `bind`: `process.exit.call(process, 1)`.
 */
export function calledGlobal(code: Code, call: Call): string | undefined {
  return globalNameOf(code, callForm(code, call).callee);
}

/** Whether a call calls one of these; most calls are told by their own names. */
export function callsGlobal(code: Code, call: Call, ...globals: readonly string[]): boolean {
  const isNamed = globals.some((each) => code.callsNamed(each.slice(each.lastIndexOf('.') + 1)).has(call));
  const name = isNamed ? calledGlobal(code, call) : undefined;
  return name !== undefined && globals.includes(name);
}

/** The method that a call calls and what it is called on, also through `call` and `apply`, by a name that a constant holds. */
export function calledMethod(
  code: Code,
  call: Call,
): { readonly object: ts.Expression; readonly name: string } | undefined {
  const access = bare(calledExpression(code, call));
  if (!isAccess(access)) return undefined;
  const name = nameOfMember(code, access);
  return name === undefined ? undefined : { object: bare(access.expression), name };
}

/** The member that an access names; a constant may hold the name. */
export function nameOfMember(code: Code, access: Access): string | undefined {
  const name = memberNameOf(access);
  if (name !== undefined || !ts.isElementAccessExpression(access)) return name;
  const [only, ...others] = code.valuesOf(access.argumentExpression);
  return only !== undefined && others.length === 0 && ts.isStringLiteralLike(only) ? only.text : undefined;
}

function writtenArgument(argument: ts.Expression): WrittenArgument {
  return ts.isSpreadElement(argument)
    ? { expression: argument.expression, isSpread: true }
    : { expression: argument, isSpread: false };
}

/** `Reflect.apply(save, undefined, [state])`, `Reflect.construct(Store, [state])` */
function reflected(code: Code, call: Call, written: readonly WrittenArgument[]): CallForm | undefined {
  const name = methodOf(call)?.name;
  if (name !== 'apply' && name !== 'construct') return undefined;
  const global = globalNameOf(code, call.expression);
  const [callee] = written;
  if (callee === undefined || callee.isSpread) return undefined;
  if (global === 'Reflect.apply') return bound(code, callee.expression, asSpread(written[2]));
  return global === 'Reflect.construct' ? { callee: callee.expression, given: asSpread(written[1]) } : undefined;
}

function asSpread(list: WrittenArgument | undefined): readonly WrittenArgument[] {
  return list === undefined ? [] : [{ expression: list.expression, isSpread: true }];
}

/** `save.call(this, state)`, `save.apply(this, [state])` */
function indirect(code: Code, call: Call, written: readonly WrittenArgument[]): CallForm | undefined {
  const method = functionMethod(code, call);
  if (method === undefined || method.name === 'bind') return undefined;
  const given = method.name === 'call' ? written.slice(1) : asSpread(written[1]);
  return bound(code, method.object, given);
}

/** What a `bind` has given already stands before what the call gives. */
function bound(code: Code, expression: ts.Expression, given: readonly WrittenArgument[], depth = 0): CallForm {
  const plain: CallForm = { callee: expression, given };
  if (depth > LIMITS.aliases) return plain;
  const callee = bare(expression);
  if (ts.isCallExpression(callee)) {
    const method = functionMethod(code, callee);
    if (method?.name !== 'bind') return plain;
    const before = callee.arguments.slice(1).map(writtenArgument);
    return bound(code, method.object, [...before, ...given], depth + 1);
  }
  const named = ts.isIdentifier(callee) ? callee : ts.isPropertyAccessExpression(callee) ? callee.name : undefined;
  const initial = named && mayBeBound(code) ? initialValueOf(code, named) : undefined;
  if (initial === undefined || !ts.isCallExpression(initial)) return plain;
  const inner = bound(code, initial, given, depth + 1);
  return inner.callee === initial ? plain : inner;
}

/** Whether some function of the program is bound at all, which few are: only then names are asked for what they hold. */
function mayBeBound({ files }: Code): boolean {
  return files.some((file) => indexOf(file).callsByName.has('bind'));
}

function initialValueOf(code: Code, name: ts.MemberName): ts.Expression | undefined {
  const declaration = code.symbolOf(name)?.valueDeclaration;
  const isHolder =
    declaration !== undefined &&
    (ts.isVariableDeclaration(declaration) ||
      ts.isPropertyAssignment(declaration) ||
      ts.isPropertyDeclaration(declaration));
  return isHolder && declaration.initializer !== undefined ? bare(declaration.initializer) : undefined;
}

/** A function's own `call`, `apply` or `bind`: no method of the project or the SDK has that name there. */
export function functionMethod(
  code: Code,
  call: Call,
): { readonly object: ts.Expression; readonly name: 'call' | 'apply' | 'bind' } | undefined {
  const method = ts.isCallExpression(call) ? methodOf(call) : undefined;
  if (method === undefined) return undefined;
  const { object, name, access } = method;
  if (name !== 'call' && name !== 'apply' && name !== 'bind') return undefined;
  const symbol = code.symbolOf(ts.isPropertyAccessExpression(access) ? access.name : access.argumentExpression);
  const isOwn = (symbol?.declarations ?? []).every((each) => each.getSourceFile().fileName === LIB_PATH);
  return isOwn ? { object, name } : undefined;
}
