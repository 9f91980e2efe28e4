import { ts } from 'ts-morph';

import type { Location } from '../finding.ts';
import { locationOf } from './locations.ts';
import type { ActorModel } from './actor-model.ts';
import type { Code } from './code.ts';
import type { Call } from './file-index.ts';
import { awaited } from './functions.ts';
import { argumentAt } from './arguments.ts';

/** Where a key is saved and restored, in plain values. */
export interface KeySummary {
  /** `default`, or the name that the store was opened with. */
  readonly store: string;
  readonly key: string;
  readonly savedAt: readonly Location[];
  readonly restoredAt: readonly Location[];
  /** The SDK's own keeper of the key, such as `useState`. */
  readonly ownedBy: string | undefined;
}

/** The name of a run's own key-value store, which needs none. */
const DEFAULT_STORE = 'default';

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

/** The key graph of an Actor: where each key is saved, where it is restored, and what keeps it. */
export function keySummariesOf(actor: ActorModel): readonly KeySummary[] {
  const { saves, restores, autoSaved } = actor.persistence;
  const keys = new Map<
    string,
    { store: string; key: string; saved: Call[]; restored: Call[]; ownedBy: string | undefined }
  >();
  const entry = (store: string, key: string) => {
    const id = `${store}\0${key}`;
    const known = keys.get(id) ?? { store, key, saved: [], restored: [], ownedBy: undefined };
    keys.set(id, known);
    return known;
  };
  for (const { store, storeName, key, call } of saves) {
    if (store === 'key-value-store' && storeName !== undefined && key !== undefined)
      entry(storeName, key).saved.push(call);
  }
  for (const { store, storeName, key, call } of restores) {
    if (store === 'key-value-store' && storeName !== undefined && key !== undefined)
      entry(storeName, key).restored.push(call);
  }
  for (const { key, call } of autoSaved) {
    if (key !== undefined) entry(DEFAULT_STORE, key).ownedBy = calledName(call);
  }
  return [...keys.values()].map(({ store, key, saved, restored, ownedBy }) => ({
    store,
    key,
    savedAt: saved.map(locationOf),
    restoredAt: restored.map(locationOf),
    ownedBy,
  }));
}

function calledName(call: Call): string {
  const callee = awaited(call.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}
