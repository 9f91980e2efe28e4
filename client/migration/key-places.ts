import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { KeyPlaces, Place as ShownPlace, RecordId } from '../../simulator/index.ts';
import type { KnownActor, KnownKey, Place } from '../actors.ts';
import type { JudgedRun } from './judged-run.ts';

/** The line that a verdict is about, as far as the key graph knows it; none of a good verdict. */
export function placeOf({ verdict, actor }: JudgedRun): Place | undefined {
  if (verdict.word === 'resumed' || verdict.word === 'nothing-to-resume') return undefined;
  const lost = new Set(verdict.writes.filter((write) => write.lost).map(({ target }) => target));
  const records = verdict.keys.filter(({ restored }) => restored !== 'read').map(({ record }) => record);
  const keys = [
    ...(actor?.keys.filter(({ store, key }) => lost.has(`${store}/${key}`)) ?? []),
    ...records.map((record) => keyOf(actor, record)),
  ];
  return keys.flatMap(savingPlaces)[0];
}

/**
 * Where the source saves and restores a record, for a report: the simulator knows keys, the analysis knows where they are.
 *
 * @param folder the Actor's, absolute
 */
export function keyPlaces(actor: KnownActor | undefined, record: RecordId, folder: string): KeyPlaces | undefined {
  const key = keyOf(actor, record);
  if (key === undefined) return undefined;
  const shown = ({ uri, range: { start } }: Place): ShownPlace => ({
    file: relative(folder, vscode.Uri.parse(uri).fsPath).replaceAll('\\', '/'),
    line: start.line + 1,
  });
  const restoring = key.restoredAt.length > 0 ? key.restoredAt : key.ownedAt;
  return { savedAt: savingPlaces(key).map(shown), restoredAt: restoring.map(shown) };
}

function keyOf(actor: KnownActor | undefined, { store, key }: RecordId): KnownKey | undefined {
  return actor?.keys.find((known) => known.key === key && known.store === store.name);
}

/** Where a record is saved: by the code itself, else by the keeper that it was given to. */
function savingPlaces(key: KnownKey | undefined): readonly Place[] {
  if (key === undefined) return [];
  return key.savedAt.length > 0 ? key.savedAt : key.ownedAt;
}
