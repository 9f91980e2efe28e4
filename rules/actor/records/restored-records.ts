import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { isConst } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import type { Restore, Save } from '../effects/persistence.ts';
import { outermostDefaulted, readsOf } from '../../flow/forward-slice.ts';
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

/** A place that gets the record, or a part of it. */
export interface RestoredPlace {
  /** The expression with its default, as in `saved?.page ?? 1`; of a pattern the element. */
  readonly place: ts.Node;
  /** The part's name; `undefined` for the whole record. */
  readonly field: string | undefined;
}

/** Every place that gets a record or a part of it, constants that stand for a part among them. */
export function placesOf(code: Code, { restores }: RestoredRecord): readonly RestoredPlace[] {
  return restores.flatMap(({ reads }) => [
    ...reads.wholes.map((place) => ({ place, field: undefined })),
    ...[...reads.fields].flatMap(([field, places]) =>
      places.flatMap((place) => [place, ...namesOf(code, place)]).map((each) => ({ place: withDefault(each), field })),
    ),
  ]);
}

function withDefault(place: ts.Node): ts.Node {
  return ts.isExpression(place) ? outermostDefaulted(place) : place;
}

/** The uses of the constant that a part is put into. */
function namesOf(code: Code, place: ts.Node): readonly ts.Node[] {
  const { parent } = withDefault(place);
  const name = ts.isBindingElement(place) ? place.name : ts.isVariableDeclaration(parent) ? parent.name : undefined;
  if (name === undefined || !ts.isIdentifier(name)) return [];
  const symbol = code.symbolOf(name);
  const isKept = symbol?.valueDeclaration !== undefined && isConst(symbol.valueDeclaration);
  return isKept ? code.referencesOf(symbol).filter((use) => use !== name) : [];
}
