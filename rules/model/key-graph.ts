import { ts } from 'ts-morph';

import type { Location } from '../finding.ts';
import type { ActorModel } from './actor-model.ts';
import type { Call } from './file-index.ts';
import { awaited } from './functions.ts';
import { locationOf } from './locations.ts';

/** Where a key is saved and restored, in plain values. */
export interface KeySummary {
  /** `default`, or the name that the store was opened with. */
  readonly store: string;
  readonly key: string;
  readonly savedAt: readonly Location[];
  readonly restoredAt: readonly Location[];
  /** The SDK's own keeper of the key, such as `useState`. */
  readonly ownedBy: string | undefined;
  /** Where it is given to that keeper. */
  readonly ownedAt: readonly Location[];
}

/** The key graph of an Actor: where each key is saved, where it is restored, and what keeps it. */
export function keySummariesOf(actor: ActorModel): readonly KeySummary[] {
  const { saves, restores, autoSaved } = actor.persistence;
  const keys = new Map<string, { store: string; key: string; saved: Call[]; restored: Call[]; owners: Call[] }>();
  const entry = (store: string, key: string) => {
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
  return [...keys.values()].map(({ store, key, saved, restored, owners }) => ({
    store,
    key,
    savedAt: saved.map(locationOf),
    restoredAt: restored.map(locationOf),
    ownedBy: owners.map(calledName).at(-1),
    ownedAt: owners.map(locationOf),
  }));
}

function calledName(call: Call): string {
  const callee = awaited(call.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}
