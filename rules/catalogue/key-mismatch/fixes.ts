import type { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { literalsOf } from '../../actor/keys/store-keys.ts';
import type { KeyUse } from '../../actor/keys/store-keys.ts';

/**
 * The key that is saved, since records of earlier runs have it: wherever the other one is written down. Nothing where that key
 * is put together.
 */
export function fixesOf(actor: ActorModel, key: string, uses: readonly KeyUse[], saved: string): readonly Fix[] {
  const literals = literalsOf(actor, key);
  const written = new Set<ts.Node>(literals.flatMap((literal) => [literal, literal.parent]));
  if (!uses.every(({ keyAt }) => actor.code.valuesOf(keyAt).some((value) => written.has(value)))) return [];
  const changes = literals.map((literal) => {
    const quote = textOf(literal).charAt(0);
    return replacement(literal.getSourceFile(), startOf(literal), literal.end, `${quote}${saved}${quote}`);
  });
  return [{ id: 'saved-key', title: `Read \`${saved}\`, which is saved`, safe: false, changes: () => changes }];
}
