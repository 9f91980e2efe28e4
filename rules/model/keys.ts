import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import type { Call } from './file-index.ts';
import { awaited } from './functions.ts';
import { argumentAt } from './arguments.ts';

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

/** The name of the store that a method is called on; `default` for the run's own, `undefined` when it is not known. */
export function storeNameOf(call: Call, code: Code): string | undefined {
  const callee = awaited(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return DEFAULT_STORE;
  const opened = code
    .valuesOf(callee.expression)
    .flatMap((value) => (ts.isCallExpression(value) ? (code.roleOf(value, 'open') === undefined ? [] : [value]) : []));
  const [open] = opened;
  if (open === undefined) return DEFAULT_STORE;
  const name = argumentAt(open, code.roleOf(open, 'open')?.name);
  return name === undefined ? DEFAULT_STORE : keyOf(name, code);
}
