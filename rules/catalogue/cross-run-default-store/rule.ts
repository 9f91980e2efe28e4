import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import { styleOf } from '../../fixes/file-style.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { crossRunRecordsOf } from '../../actor/keys/cross-run-records.ts';
import type { CrossRunRecord } from '../../actor/keys/cross-run-records.ts';
import type { Call } from '../../syntax/file-index.ts';
import type { Change, Fix } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** A record for later runs in the store that each run has for itself. */
export const crossRunDefaultStore: Rule = {
  id: 'cross-run-default-store',
  group: 'restores',
  summary: 'A record that is meant for the next run is kept in the default store, which is empty in every run.',
  defaultSeverity: 'warning',
  needsEntryPoint: true,
  check: (actor: ActorModel) => crossRunRecordsOf(actor).flatMap((record) => reportsOf(actor, record)),
};

function reportsOf(actor: ActorModel, record: CrossRunRecord): readonly Report[] {
  const { key, saves, restores } = record;
  const [save] = saves;
  return restores.map(({ call }) => ({
    node: call,
    until: call.expression,
    severity: 'warning',
    message: `Each run has a default store of its own, so \`${key}\` of the run before is never here`,
    related: [{ node: save.call.expression, message: 'it is saved in the store of this run only' }],
    fixes: fixesOf(actor, record),
  }));
}

/** A store with a name for each use of the key, where each is a call on the SDK itself that is awaited. */
function fixesOf({ folder }: ActorModel, { saves, restores }: CrossRunRecord): readonly Fix[] {
  const name = storeName(folder.name);
  const changes = [...saves, ...restores].map(({ call }) => changeOf(call, name));
  if (!changes.every((change) => change !== undefined)) return [];
  return [{ id: 'named-store', title: `Keep it in the store \`${name}\``, safe: false, changes: () => changes }];
}

function changeOf(call: Call, name: string): Change | undefined {
  const { expression: callee } = call;
  if (!ts.isAwaitExpression(call.parent) || !ts.isPropertyAccessExpression(callee)) return undefined;
  const sdk = callee.expression;
  if (!ts.isIdentifier(sdk) || !['Actor', 'Apify'].includes(sdk.text)) return undefined;
  const file = call.getSourceFile();
  const { quote } = styleOf(file);
  const open = `(await ${textOf(sdk)}.openKeyValueStore(${quote}${name}${quote}))`;
  return replacement(file, startOf(sdk), sdk.end, open);
}

/** Names of storages have letters, digits and hyphens; one account has one store of a name. */
function storeName(actor: string): string {
  const words = actor.toLowerCase().match(/[a-z0-9]+/gu) ?? ['actor'];
  return [...words, 'runs'].join('-');
}
