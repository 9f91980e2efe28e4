import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { calledMethod } from '../../flow/call-forms.ts';
import { destinationsOf } from '../../flow/destinations.ts';
import type { Destination } from '../../flow/destinations.ts';
import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import { BeforeInit, startsOfSdk } from './init-order.ts';
import type { Effect } from './places.ts';

/**
 * Whether a storage serves on a developer's computer alone: it is given to nothing but the start of the SDK, or to the
 * configuration of all before that, and on the platform the start puts the run's own storages in its place (SDK 3.1 to 3.7.2,
 * `Actor.init`; run with both).
 */
export function isReplacedOnPlatform(actor: ActorModel, { made, path }: Effect): boolean {
  const { given, isAll } = destinationsOf(actor.code, made, path);
  return isAll && given.length > 0 && given.every((each) => isOnlyForStart(actor, each));
}

function isOnlyForStart(actor: ActorModel, { call, index, path }: Destination): boolean {
  const client = actor.code.roleOf(call, 'storage')?.client;
  const way = client?.property === undefined ? [] : [client.property];
  if (client?.index !== index || path.join('.') !== way.join('.')) return false;
  return (
    startsOfSdk(actor).includes(call) || (new BeforeInit(actor).has(call) && !isOfOwnConfiguration(actor.code, call))
  );
}

/** `configuration.useStorageClient(…)` of a configuration that the Actor has made, and that the start does not know. */
function isOfOwnConfiguration(code: Code, call: Call): boolean {
  const method = calledMethod(code, call);
  return method !== undefined && code.valuesOf(method.object).some(ts.isNewExpression);
}
