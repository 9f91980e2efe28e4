import type { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { operandAt } from '../../flow/arguments.ts';
import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import type { Effect } from '../effects/places.ts';
import { savesBeforeMigration } from '../effects/persistence.ts';
import { readsOf } from '../../flow/forward-slice.ts';
import type { RestoredReads } from '../../flow/forward-slice.ts';
import { isTestFile } from '../../workspace/source-files.ts';

/** A value that goes into a record of a key-value store as JSON. */
export interface SavedValue {
  readonly call: Call;
  readonly value: ts.Expression;
  /** True for `useState` and its kin: the SDK saves the object again and again. */
  readonly isKeptBySdk: boolean;
  /** True when it is meant to come back: the record is read, or it is saved before a migration. */
  readonly isState: boolean;
  /** Each place that gets the value back, with what is read there. */
  readonly reads: readonly { readonly call: Call; readonly reads: RestoredReads }[];
}

/** What the Actor's program saves as JSON, apart from its tests. */
export function savedValuesOf(actor: ActorModel): readonly SavedValue[] {
  const { code, persistence } = actor;
  const { saves, restores, autoSaved } = persistence;
  const isOwn = ({ call }: { readonly call: Call }): boolean =>
    !isTestFile(call.getSourceFile().fileName, actor.folder.root);
  const withReads = (effects: readonly Effect[]) =>
    effects.map(({ call, made, path }) => ({ call, reads: readsOf(code, made, path) }));
  const kept = autoSaved.filter(isOwn).flatMap((state): readonly SavedValue[] => {
    const { call, key, storeName, initial } = state;
    if (initial === undefined) return [];
    const same = autoSaved.filter((each) => each.key === key && each.storeName === storeName && isOwn(each));
    const readBy = key === undefined ? [state] : same;
    return [{ call, value: initial, isKeptBySdk: true, isState: true, reads: withReads(readBy) }];
  });
  const saved = saves.filter(isOwn).flatMap((save): readonly SavedValue[] => {
    const { call, made, store, storeName, key, value } = save;
    if (store !== 'key-value-store' || value === undefined || hasOptions(code, made)) return [];
    const readBy = restores.filter(
      (each) => each.store === store && key !== undefined && each.key === key && each.storeName === storeName,
    );
    const isState = readBy.length > 0 || savesBeforeMigration(save, persistence);
    return [{ call, value, isKeptBySdk: false, isState, reads: withReads(readBy) }];
  });
  return [...kept, ...saved];
}

/** A content type: then the value is written as it is, not as JSON. */
function hasOptions(code: Code, call: Call): boolean {
  return operandAt(code, call, { index: 2 }) !== undefined;
}

/** The expressions that bring a saved value back, or a part of it. */
export function comingBack({ reads }: SavedValue): ReadonlySet<ts.Node> {
  return new Set(reads.flatMap(({ call, reads: { fields } }) => [call, ...[...fields.values()].flat()]));
}
