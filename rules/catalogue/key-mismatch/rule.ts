import type { ActorModel } from '../../actor/actor-model.ts';
import { isOnlyFor, knownStoresOf } from '../../actor/keys/store-keys.ts';
import type { KeyUse, StoreKeys } from '../../actor/keys/store-keys.ts';
import { isKeyOfOthers } from '../../sdk/words.ts';
import type { Report, Rule } from '../rule.ts';
import { differenceOf } from './difference.ts';
import type { Difference } from './difference.ts';
import { fixesOf } from './fixes.ts';

/** A record that is saved under one key and read under one that only looks like it. */
export const keyMismatch: Rule = {
  id: 'key-mismatch',
  group: 'restores',
  summary: 'A key that is read is not quite the one that is saved: what was saved never comes back.',
  defaultSeverity: 'by consequence',
  needsEntryPoint: true,
  check: (actor) => knownStoresOf(actor).flatMap((store) => reportsOf(actor, store)),
};

/** A key that is only saved, or only read. */
interface LonelyKey {
  readonly key: string;
  readonly uses: readonly KeyUse[];
}

function reportsOf(actor: ActorModel, { saved, restored, owned }: StoreKeys): readonly Report[] {
  const unread = lonelyKeys(saved, restored);
  const unwritten = lonelyKeys(restored, saved);
  return unwritten.flatMap((restore): readonly Report[] => {
    const [save, ...others] = unread.filter((each) => differenceOf(each.key, restore.key) !== undefined);
    if (save === undefined || others.length > 0) return [];
    const difference = differenceOf(save.key, restore.key);
    const isOnlyOne = unwritten.every((each) => each === restore || differenceOf(save.key, each.key) === undefined);
    return difference === undefined || !isOnlyOne ? [] : reportsAt(actor, restore, save, difference);
  });

  function lonelyKeys(uses: StoreKeys['saved'], answers: StoreKeys['saved']): readonly LonelyKey[] {
    const isLonely = (key: string): boolean => !answers.has(key) && !owned.has(key) && !isKeyOfOthers(key);
    return [...uses].flatMap(([key, of]) => (isLonely(key) && isOnlyFor(actor, key, of) ? [{ key, uses: of }] : []));
  }
}

function reportsAt(actor: ActorModel, restore: LonelyKey, save: LonelyKey, difference: Difference): readonly Report[] {
  const fixes = fixesOf(actor, restore.key, restore.uses, save.key);
  return restore.uses.map(({ keyAt }) => ({
    node: keyAt,
    severity: difference === 'spelling' ? 'error' : 'warning',
    message: `\`${restore.key}\` is read here and saved nowhere, \`${save.key}\` is saved and read nowhere: what was saved does not come back`,
    related: save.uses.map((use) => ({ node: use.keyAt, message: 'this is saved' })),
    fixes,
  }));
}
