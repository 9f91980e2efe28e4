import { ts } from 'ts-morph';

import { isTestFile } from '../../workspace/source-files.ts';
import type { ActorModel } from '../actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import type { Texts } from '../../flow/constant-strings.ts';
import { visit } from '../../syntax/functions.ts';
import { isPattern, onlyKey } from './keys.ts';

/** A use of a key: the call, and where the key stands in it. */
export interface KeyUse {
  readonly call: Call;
  readonly keyAt: ts.Expression;
}

/** The keys of one store, each with the calls that save, restore or own it. */
export interface StoreKeys {
  readonly storeName: string;
  readonly saved: ReadonlyMap<string, readonly KeyUse[]>;
  readonly restored: ReadonlyMap<string, readonly KeyUse[]>;
  /** The keys of `useState` and `getAutoSavedValue`. */
  readonly owned: ReadonlySet<string>;
}

interface AccessOfKeys {
  readonly kind: 'saved' | 'restored' | 'owned';
  readonly keyAt: ts.Expression | undefined;
  readonly call: Call;
  readonly storeName: string | undefined;
  readonly keys: Texts;
}

/** The access of one key; `undefined` where it is made at run time. */
interface Access extends AccessOfKeys {
  readonly key: string | undefined;
}

/**
 * The key-value stores of an Actor of which each key stands in the code. One key that is made at run time, one walk over a
 * store's keys, and it cannot be told what is read and what is not: then the store is left out, and where the store itself is
 * not known, all are.
 */
export function knownStoresOf(actor: ActorModel): readonly StoreKeys[] {
  const all = accessesOf(actor);
  if (all.some(({ storeName }) => storeName === undefined)) return [];
  const names = new Set(all.flatMap(({ storeName }) => storeName ?? []));
  return [...names].flatMap((storeName): readonly StoreKeys[] => {
    const accesses = all.filter((access) => access.storeName === storeName);
    if (isPattern(storeName) || accesses.some(({ key }) => key === undefined || isPattern(key))) return [];
    return [
      {
        storeName,
        saved: usesByKey(accesses.filter(({ kind }) => kind === 'saved')),
        restored: usesByKey(accesses.filter(({ kind }) => kind === 'restored')),
        owned: new Set(accesses.flatMap(({ kind, key }) => (kind === 'owned' && key !== undefined ? [key] : []))),
      },
    ];
  });
}

function accessesOf({ persistence, folder }: ActorModel): readonly Access[] {
  const { saves, restores, autoSaved } = persistence;
  const accesses: readonly AccessOfKeys[] = [
    // `drop` and its kin write no key.
    ...saves.filter((save) => isRecord(save) && save.isKeyed).map((save): AccessOfKeys => ({ ...save, kind: 'saved' })),
    ...restores.filter(isRecord).map((restore): AccessOfKeys => ({ ...restore, kind: 'restored' })),
    ...autoSaved.map((state): AccessOfKeys => ({ ...state, kind: 'owned', keyAt: undefined })),
  ];
  return accesses.filter(({ call }) => !isTestFile(call.getSourceFile().fileName, folder.root)).flatMap(byKey);
}

/** A function that gets its key from its callers has one for each of them, where they write it. */
function byKey(access: AccessOfKeys): readonly Access[] {
  const { known, isAll } = access.keys;
  const only = onlyKey(access.keys);
  if (only !== undefined) return [{ ...access, key: only }];
  return [
    ...known.map(({ text, at }) => ({ ...access, key: text, keyAt: at.find(isWritten) ?? access.keyAt })),
    ...(isAll ? [] : [{ ...access, key: undefined }]),
  ];
}

function isWritten(node: ts.Node): node is ts.StringLiteralLike {
  return ts.isStringLiteralLike(node);
}

function isRecord({ store }: { readonly store: string }): boolean {
  return store === 'key-value-store';
}

function usesByKey(accesses: readonly Access[]): ReadonlyMap<string, readonly KeyUse[]> {
  const uses = new Map<string, KeyUse[]>();
  for (const { key, call, keyAt } of accesses) {
    if (key === undefined || keyAt === undefined) continue;
    uses.set(key, [...(uses.get(key) ?? []), { call, keyAt }]);
  }
  return uses;
}

/** Where the program writes a text down. */
export function literalsOf({ files }: ActorModel, text: string): readonly ts.StringLiteralLike[] {
  const found: ts.StringLiteralLike[] = [];
  for (const file of files) {
    if (!indexOf(file).texts.has(text)) continue;
    visit(file, (node) => {
      if (ts.isStringLiteralLike(node) && node.text === text) found.push(node);
    });
  }
  return found;
}

/** Whether a key stands in the program for these uses only: nothing else may read or write it by its name. */
export function isOnlyFor(actor: ActorModel, key: string, uses: readonly KeyUse[]): boolean {
  const known = new Set(uses.flatMap(({ keyAt }) => actor.code.valuesOf(keyAt)));
  return literalsOf(actor, key).every((literal) => known.has(literal) || isNamed(literal, known));
}

/** The text of an enumeration's member. */
function isNamed({ parent }: ts.Node, known: ReadonlySet<ts.Node>): boolean {
  return ts.isEnumMember(parent) && known.has(parent);
}
