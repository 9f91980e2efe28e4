import { ts } from 'ts-morph';

import { argumentAt } from '../../flow/arguments.ts';
import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { unitOf } from '../../syntax/functions.ts';
import type { Texts } from '../../flow/constant-strings.ts';
import { mayBeMigrationListener } from '../listeners/listeners.ts';
import type { Listener } from '../listeners/listeners.ts';
import { keysOf, onlyKey, storeNameOf, UNKNOWN_KEY } from '../keys/keys.ts';
import type { RoleOf, Store } from '../../sdk/roles.ts';

/** A write to something that survives. */
export interface Save {
  readonly call: Call;
  readonly store: Store;
  readonly storeName: string | undefined;
  /** The key where it is but one; `undefined` for what has none or several, and for keys made at run time. */
  readonly key: string | undefined;
  /** All the keys that it may be called with. */
  readonly keys: Texts;
  readonly value: ts.Expression | undefined;
}

/** A read of what an earlier process may have written. */
export interface Restore {
  readonly call: Call;
  readonly store: string;
  readonly storeName: string | undefined;
  readonly key: string | undefined;
  readonly keys: Texts;
}

/** An object that the SDK itself saves and restores: `useState`, `getAutoSavedValue`. */
export interface AutoSaved {
  readonly call: Call;
  /** `default`, but for a store's own `getAutoSavedValue`. */
  readonly storeName: string | undefined;
  readonly key: string | undefined;
  readonly keys: Texts;
  readonly initial: ts.Expression | undefined;
}

/** Everything in an Actor's program that saves or restores. */
export interface Persistence {
  readonly listeners: readonly Listener[];
  readonly saves: readonly Save[];
  readonly restores: readonly Restore[];
  readonly autoSaved: readonly AutoSaved[];
}

/** Finds what saves and restores in the given files. */
export function persistenceOf(
  files: readonly ts.SourceFile[],
  code: Code,
  listeners: readonly Listener[],
): Persistence {
  const saves: Save[] = [];
  const restores: Restore[] = [];
  const autoSaved: AutoSaved[] = [];
  for (const call of files.flatMap((file) => indexOf(file).calls)) {
    for (const role of code.rolesOf(call)) {
      if (role.kind === 'charges' && argumentAt(call, role.event, code) !== undefined) saves.push(chargeOf(call));
      if (role.kind === 'write' && role.store !== 'run') saves.push(saveOf(call, role, code));
      else if (role.kind === 'read') {
        const storeName = storeNameOf(call, code);
        const keys = keysOf(argumentAt(call, role.key, code), code);
        restores.push({ call, store: role.store, storeName, key: onlyKey(keys), keys });
      } else if (role.kind === 'state') autoSaved.push(autoSavedOf(call, role, code));
    }
  }
  return { listeners, saves, restores, autoSaved };
}

function saveOf(call: Call, role: RoleOf<'write'>, code: Code): Save {
  const keys = keysOf(argumentAt(call, role.key, code), code);
  return {
    call,
    store: role.store,
    storeName: storeNameOf(call, code),
    key: onlyKey(keys),
    keys,
    value: argumentAt(call, role.value, code),
  };
}

/** A push that charges too, since it names an event. */
function chargeOf(call: Call): Save {
  return { call, store: 'charge', storeName: undefined, key: undefined, keys: UNKNOWN_KEY, value: undefined };
}

function autoSavedOf(call: Call, role: RoleOf<'state'>, code: Code): AutoSaved {
  const named = argumentAt(call, role.key, code);
  const isNamed = named !== undefined && !(ts.isIdentifier(named) && named.text === 'undefined');
  const fixed = role.fixedKey === undefined ? [] : [{ text: role.fixedKey, at: [] }];
  const keys = isNamed ? keysOf(named, code) : { known: fixed, isAll: fixed.length > 0 };
  return {
    call,
    storeName: storeNameOf(call, code),
    key: onlyKey(keys),
    keys,
    initial: argumentAt(call, role.value, code),
  };
}

/** Whether a write is made by a listener that may be called before a migration. */
export function savesBeforeMigration({ call, store }: Save, { listeners }: Persistence): boolean {
  const unit = unitOf(call);
  return (
    store !== 'charge' && listeners.some((listener) => mayBeMigrationListener(listener) && listener.reach.has(unit))
  );
}
