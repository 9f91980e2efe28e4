import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { targetOf } from '../../flow/promises/chains.ts';
import { waitsFor } from '../../flow/promises/waits.ts';
import { staysAlive } from '../../flow/process-ends.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { outermostAwaited } from '../../syntax/operands.ts';
import { startsOfSdk } from '../effects/init-order.ts';
import { isChangingMethod } from '../../flow/collection-calls.ts';
import type { AutoSaved } from '../effects/persistence.ts';

/**
 * Whether the SDK has surely written a state when the code gets to a read, and nothing has changed it since: the end of
 * `crawler.run()` writes every state and waits for that, as long as `Actor.init` has not started the events before it; then it
 * is `Actor.exit()` that waits (Crawlee 3.18.1, `BasicCrawler.teardown`; run with both).
 */
export function isWrittenBefore(actor: ActorModel, read: ts.Node, state: AutoSaved): boolean {
  const { order } = actor.code;
  const changes = changesOf(actor, state);
  return finalSavesOf(actor)
    .filter((save) => order.alwaysRunsBefore(save, read, { ifNothingFails: true }))
    .some((save) => !changes.some((change) => order.mayRunBetween(save, change, read)));
}

/** Where the code waits for a `crawler.run()`, or for an `Actor.exit({ exit: false })`. */
function finalSavesOf(actor: ActorModel): readonly ts.Node[] {
  const { code, files } = actor;
  return files
    .flatMap((file) => indexOf(file).calls)
    .filter(ts.isCallExpression)
    .filter((call) => {
      const word = code.roleOf(call, 'lifecycle')?.word;
      return word === 'crawl' ? startsOfSdk(actor).length === 0 : word === 'exit' && staysAlive(call);
    })
    .flatMap((call) => waitsFor(code, call));
}

/** Where the variable that holds the state is changed. */
function changesOf({ code }: ActorModel, { call }: AutoSaved): readonly ts.Node[] {
  const declaration = outermostAwaited(call).parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return [];
  const symbol = code.symbolOf(declaration.name);
  return symbol === undefined ? [] : code.referencesOf(symbol).filter(isChanged);
}

/** `state.page += 1`, `state.urls.push(url)` */
function isChanged(use: ts.Node): boolean {
  let place: ts.Node = use;
  while (ts.isPropertyAccessExpression(place.parent) || ts.isElementAccessExpression(place.parent))
    place = place.parent;
  if (targetOf(place.parent) === place) return true;
  const isCalled = ts.isCallExpression(place.parent) && place.parent.expression === place;
  return isCalled && ts.isPropertyAccessExpression(place) && isChangingMethod(place.name.text);
}
