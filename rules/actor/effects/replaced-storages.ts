import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { argumentAt } from '../../flow/arguments.ts';
import type { Call } from '../../syntax/file-index.ts';
import { bare } from '../../syntax/operands.ts';
import { BeforeInit, startsOfSdk } from './init-order.ts';

/**
 * Whether a storage serves on a developer's computer alone: it is given to nothing but the start of the SDK, or to the
 * configuration of all before that, and on the platform the start puts the run's own storages in its place (SDK 3.1 to 3.7.2,
 * `Actor.init`; run with both).
 */
export function isReplacedOnPlatform(actor: ActorModel, made: Call): boolean {
  const places = placesOf(actor, made);
  return places.length > 0 && places.every((place) => isOnlyForStart(actor, place));
}

/** Where a storage is used: where it is made, or where its variable is named. */
function placesOf({ code }: ActorModel, made: Call): readonly ts.Node[] {
  const { parent } = made;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return [made];
  const symbol = code.symbolOf(parent.name);
  const names = symbol === undefined ? [] : code.referencesOf(symbol);
  return names.filter(
    ({ parent: user }) => user !== parent && !ts.isImportSpecifier(user) && !ts.isExportSpecifier(user),
  );
}

function isOnlyForStart(actor: ActorModel, place: ts.Node): boolean {
  const call = ts.findAncestor(place, (node) => ts.isCallExpression(node) && node !== place);
  if (call === undefined || !ts.isCallExpression(call)) return false;
  const given = argumentAt(actor.code, call, actor.code.roleOf(call, 'storage')?.client);
  if (given === undefined || bare(given) !== place) return false;
  return startsOfSdk(actor).includes(call) || (new BeforeInit(actor).has(call) && !isOfOwnConfiguration(actor, call));
}

/** `configuration.useStorageClient(…)` of a configuration that the Actor has made, and that the start does not know. */
function isOfOwnConfiguration({ code }: ActorModel, { expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && code.valuesOf(expression.expression).some(ts.isNewExpression);
}
