import type { ActorModel } from '../actor-model.ts';
import { DEFAULT_STORE } from './keys.ts';
import { savesBeforeMigration } from '../effects/persistence.ts';
import type { Restore, Save } from '../effects/persistence.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import { speaksOfAnotherRun } from '../../sdk/words.ts';

/** A record that by its key tells one run of another, and lies where only one run sees it. */
export interface CrossRunRecord {
  readonly key: string;
  readonly saves: readonly [Save, ...Save[]];
  readonly restores: readonly [Restore, ...Restore[]];
}

/**
 * The records of the run's own store that are read and saved, and whose key speaks of another run. What a listener saves before
 * a migration is for the same run, whatever it is called.
 */
export function crossRunRecordsOf({ persistence, folder }: ActorModel): readonly CrossRunRecord[] {
  const isOwn = ({ call }: Save | Restore): boolean => !isTestFile(call.getSourceFile().fileName, folder.root);
  const saves = persistence.saves.filter((save) => isKeyed(save) && isOwn(save));
  const restores = persistence.restores.filter((restore) => isKeyed(restore) && isOwn(restore));
  const keys = new Set(restores.flatMap(({ key }) => (key !== undefined && speaksOfAnotherRun(key) ? [key] : [])));
  return [...keys].flatMap((key): readonly CrossRunRecord[] => {
    const [save, ...otherSaves] = saves.filter((each) => each.key === key);
    const [restore, ...otherRestores] = restores.filter((each) => each.key === key);
    if (save === undefined || restore === undefined) return [];
    const all = [save, ...otherSaves, restore, ...otherRestores];
    if (all.some(({ storeName }) => storeName !== DEFAULT_STORE)) return [];
    if ([save, ...otherSaves].some((each) => savesBeforeMigration(each, persistence))) return [];
    return [{ key, saves: [save, ...otherSaves], restores: [restore, ...otherRestores] }];
  });
}

function isKeyed({ store, key }: Save | Restore): boolean {
  return store === 'key-value-store' && key !== undefined && !key.includes('${');
}
