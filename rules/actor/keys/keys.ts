import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import { awaited, methodOf } from '../../syntax/operands.ts';
import { operandAt } from '../../flow/arguments.ts';
import { boundCallsOf, boundOperands, boundTexts, isBound } from '../../flow/bound-calls.ts';
import type { BoundCall } from '../../flow/bound-calls.ts';
import { narrowed } from '../../flow/operands.ts';
import type { Operand } from '../../flow/operands.ts';
import { originOf } from '../../flow/origins.ts';
import type { ArgumentPlace } from '../../sdk/roles.ts';
import { functionAround } from '../../syntax/functions.ts';
import { textsOf } from '../../flow/constant-strings.ts';
import type { Texts } from '../../flow/constant-strings.ts';
import { sdkPath } from '../../program/sdk-declarations.ts';

/** The name of a run's own key-value store, which needs none. */
export const DEFAULT_STORE = 'default';

/** No key at all, or none that the code writes down. */
export const UNKNOWN_KEY: Texts = { known: [], isAll: false };

/** The key where there is but one. */
export function onlyKey({ known, isAll }: Texts): string | undefined {
  return isAll && known.length === 1 ? known[0]?.text : undefined;
}

/** Whether a key holds something that is made at run time. */
export function isPattern(key: string): boolean {
  return key.includes('${');
}

/** Whether two keys may be the same at run time. */
export function mayBeSameKey(a: string, b: string): boolean {
  if (a === b || (!isPattern(a) && !isPattern(b))) return a === b;
  const [one, other] = [endsOf(a), endsOf(b)];
  const starts = one.start.startsWith(other.start) || other.start.startsWith(one.start);
  return starts && (one.end.endsWith(other.end) || other.end.endsWith(one.end));
}

/** What stands before the first and after the last part that is made at run time. */
function endsOf(key: string): { readonly start: string; readonly end: string } {
  if (!isPattern(key)) return { start: key, end: key };
  return { start: key.slice(0, key.indexOf('${')), end: key.slice(key.lastIndexOf('}') + 1) };
}

/**
 * The keys that a call gets when it is made from its place. A part that is made at run time stays in the text as `${…}`, so that
 * the same template is the same key.
 */
export function boundKeys(code: Code, bound: BoundCall, operand: Operand | undefined): Texts {
  if (operand === undefined) return UNKNOWN_KEY;
  if (bound.path.length > 1) return boundTexts(code, [operand], bound);
  const operands = narrowed(code, operand);
  return operands.length === 1 && operands[0]?.path.length === 0 ? textsOf(code, operands[0].expression) : UNKNOWN_KEY;
}

/**
 * The name of the store that a call deals with; `default` for the run's own, `undefined` when it is not known: of a store that
 * came from elsewhere, or of another run through the API's client.
 *
 * @param option the argument that names it, where the call has one
 */
export function boundStoreName(code: Code, bound: BoundCall, option: ArgumentPlace | undefined): string | undefined {
  const made = bound.path.at(-1) ?? bound.path[0];
  const named = operandAt(code, made, option);
  if (named !== undefined) return nameGiven(code, named, bound);
  const receiver = methodOf(made)?.object;
  if (receiver === undefined) return DEFAULT_STORE;
  const receivers = boundOperands(code, { expression: receiver, path: [] }, bound);
  const names = new Set(
    receivers.flatMap(({ expression }) =>
      code.valuesOf(expression).flatMap((value) => openedName(code, value, expression, bound)),
    ),
  );
  const [name] = names;
  if (names.size === 0) return isOfOpenedStore(code, made) ? undefined : DEFAULT_STORE;
  return names.size === 1 ? name : undefined;
}

/** `useState('STATE', {}, { keyValueStoreName: 'cursors' })`: none, `null` and `undefined` are the default store. */
function nameGiven(code: Code, named: Operand, bound: BoundCall): string | undefined {
  const texts = boundTexts(code, [named], bound);
  if (texts.known.length > 0) return onlyKey(texts);
  const operands = boundOperands(code, named, bound);
  const isNone = operands.every(({ expression, path }) =>
    path.length > 0 ? isLiteral(code, expression) : isNothing(expression),
  );
  return isNone ? DEFAULT_STORE : undefined;
}

/** An object that is written here and has no such property. */
function isLiteral(code: Code, expression: ts.Expression): boolean {
  const values = code.valuesOf(expression);
  return (
    values.length > 0 &&
    values.every((each) => ts.isObjectLiteralExpression(each) && !each.properties.some(ts.isSpreadAssignment))
  );
}

function isNothing(expression: ts.Expression): boolean {
  const value = awaited(expression);
  return value.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(value) && value.text === 'undefined');
}

/** The name that a store is opened with; nothing where the value is no call that opens one. */
function openedName(
  code: Code,
  value: ts.Node,
  receiver: ts.Expression,
  bound: BoundCall,
): readonly (string | undefined)[] {
  const role = ts.isCallExpression(value) ? code.roleOf(value, 'open') : undefined;
  if (role === undefined || !ts.isCallExpression(value)) return [];
  const name = operandAt(code, value, role.name);
  if (name === undefined) return [isOfClient(code, value) ? undefined : DEFAULT_STORE];
  if (isBound(code, name.expression, bound)) return [onlyKey(boundKeys(code, bound, name))];
  return openedNames(code, name, value, receiver);
}

/** A function of the project that opens a store by the name that it gets: the name of that call which brought this store. */
function openedNames(code: Code, name: Operand, open: Call, receiver: ts.Expression): readonly (string | undefined)[] {
  const bounds = boundCallsOf(code, open, [name.expression]);
  const own = bounds.filter(({ path: [place] }) => {
    const fn = functionAround(open);
    return fn !== undefined && originOf(code, receiver, fn) === place;
  });
  return (own.length > 0 ? own : bounds).map((bound) => onlyKey(boundKeys(code, bound, name)));
}

/** Whether it is a method of a store that was opened, not one of the SDK's own for the default store. */
function isOfOpenedStore(code: Code, call: Call): boolean {
  return code.calleesOf(call).some((callee) => {
    const { parent } = callee;
    const isStore = ts.isClassDeclaration(parent) && /^KeyValueStore(?:Client)?$/u.test(parent.name?.text ?? '');
    return isStore && ts.isMethodDeclaration(callee) && !isStatic(callee);
  });
}

function isStatic(method: ts.MethodDeclaration): boolean {
  return (ts.getCombinedModifierFlags(method) & ts.ModifierFlags.Static) !== 0;
}

function isOfClient(code: Code, call: Call): boolean {
  return code.calleesOf(call).some((callee) => callee.getSourceFile().fileName === sdkPath('apify-client'));
}
