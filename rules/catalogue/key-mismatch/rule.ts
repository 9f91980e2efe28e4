import type { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { isOnlyFor, knownStoresOf, literalsOf } from '../../actor/keys/store-keys.ts';
import type { KeyUse, StoreKeys } from '../../actor/keys/store-keys.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';
import { differenceOf } from './difference.ts';
import type { Difference } from './difference.ts';

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

/** What others write and read too: the platform, whoever starts the run, the SDK itself. */
const KEYS_OF_OTHERS = /^(?:INPUT|OUTPUT|SDK_|CRAWLEE_|APIFY_)/iu;

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
    const isLonely = (key: string): boolean => !answers.has(key) && !owned.has(key) && !KEYS_OF_OTHERS.test(key);
    return [...uses].flatMap(([key, of]) => (isLonely(key) && isOnlyFor(actor, key, of) ? [{ key, uses: of }] : []));
  }
}

function reportsAt(actor: ActorModel, restore: LonelyKey, save: LonelyKey, difference: Difference): readonly Report[] {
  const literals = literalsOf(actor, restore.key);
  // A key that is put together is written down nowhere.
  const written = new Set<ts.Node>(literals.flatMap((literal) => [literal, literal.parent]));
  const isWritten = restore.uses.every(({ keyAt }) => actor.code.valuesOf(keyAt).some((value) => written.has(value)));
  return restore.uses.map(({ keyAt }) => ({
    node: keyAt,
    severity: difference === 'spelling' ? 'error' : 'warning',
    message: `\`${restore.key}\` is read here and saved nowhere, \`${save.key}\` is saved and read nowhere: what was saved does not come back`,
    related: save.uses.map((use) => ({ node: use.keyAt, message: 'this is saved' })),
    fixes: isWritten ? fixesOf(literals, save.key) : [],
  }));
}

/** The key that is saved, since records of earlier runs have it: wherever the other one is written down. */
function fixesOf(literals: readonly ts.StringLiteralLike[], key: string): readonly Fix[] {
  const changes = literals.map((literal) => {
    const quote = textOf(literal).charAt(0);
    return replacement(literal.getSourceFile(), startOf(literal), literal.end, `${quote}${key}${quote}`);
  });
  return [{ id: 'saved-key', title: `Read \`${key}\`, which is saved`, safe: false, changes: () => changes }];
}
