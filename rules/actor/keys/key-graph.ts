import { ts } from 'ts-morph';

import type { Location } from '../../program/locations.ts';
import type { ActorModel } from '../actor-model.ts';
import type { Call } from '../../syntax/file-index.ts';
import { awaited } from '../../syntax/operands.ts';
import type { Texts } from '../../flow/constant-strings.ts';
import { ANY_EVENT } from '../listeners/listeners.ts';
import { mayBeSameKey } from './keys.ts';
import { locationOf } from '../../program/locations.ts';
import { isEffectIn, runsIn } from '../effects/places.ts';
import type { Effect } from '../effects/places.ts';

/** Where a key is saved and restored, in plain values. */
export interface KeySummary {
  /** `default`, or the name that the store was opened with. */
  readonly store: string;
  readonly key: string;
  readonly savedAt: readonly SavePlace[];
  readonly restoredAt: readonly Location[];
  /** The SDK's own keepers of the key, such as `useState`, each once. */
  readonly ownedBy: readonly string[];
  /** Where it is given to these keepers. */
  readonly ownedAt: readonly Location[];
  /** Where the key is written: in the calls above, and where the constants that they name get their text. */
  readonly namedAt: readonly Location[];
  /** False where a key that is made at run time, or a store that is not known, may be this one: there may be more places. */
  readonly isComplete: boolean;
}

/** A save, and what makes it happen. */
export interface SavePlace extends Location {
  /** The events whose listeners run it, and the kinds of the long-running regions that do; empty where it runs once. */
  readonly on: readonly string[];
}

/** A call that deals with keys of a store. */
interface KeyedCall extends Effect {
  readonly part: 'saved' | 'restored' | 'owners';
  readonly storeName: string | undefined;
  readonly keys: Texts;
  readonly keyAt: ts.Expression | undefined;
  readonly keyIn: ts.Expression | undefined;
}

/** The calls that deal with one key. */
interface KeyCalls {
  readonly store: string;
  readonly key: string;
  readonly saved: Effect[];
  readonly restored: Effect[];
  readonly owners: Effect[];
  readonly writtenAt: Set<ts.Node>;
}

/** The key graph of an Actor: where each key is saved and when, where it is restored, and what keeps it. */
export function keySummariesOf(actor: ActorModel): readonly KeySummary[] {
  const keyed = keyedCallsOf(actor);
  return callsByKey(keyed).map(({ store, key, saved, restored, owners, writtenAt }) => ({
    store,
    key,
    savedAt: onceEach(saved).map((save) => ({ ...locationOf(save.call), on: occasionsOf(actor, save) })),
    restoredAt: onceEach(restored).map(({ call }) => locationOf(call)),
    ownedBy: [...new Set(owners.map(({ made }) => calledName(made)))],
    ownedAt: owners.map(({ call }) => locationOf(call)),
    namedAt: [...writtenAt].map(locationOf),
    isComplete: !keyed.some((each) => mayBeMore(each, store, key)),
  }));
}

/** One place may come to several calls of the SDK. */
function onceEach(effects: readonly Effect[]): readonly Effect[] {
  return effects.filter(({ call }, at) => effects.findIndex((other) => other.call === call) === at);
}

function keyedCallsOf({ persistence: { saves, restores, autoSaved } }: ActorModel): readonly KeyedCall[] {
  return [
    ...saves
      // `drop` and its kin write no key.
      .filter(({ store, isKeyed }) => store === 'key-value-store' && isKeyed)
      .map((save) => ({ ...save, part: 'saved' as const })),
    ...restores
      .filter(({ store }) => store === 'key-value-store')
      .map((restore) => ({ ...restore, part: 'restored' as const })),
    ...autoSaved.map((state) => ({ ...state, part: 'owners' as const })),
  ];
}

function callsByKey(keyed: readonly KeyedCall[]): readonly KeyCalls[] {
  const keys = new Map<string, KeyCalls>();
  for (const effect of keyed) {
    const { part, storeName, keyAt, keyIn } = effect;
    if (storeName === undefined) continue;
    for (const { text, at } of effect.keys.known) {
      const id = `${storeName}\0${text}`;
      const entry: KeyCalls = keys.get(id) ?? {
        store: storeName,
        key: text,
        saved: [],
        restored: [],
        owners: [],
        writtenAt: new Set(),
      };
      keys.set(id, entry);
      entry[part].push(effect);
      for (const node of [keyIn ?? [], keyAt ?? [], at].flat()) entry.writtenAt.add(node);
    }
  }
  return [...keys.values()];
}

/** Whether a call may also deal with this key, though the code does not say so. */
function mayBeMore({ storeName, keys }: KeyedCall, store: string, key: string): boolean {
  if (storeName === undefined) return !keys.isAll || keys.known.some(({ text }) => mayBeSameKey(text, key));
  if (storeName !== store && !mayBeSameKey(storeName, store)) return false;
  const isOfOther = storeName !== store;
  return !keys.isAll || keys.known.some(({ text }) => (isOfOther || text !== key) && mayBeSameKey(text, key));
}

function occasionsOf({ persistence, regions }: ActorModel, save: Effect): readonly string[] {
  const events = persistence.listeners
    .filter(({ functions, reach }) => runsIn(save, functions, reach))
    .map(({ event }) => event ?? ANY_EVENT);
  const kinds = regions.filter(({ region }) => isEffectIn(save, region)).map(({ region }) => region.kind);
  return [...new Set([...events, ...kinds])];
}

function calledName(call: Call): string {
  const callee = awaited(call.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}
