import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import { awaited } from '../../syntax/operands.ts';
import { argumentAt } from '../../flow/arguments.ts';
import { textsOf } from '../../flow/constant-strings.ts';
import type { Texts } from '../../flow/constant-strings.ts';
import { sdkPath } from '../../program/sdk-declarations.ts';

/** The name of a run's own key-value store, which needs none. */
export const DEFAULT_STORE = 'default';

/** No key at all, or none that the code writes down. */
export const UNKNOWN_KEY: Texts = { known: [], isAll: false };

/**
 * The keys that an expression may be, as the code writes them. A part that is made at run time stays in the text as `${…}`,
 * so that the same template is the same key.
 */
export function keysOf(expression: ts.Expression | undefined, code: Code): Texts {
  return expression === undefined ? UNKNOWN_KEY : textsOf(expression, code);
}

/** The one key that an expression is; `undefined` where it may be several, or is made at run time. */
export function keyOf(expression: ts.Expression | undefined, code: Code): string | undefined {
  return onlyKey(keysOf(expression, code));
}

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
 * The name of the store that a method is called on; `default` for the run's own, `undefined` when it is not known: of a store
 * that came from elsewhere, or of another run through the API's client.
 */
export function storeNameOf(call: Call, code: Code): string | undefined {
  const callee = awaited(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return DEFAULT_STORE;
  const names = new Set(
    code.valuesOf(callee.expression).flatMap((value) => (ts.isCallExpression(value) ? openedName(value, code) : [])),
  );
  const [name] = names;
  if (names.size === 0) return isOfOpenedStore(call, code) ? undefined : DEFAULT_STORE;
  return names.size === 1 ? name : undefined;
}

/** The name that a store is opened with; nothing where the call opens none. */
function openedName(open: ts.CallExpression, code: Code): readonly (string | undefined)[] {
  const role = code.roleOf(open, 'open');
  if (role === undefined) return [];
  const name = argumentAt(open, role.name, code);
  if (name !== undefined) return [keyOf(name, code)];
  return [isOfClient(open, code) ? undefined : DEFAULT_STORE];
}

/** Whether it is a method of a store that was opened, not one of the SDK's own for the default store. */
function isOfOpenedStore(call: Call, code: Code): boolean {
  return code.calleesOf(call).some((callee) => {
    const { parent } = callee;
    const isStore = ts.isClassDeclaration(parent) && /^KeyValueStore(?:Client)?$/u.test(parent.name?.text ?? '');
    return isStore && ts.isMethodDeclaration(callee) && !isStatic(callee);
  });
}

function isStatic(method: ts.MethodDeclaration): boolean {
  return (ts.getCombinedModifierFlags(method) & ts.ModifierFlags.Static) !== 0;
}

function isOfClient(call: Call, code: Code): boolean {
  return code.calleesOf(call).some((callee) => callee.getSourceFile().fileName === sdkPath('apify-client'));
}
