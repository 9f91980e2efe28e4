import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { targetOf } from '../../flow/promises/chains.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { isFunctionNode, unitOf } from '../../syntax/functions.ts';
import { startsOfSdk } from '../effects/init-order.ts';
import { isChangingMethod } from '../../flow/collection-calls.ts';
import type { AutoSaved } from '../effects/persistence.ts';

/** How many calls are followed up to where the code comes from. */
const FURTHEST = 3;

/**
 * Whether the SDK has surely written a state when the code gets to a read, and nothing has changed it since: the end of
 * `crawler.run()` writes every state and waits for that, as long as `Actor.init` has not started the events before it; then it
 * is `Actor.exit()` that waits (Crawlee 3.18.1, `BasicCrawler.teardown`; run with both).
 */
export function isWrittenBefore(read: ts.Node, state: AutoSaved, actor: ActorModel, depth = FURTHEST): boolean {
  const unit = unitOf(read);
  const save = indexOf(unit.getSourceFile()).calls.findLast(
    (call) => ts.isCallExpression(call) && call.end <= read.pos && unitOf(call) === unit && isFinalSave(call, actor),
  );
  if (save !== undefined) return !isChangedBetween(save.end, read, state, actor);
  if (depth === 0 || !isFunctionNode(unit)) return false;
  const callers = actor.code.callersOf(unit);
  return callers.length > 0 && callers.every((call) => isWrittenBefore(call, state, actor, depth - 1));
}

/** `await crawler.run()`, by itself or in a function that is awaited, or an `await Actor.exit({ exit: false })`. */
function isFinalSave(call: ts.CallExpression, actor: ActorModel, depth = FURTHEST): boolean {
  if (!ts.isAwaitExpression(call.parent)) return false;
  const { code } = actor;
  const word = code.roleOf(call, 'lifecycle')?.word;
  if (word === 'crawl') return startsOfSdk(actor).length === 0;
  if (word === 'exit') return call.arguments.some(leavesProcess);
  return (
    depth > 0 &&
    code
      .calledFunctions(call)
      .some((fn) =>
        indexOf(fn.getSourceFile()).calls.some(
          (each) => ts.isCallExpression(each) && unitOf(each) === fn && isFinalSave(each, actor, depth - 1),
        ),
      )
  );
}

function leavesProcess(options: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(options) &&
    options.properties.some(
      (each) =>
        ts.isPropertyAssignment(each) &&
        each.name.getText() === 'exit' &&
        each.initializer.kind === ts.SyntaxKind.FalseKeyword,
    )
  );
}

/** Whether the variable that holds the state is changed behind a place, before the read. */
function isChangedBetween(from: number, read: ts.Node, { call }: AutoSaved, { code }: ActorModel): boolean {
  const value = ts.isAwaitExpression(call.parent) ? call.parent : call;
  const declaration = value.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return false;
  const symbol = code.symbolOf(declaration.name);
  const uses = symbol === undefined ? [] : code.referencesOf(symbol);
  const file = read.getSourceFile();
  return uses.some((use) => use.getSourceFile() === file && use.pos >= from && use.end <= read.pos && isChanged(use));
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
