import { ts } from 'ts-morph';

import { argumentAt, operandAt } from '../../flow/arguments.ts';
import { boundCallsOf, boundOperands, boundParts } from '../../flow/bound-calls.ts';
import type { BoundCall } from '../../flow/bound-calls.ts';
import type { Code } from '../../flow/code.ts';
import { returnsOf } from '../../flow/value-flow.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { functionAround } from '../../syntax/functions.ts';
import { awaited, methodOf } from '../../syntax/operands.ts';
import type { Texts } from '../../flow/constant-strings.ts';
import { mayBeMigrationListener } from '../listeners/listeners.ts';
import type { Listener } from '../listeners/listeners.ts';
import { boundKeys, boundStoreName, onlyKey, UNKNOWN_KEY } from '../keys/keys.ts';
import type { ArgumentPlace, RoleOf, Store } from '../../sdk/roles.ts';
import { runsIn } from './places.ts';
import type { Effect } from './places.ts';

/** What is kept under a key of a store. */
interface Keyed extends Effect {
  readonly storeName: string | undefined;
  /** The key where it is but one; `undefined` for what has none or several, and for keys made at run time. */
  readonly key: string | undefined;
  /** All the keys that it may be called with. */
  readonly keys: Texts;
  /** Where the key is given. */
  readonly keyAt: ts.Expression | undefined;
  /** What stands for the key in the call of the SDK. */
  readonly keyIn: ts.Expression | undefined;
}

/** A write to something that survives. */
export interface Save extends Keyed {
  readonly store: Store;
  /** Where it has a key: `drop` and its kin write none. */
  readonly isKeyed: boolean;
  /** What is written: what the place itself gives, where that is handed on as it is. */
  readonly value: ts.Expression | undefined;
  /** What the value is put together from, where each is written. */
  readonly parts: readonly ts.Expression[];
}

/** A read of what an earlier process may have written. */
export interface Restore extends Keyed {
  readonly store: string;
  /** `existence`: only whether there is a record. */
  readonly brings: RoleOf<'read'>['brings'];
}

/** An object that the SDK itself saves and restores: `useState`, `getAutoSavedValue`. */
export interface AutoSaved extends Keyed {
  readonly initial: ts.Expression | undefined;
  /** The call that has the object as its value: the place itself, or one on the way from it. */
  readonly result: Call;
}

/** Everything in an Actor's program that saves or restores. */
export interface Persistence {
  readonly listeners: readonly Listener[];
  readonly saves: readonly Save[];
  readonly restores: readonly Restore[];
  readonly autoSaved: readonly AutoSaved[];
}

/** Finds what saves and restores in the given files, each at the places that decide its key and value. */
export function persistenceOf(
  code: Code,
  files: readonly ts.SourceFile[],
  listeners: readonly Listener[],
): Persistence {
  const saves: Save[] = [];
  const restores: Restore[] = [];
  const autoSaved: AutoSaved[] = [];
  for (const call of files.flatMap((file) => indexOf(file).calls)) {
    for (const role of code.rolesOf(call)) {
      if (role.kind === 'charges') saves.push(...chargesOf(code, call, role));
      if (role.kind === 'write' && role.store !== 'run') saves.push(...savesOf(code, call, role));
      else if (role.kind === 'read') restores.push(...restoresOf(code, call, role));
      else if (role.kind === 'state') autoSaved.push(...autoSavedOf(code, call, role));
    }
  }
  return { listeners, saves, restores, autoSaved };
}

function savesOf(code: Code, made: Call, role: RoleOf<'write'>): readonly Save[] {
  return placesOf(code, made, [role.key, role.value], role.store === 'key-value-store').map((bound) => ({
    ...keyedAt(code, bound, role),
    store: role.store,
    isKeyed: role.key !== undefined,
    ...valueAt(code, bound, role.value),
  }));
}

/** A push that charges too, since it names an event. */
function chargesOf(code: Code, made: Call, { event }: RoleOf<'charges'>): readonly Save[] {
  if (operandAt(code, made, event) === undefined) return [];
  return placesOf(code, made, [event], false)
    .filter((bound) => expressionAt(code, bound, event) !== undefined)
    .map((bound) => ({
      ...effectAt(bound),
      store: 'charge',
      storeName: undefined,
      key: undefined,
      keys: UNKNOWN_KEY,
      keyAt: undefined,
      keyIn: undefined,
      isKeyed: false,
      value: undefined,
      parts: [],
    }));
}

function restoresOf(code: Code, made: Call, role: RoleOf<'read'>): readonly Restore[] {
  return placesOf(code, made, [role.key], role.store === 'key-value-store').map((bound) => ({
    ...keyedAt(code, bound, role),
    store: role.store,
    brings: role.brings,
  }));
}

function autoSavedOf(code: Code, made: Call, role: RoleOf<'state'>): readonly AutoSaved[] {
  return placesOf(code, made, [role.key, role.value, role.store], true).map((bound) => {
    const keyed = keyedAt(code, bound, role);
    const isNamed = keyed.keyAt !== undefined && !isUndefined(keyed.keyAt);
    const fixed = role.fixedKey === undefined ? [] : [{ text: role.fixedKey, at: [] }];
    const keys = isNamed ? keyed.keys : { known: fixed, isAll: fixed.length > 0 };
    const { value: initial } = valueAt(code, bound, role.value);
    return { ...keyed, key: onlyKey(keys), keys, initial, result: resultOf(code, bound) };
  });
}

/** The places that decide what a call of the SDK gets. */
function placesOf(
  code: Code,
  made: Call,
  places: readonly (ArgumentPlace | undefined)[],
  isOfStore: boolean,
): readonly BoundCall[] {
  const given = places.flatMap((place) => operandAt(code, made, place)?.expression ?? []);
  const receiver = isOfStore ? (methodOf(made)?.object ?? []) : [];
  return boundCallsOf(code, made, [...given, receiver].flat());
}

function effectAt({ path }: BoundCall): Effect {
  return { call: path[0], made: path.at(-1) ?? path[0], path };
}

function keyedAt(
  code: Code,
  bound: BoundCall,
  { key, store }: { readonly key?: ArgumentPlace; readonly store?: ArgumentPlace | string },
): Keyed {
  const effect = effectAt(bound);
  const keys = boundKeys(code, bound, operandAt(code, effect.made, key));
  const storeAt = typeof store === 'string' ? undefined : store;
  return {
    ...effect,
    storeName: boundStoreName(code, bound, storeAt),
    key: onlyKey(keys),
    keys,
    keyAt: expressionAt(code, bound, key),
    keyIn: argumentAt(code, effect.made, key),
  };
}

function valueAt(code: Code, bound: BoundCall, place: ArgumentPlace | undefined): Pick<Save, 'value' | 'parts'> {
  const value = expressionAt(code, bound, place);
  const written = operandAt(code, effectAt(bound).made, place);
  if (value === undefined || written === undefined) return { value, parts: [] };
  if (bound.path.length === 1) return { value, parts: [value] };
  const operands = boundOperands(code, written, bound);
  return { value, parts: operands.flatMap(({ expression }) => boundParts(code, expression, bound)) };
}

/** The expression that a call gets at a place, as far out as it is handed on as it is. */
function expressionAt(code: Code, bound: BoundCall, place: ArgumentPlace | undefined): ts.Expression | undefined {
  const { made } = effectAt(bound);
  if (bound.path.length === 1) return argumentAt(code, made, place);
  const operand = operandAt(code, made, place);
  const found = operand === undefined ? [] : boundOperands(code, operand, bound);
  return found.find(({ path }) => path.length === 0)?.expression;
}

function isUndefined(expression: ts.Expression): boolean {
  return ts.isIdentifier(expression) && expression.text === 'undefined';
}

/** The outermost call on the way whose function returns what the inner one brings. */
function resultOf(code: Code, { path }: BoundCall): Call {
  const isReturned = (call: Call): boolean => {
    const fn = functionAround(call);
    return fn !== undefined && returnsOf(fn).some((value) => isOrNames(code, value, call));
  };
  const inner = path.findLastIndex((call, index) => index > 0 && !isReturned(call));
  return path[Math.max(inner, 0)] ?? path[0];
}

function isOrNames(code: Code, value: ts.Expression, call: Call): boolean {
  if (awaited(value) === call) return true;
  const values = ts.isIdentifier(awaited(value)) ? code.valuesOf(value) : [];
  return values.includes(call);
}

/** Whether a write is made by a listener that may be called before a migration. */
export function savesBeforeMigration(save: Save, { listeners }: Persistence): boolean {
  return (
    save.store !== 'charge' &&
    listeners.some((listener) => mayBeMigrationListener(listener) && runsIn(save, listener.functions, listener.reach))
  );
}
