import type { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import type { Restore, Save } from '../effects/persistence.ts';
import { readsFrom, readsOf } from '../../flow/forward-slice.ts';
import type { RestoredReads } from '../../flow/forward-slice.ts';
import { isTestFile } from '../../workspace/source-files.ts';

/** A record that the program writes, reads, or both, under one key of one store. */
export interface RestoredRecord {
  readonly storeName: string;
  readonly key: string;
  readonly saves: readonly Save[];
  readonly restores: readonly { readonly call: Call; readonly reads: RestoredReads }[];
}

/** The records that an Actor's program reads, each with all that writes it. Keys made at run time are none. */
export function restoredRecordsOf({ code, folder, persistence }: ActorModel): readonly RestoredRecord[] {
  const records = new Map<string, { storeName: string; key: string; restores: Restore[] }>();
  for (const restore of persistence.restores) {
    const { call, store, storeName, key } = restore;
    if (store !== 'key-value-store' || storeName === undefined || key === undefined || key === 'INPUT') continue;
    if (isTestFile(call.getSourceFile().fileName, folder.root)) continue;
    const id = `${storeName}\0${key}`;
    const known = records.get(id) ?? { storeName, key, restores: [] };
    records.set(id, { ...known, restores: [...known.restores, restore] });
  }
  return [...records.values()].map(({ storeName, key, restores }) => ({
    storeName,
    key,
    saves: persistence.saves.filter(
      (save) => save.store === 'key-value-store' && save.storeName === storeName && save.key === key,
    ),
    restores: restores.map(({ call, made, path }) => ({ call, reads: readsOf(code, made, path) })),
  }));
}

/** A place that gets the record, or a part of it, and what is done with it from there. */
export interface RestoredPart {
  /** The part's name; `undefined` for the whole record. */
  readonly field: string | undefined;
  /** Of a pattern the element. */
  readonly place: ts.Node;
  readonly reads: RestoredReads;
}

/** Every place that gets a record or a part of it. */
export function partsOf(code: Code, { restores }: RestoredRecord): readonly RestoredPart[] {
  return restores.flatMap(({ call, reads }) => [
    { field: undefined, place: call, reads },
    ...[...reads.fields].flatMap(([field, places]) =>
      places.map((place) => ({ field, place, reads: readsFrom(code, place) })),
    ),
  ]);
}
