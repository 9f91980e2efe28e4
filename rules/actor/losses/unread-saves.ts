import type { ActorModel } from '../actor-model.ts';
import { DEFAULT_STORE } from '../keys/keys.ts';
import type { LostVariable } from './losses.ts';
import { savesBeforeMigration } from '../effects/persistence.ts';
import type { Persistence, Save } from '../effects/persistence.ts';
import type { Region } from '../regions/regions.ts';
import { isOnlyFor, knownStoresOf } from '../keys/store-keys.ts';
import type { KeyUse, StoreKeys } from '../keys/store-keys.ts';
import { isOutputKey } from '../../sdk/words.ts';

/** Own state that is saved in time, and that nothing in the program can read again. */
export interface UnreadSave {
  readonly key: string;
  readonly save: KeyUse;
  readonly region: Region;
  /** What starts from its first value after a migration, all the same. */
  readonly variables: readonly [LostVariable, ...LostVariable[]];
}

/**
 * The keys under which a migration's listener or a timer saves own state, and that nothing reads: in an Actor that reads nothing
 * but its input, or that reads what the listener saves beside. A record that the program also writes elsewhere, or whose key
 * stands for something else too, is an output.
 */
export function unreadSavesOf(actor: ActorModel): readonly UnreadSave[] {
  const { persistence } = actor;
  const restores = persistence.restores.filter(({ store, key }) => store !== 'input' && key !== 'INPUT');
  if (persistence.autoSaved.length > 0 || restores.some(({ store }) => store !== 'key-value-store')) return [];
  const store = knownStoresOf(actor).find(({ storeName }) => storeName === DEFAULT_STORE);
  if (store === undefined || (restores.length > 0 && !readsWhatListenersSave(store, persistence))) return [];
  return [...store.saved].flatMap(([key, uses]) => {
    if (store.restored.has(key) || isOutputKey(key)) return [];
    if (!isOnlyFor(actor, key, uses)) return [];
    // A call that saves what is read, too, says nothing of one of its keys.
    const isOfOthers = restores.length > 0 && savesOf(uses, key, persistence).some((save) => save.key !== key);
    return isOfOthers ? [] : forgottenSave(actor, key, uses);
  });
}

/** Whether all the records that an Actor reads are its own, and one of them is saved before a migration. */
function readsWhatListenersSave({ saved, restored }: StoreKeys, persistence: Persistence): boolean {
  const saves = [...restored.keys()].map((key) => savesOf(saved.get(key) ?? [], key, persistence));
  return (
    saves.every(({ length }) => length > 0) && saves.flat().some((save) => savesBeforeMigration(save, persistence))
  );
}

function savesOf(uses: readonly KeyUse[], key: string, { saves }: Persistence): readonly Save[] {
  const calls = new Set(uses.map(({ call }) => call));
  return saves.filter((save) => calls.has(save.call) && isUnder(key, save));
}

function isUnder(key: string, { keys }: Save): boolean {
  return keys.known.some(({ text }) => text === key);
}

function forgottenSave(actor: ActorModel, key: string, uses: readonly KeyUse[]): readonly UnreadSave[] {
  const [save] = uses;
  if (save === undefined) return [];
  const calls = new Set(uses.map(({ call }) => call));
  const keeping = actor.regions
    .flatMap(({ variables }) => variables)
    .filter(({ owner }) => owner?.kind === 'listener' || owner?.kind === 'timer')
    .filter(({ owner }) => uses.some(({ call }) => call === owner?.node));
  // Each of the writes is one that keeps something: a last one with the result is none.
  if (![...calls].every((call) => keeping.some(({ owner }) => owner?.node === call))) return [];
  const kept = new Set(keeping.map(({ binding }) => binding.symbol));
  // Lost as it is, where nothing reads what they write. They are no output either.
  return actor
    .lossesWithout(new Set(savesOf(uses, key, actor.persistence)))
    .flatMap(({ region, variables }): readonly UnreadSave[] => {
      const [first, ...others] = variables.filter(
        ({ variable, consequence }) => consequence !== 'time lost' && kept.has(variable.binding.symbol),
      );
      return first === undefined ? [] : [{ key, save, region, variables: [first, ...others] }];
    });
}
