import { ts } from 'ts-morph';

import type { Location } from '../finding.ts';
import type { ActorModel } from './actor-model.ts';
import { argumentAt } from './arguments.ts';
import type { Code } from './code.ts';
import type { Call } from './file-index.ts';
import { awaited, unitOf } from './functions.ts';
import { locationOf } from './locations.ts';
import { isInRegion } from './significance.ts';

/** Where a key is saved and restored, in plain values. */
export interface KeySummary {
  /** `default`, or the name that the store was opened with. */
  readonly store: string;
  readonly key: string;
  readonly savedAt: readonly SavePlace[];
  readonly restoredAt: readonly Location[];
  /** The SDK's own keeper of the key, such as `useState`. */
  readonly ownedBy: string | undefined;
  /** Where it is given to that keeper. */
  readonly ownedAt: readonly Location[];
  /** Where the key is written: in the calls above, and where the constants that they name get their text. */
  readonly namedAt: readonly Location[];
}

/** A save, and what makes it happen. */
export interface SavePlace extends Location {
  /** The events whose listeners run it, and the kinds of the long-running regions that do; empty where it runs once. */
  readonly on: readonly string[];
}

/** The calls that deal with one key. */
interface KeyCalls {
  readonly store: string;
  readonly key: string;
  readonly saved: Call[];
  readonly restored: Call[];
  readonly owners: Call[];
}

/** The key graph of an Actor: where each key is saved and when, where it is restored, and what keeps it. */
export function keySummariesOf(actor: ActorModel): readonly KeySummary[] {
  return callsByKey(actor).map(({ store, key, saved, restored, owners }) => ({
    store,
    key,
    savedAt: saved.map((call) => ({ ...locationOf(call), on: occasionsOf(call, actor) })),
    restoredAt: restored.map(locationOf),
    ownedBy: owners.map(calledName).at(-1),
    ownedAt: owners.map(locationOf),
    namedAt: namesOf([...saved, ...restored, ...owners], actor.code).map(locationOf),
  }));
}

function callsByKey({ persistence: { saves, restores, autoSaved } }: ActorModel): readonly KeyCalls[] {
  const keys = new Map<string, KeyCalls>();
  const entry = (store: string, key: string): KeyCalls => {
    const id = `${store}\0${key}`;
    const known = keys.get(id) ?? { store, key, saved: [], restored: [], owners: [] };
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
  for (const { storeName, key, call } of autoSaved) {
    if (storeName !== undefined && key !== undefined) entry(storeName, key).owners.push(call);
  }
  return [...keys.values()];
}

function occasionsOf(save: Call, { persistence, regions }: ActorModel): readonly string[] {
  const unit = unitOf(save);
  const events = persistence.listeners.filter(({ reach }) => reach.has(unit)).map(({ event }) => event);
  const kinds = regions.filter(({ region }) => isInRegion(save, region)).map(({ region }) => region.kind);
  return [...new Set([...events, ...kinds])].filter((occasion) => occasion !== '');
}

/** The arguments that name a key, and the literals that they stand for, each once. */
function namesOf(calls: readonly Call[], code: Code): readonly ts.Node[] {
  const named = calls.flatMap((call) => {
    const role = code.roleOf(call, 'write') ?? code.roleOf(call, 'read') ?? code.roleOf(call, 'state');
    return argumentAt(call, role?.key) ?? [];
  });
  return [...new Set([...named, ...named.flatMap((argument) => code.valuesOf(argument))])];
}

function calledName(call: Call): string {
  const callee = awaited(call.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}
