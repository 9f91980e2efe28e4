import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { KeyCollision } from '../../actor/keys/key-collisions.ts';
import type { Fix } from '../../fixes/changes.ts';

/** A key of its own, where it is written in the call and nothing reads what is written there. */
export function fixesOf(actor: ActorModel, { keyAt, key, form }: KeyCollision): readonly Fix[] {
  if (keyAt === undefined || !ts.isStringLiteral(keyAt)) return [];
  const isRead = actor.persistence.restores.some((restore) => restore.key === key);
  if (form === 'state and record' && isRead) return [];
  const free = freeKeyLike(actor, key);
  const quote = textOf(keyAt).charAt(0);
  const changes = [replacement(keyAt.getSourceFile(), startOf(keyAt), keyAt.end, `${quote}${free}${quote}`)];
  return [{ id: 'own-key', title: `Use a key of its own, \`${free}\``, safe: false, changes: () => changes }];
}

/** The key with the first number behind it that the program does not write down. */
function freeKeyLike({ files }: ActorModel, key: string): string {
  const separator = key.includes('-') ? '-' : '_';
  for (let number = 2; ; number += 1) {
    const free = `${key}${separator}${number}`;
    if (!files.some(({ text }) => text.includes(free))) return free;
  }
}
