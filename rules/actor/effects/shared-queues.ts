import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { ownCallsOf, ownFilesOf } from '../own-code.ts';
import { crawlersOf } from '../regions/crawlers.ts';
import { AccessPaths } from '../../flow/access-paths.ts';
import { operandAt, operandsAt } from '../../flow/arguments.ts';
import { calledMethod, nameOfMember } from '../../flow/call-forms.ts';
import type { Code } from '../../flow/code.ts';
import { destinationsOf } from '../../flow/destinations.ts';
import { mutationsOf } from '../../flow/mutations.ts';
import type { Operand } from '../../flow/operands.ts';
import { mayOverlap } from '../../flow/places.ts';
import { waitsFor } from '../../flow/promises/waits.ts';
import type { Call } from '../../syntax/file-index.ts';
import { visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { isAccess, propertyNameOf } from '../../syntax/operands.ts';

/** A crawler without a queue of its own, and where it is run. */
export interface Crawl {
  readonly run: ts.CallExpression;
  /** Where its end is waited for. */
  readonly end: ts.Node | undefined;
  readonly crawler: Call;
  readonly handlers: readonly FunctionNode[];
}

/** Two crawls on the default queue. */
export interface SharedQueue {
  readonly first: Crawl;
  readonly second: Crawl;
}

/** The calls that run a crawler. */
export function crawlCallsOf({ code }: ActorModel, calls: readonly Call[]): readonly Call[] {
  return calls.filter((call) => code.roleOf(call, 'lifecycle')?.word === 'crawl');
}

/** Each crawl on the default queue with the first one that always comes behind it, and handles its requests in another way. */
export function sharedQueuesOf(actor: ActorModel): readonly SharedQueue[] {
  const crawls = crawlsOf(actor);
  return crawls.flatMap((first) => {
    const second = crawls.find((crawl) => follows(actor.code, crawl, first));
    return second === undefined ? [] : [{ first, second }];
  });
}

function follows({ order }: Code, second: Crawl, first: Crawl): boolean {
  return (
    second.crawler !== first.crawler &&
    first.end !== undefined &&
    order.alwaysRunsBefore(first.end, second.run) &&
    !second.handlers.some((handler) => first.handlers.includes(handler))
  );
}

function crawlsOf(actor: ActorModel): readonly Crawl[] {
  const { code, files } = actor;
  const runs = crawlCallsOf(actor, ownCallsOf(actor)).filter(ts.isCallExpression);
  if (runs.length < 2) return [];
  const handlers = new Map(crawlersOf(code, files).map((crawler) => [crawler.head, crawler.handlers]));
  return runs.flatMap((run) => {
    const [end] = waitsFor(code, run);
    const crawler = crawlerOf(code, run);
    if (crawler === undefined) return [];
    // What cannot be followed may be the same for both.
    const own = handlers.get(crawler) ?? [];
    return own.length > 0 && usesDefaultQueue(actor, crawler) ? [{ run, end, crawler, handlers: own }] : [];
  });
}

/** The one crawler of the SDK that is run. */
function crawlerOf(code: Code, run: ts.CallExpression): Call | undefined {
  const receiver = calledMethod(code, run)?.object;
  const [crawler, ...others] = receiver === undefined ? [] : code.valuesOf(receiver);
  if (crawler === undefined || others.length > 0 || !ts.isNewExpression(crawler)) return undefined;
  return code.roleOf(crawler, 'crawler') === undefined ? undefined : crawler;
}

/** Options that say where a crawler's requests come from. */
const SOURCES = ['requestQueue', 'requestList', 'requestManager', 'requestProvider'];

/** Whether all of a crawler's options are known, and none of them is a queue or a list. */
function usesDefaultQueue(actor: ActorModel, crawler: Call): boolean {
  const { code } = actor;
  const options = operandAt(code, crawler, { index: 0 });
  // A configuration of its own may bring storages of its own.
  if (options === undefined || operandAt(code, crawler, { index: 1 }) !== undefined) return false;
  const isPlain = code.partsOf(options).every((value) => ts.isObjectLiteralExpression(value) && isNamed(value));
  if (!isPlain || SOURCES.some((property) => mayHave(code, crawler, options, property))) return false;
  // What is a crawler and handles no requests is a pool.
  return (
    operandsAt(code, crawler, { index: 0, property: 'requestHandler' }).length > 0 && !isGivenQueue(actor, crawler)
  );
}

/** Whether the code says what all parts of an object are called: a computed name may be a queue. */
function isNamed({ properties }: ts.ObjectLiteralExpression): boolean {
  return properties.every((each) => ts.isSpreadAssignment(each) || propertyNameOf(each.name) !== undefined);
}

function mayHave(code: Code, crawler: Call, { expression, path }: Operand, property: string): boolean {
  if (operandsAt(code, crawler, { index: 0, property }).length > 0) return true;
  return new AccessPaths(code)
    .of(expression, true)
    .flatMap((place) =>
      mutationsOf(code)
        .of(place.binding)
        .filter((each) => !each.isWhole && mayOverlap(each.path, [...place.path, ...path, property])),
    )
    .some(({ path: changed }) => changed.length > 0);
}

/** A queue that is put into the crawler, or asked of it: it may be emptied or changed there, or by who gets the crawler. */
function isGivenQueue(actor: ActorModel, crawler: Call): boolean {
  const { code } = actor;
  const { given, isAll } = destinationsOf(code, crawler);
  if (!isAll || given.length > 0) return true;
  let found = false;
  for (const file of ownFilesOf(actor)) {
    visit(file, (node) => {
      if (found) return false;
      if (isAccess(node) && /[qQ]ueue|requestList|requestManager/u.test(nameOfMember(code, node) ?? 'any queue'))
        found = code.valuesOf(node.expression).includes(crawler);
      if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer !== undefined)
        found = code.valuesOf(node.initializer).includes(crawler);
      return !found;
    });
  }
  return found;
}
