import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import type { Call } from './file-index.ts';
import { awaited } from './functions.ts';
import { argumentAt } from './arguments.ts';
import { sdkPath } from './sdk-declarations.ts';

/** The name of a run's own key-value store, which needs none. */
export const DEFAULT_STORE = 'default';

/**
 * A key as the code writes it: the text of a literal or of the constant that holds one; a template keeps its places as
 * `${…}`, so that the same template is the same key. `undefined` when it is made at run time.
 */
export function keyOf(expression: ts.Expression | undefined, code: Code): string | undefined {
  if (expression === undefined) return undefined;
  const texts = new Set(code.valuesOf(expression).map(literalText));
  const [text] = texts;
  return texts.size === 1 ? text : undefined;
}

function literalText(value: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(value)) return value.text;
  if (ts.isTemplateExpression(value)) return value.getText().slice(1, -1);
  if (ts.isEnumMember(value) && value.initializer !== undefined) return literalText(value.initializer);
  return undefined;
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
  const name = argumentAt(open, role.name);
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
