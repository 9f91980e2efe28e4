import { ts } from 'ts-morph';

import { replacement, startOf, textOf } from '../../fixes/changes.ts';
import type { Change, Fix } from '../../fixes/changes.ts';
import { styleOf } from '../../fixes/file-style.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { CrossRunRecord } from '../../actor/keys/cross-run-records.ts';
import type { Call } from '../../syntax/file-index.ts';

/** A store with a name for each use of the key, where each is a call on the SDK itself that is awaited. */
export function fixesOf({ folder }: ActorModel, { saves, restores }: CrossRunRecord): readonly Fix[] {
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
