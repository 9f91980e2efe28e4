import type { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { isWrittenBefore } from '../../actor/records/final-saves.ts';
import type { AutoSaved, Restore } from '../../actor/effects/persistence.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Report, Rule } from '../rule.ts';
import { fixesOf } from './fixes.ts';

/** A read of the record behind a `useState`, which the SDK writes only now and then. */
export const staleStateRead: Rule = {
  id: 'stale-state-read',
  group: 'restores',
  summary: 'A getValue of a key that useState owns: the record is up to a minute behind the state, or not there yet.',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) =>
    actor.persistence.restores
      .filter(({ call }) => !isTestFile(call.getSourceFile().fileName, actor.folder.root))
      .flatMap((restore) => reportsOf(actor, restore)),
};

function reportsOf(actor: ActorModel, restore: Restore): readonly Report[] {
  const { call, store, storeName, key } = restore;
  if (store !== 'key-value-store' || storeName === undefined || key === undefined || key.includes('${')) return [];
  const owners = actor.persistence.autoSaved.filter((state) => state.key === key && state.storeName === storeName);
  const [owner] = owners;
  if (owner === undefined || restore.brings === 'existence') return [];
  if (owners.some((state) => comesBefore(actor, call, state))) return [];
  if (owners.every((state) => isWrittenBefore(actor, call, state))) return [];
  return [
    {
      node: call,
      until: call.expression,
      severity: 'warning',
      message: `useState owns the key \`${key}\`, and its record is written once a minute: what is read here is old, or nothing at all`,
      related: [{ node: owner.call.expression, message: 'the state itself is here' }],
      fixes: fixesOf(restore),
    },
  ];
}

/** What is read before the state is asked for is what the process before has left: an older form of it, the fact that it was. */
function comesBefore({ code: { order } }: ActorModel, read: ts.Node, { call: state }: AutoSaved): boolean {
  return order.alwaysRunsBefore(read, state) || (order.mayRunBefore(read, state) && !order.mayRunBefore(state, read));
}
