import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';

/** Whether the SDK is `apify` of at least this version. */
function isAtLeast({ folder: { sdk } }: ActorModel, major: number, minor: number): boolean {
  if (sdk?.package !== 'apify' || sdk.version === undefined) return false;
  const [ownMajor = 0, ownMinor = 0] = sdk.version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/**
 * Whether the SDK has automatic reboots and graceful aborts: from 3.7.0 on. It calls the `migrating` and `persistState`
 * listeners a second time, waits for them and reboots the run; on `aborting` it exits (facts 1.3, 1.4).
 */
export function hasGracefulShutdown(actor: ActorModel): boolean {
  return isAtLeast(actor, 3, 7);
}

/** As `hasGracefulShutdown`, and no option of `Actor.init` or `Actor.main` turns it off, or may do so. */
export function shutsDownGracefully(actor: ActorModel): boolean {
  if (!hasGracefulShutdown(actor)) return false;
  return !actor.files.flatMap((file) => indexOf(file).calls).some((call) => mayTurnOff(actor, call));
}

/**
 * Whether the process works on once its listeners are called, until it is killed some seconds later: the SDK is known to be
 * one that does not reboot the run by itself (facts 1.3).
 */
export function worksOnAfterListeners(actor: ActorModel): boolean {
  const { sdk } = actor.folder;
  if (sdk?.package !== 'apify' || sdk.generation === undefined) return false;
  return sdk.generation < 3 || (sdk.version !== undefined && !shutsDownGracefully(actor));
}

function mayTurnOff({ code }: ActorModel, call: Call): boolean {
  const role = code.roleOf(call, 'lifecycle');
  if (role?.word !== 'init' && role?.word !== 'main') return false;
  const options = call.arguments?.[role.word === 'init' ? 0 : 1];
  if (options === undefined) return false;
  if (!ts.isObjectLiteralExpression(options)) return true;
  return options.properties.some(
    (property) => ts.isSpreadAssignment(property) || property.name?.getText() === 'gracefulShutdown',
  );
}
