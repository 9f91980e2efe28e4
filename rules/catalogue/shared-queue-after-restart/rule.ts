import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import type { Code } from '../../flow/code.ts';
import { waitsFor } from '../../flow/promises/waits.ts';
import { crawlersOf } from '../../actor/regions/crawlers.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { awaited, outermost } from '../../syntax/operands.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Report, Rule } from '../rule.ts';
import { ownQueueFixes } from './fixes.ts';

/** A crawler without a queue of its own, and where it is run. */
interface Crawl {
  readonly run: ts.CallExpression;
  /** Where its end is waited for. */
  readonly end: ts.Node | undefined;
  readonly crawler: Call;
  readonly handlers: readonly FunctionNode[];
}

/** Two crawlers that are run one after the other on the default queue, which a restart gives to the first. */
export const sharedQueueAfterRestart: Rule = {
  id: 'shared-queue-after-restart',
  group: 'restores',
  summary: "Two crawlers run one after the other on one queue: after a restart the first takes the second's requests.",
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) => (isResumed(actor) ? reportsOf(actor) : []),
};

/** The SDK 0 to 2 have no default queue for a crawler, and Crawlee alone empties its own at the next start. */
function isResumed({ folder: { sdk } }: ActorModel): boolean {
  return sdk?.package === 'apify' && sdk.generation === 3;
}

function reportsOf(actor: ActorModel): readonly Report[] {
  const crawls = crawlsOf(actor);
  return crawls.flatMap((first) => {
    const second = crawls.find((crawl) => follows(actor.code, crawl, first));
    return second === undefined ? [] : [reportOf(actor, first, second)];
  });
}

function reportOf(actor: ActorModel, first: Crawl, second: Crawl): Report {
  return {
    node: second.run,
    until: second.run.expression,
    severity: 'warning',
    message:
      "This crawler uses the same queue as the one before it: after a migration the first is run again, and handles this one's requests",
    related: [{ node: first.run, message: 'is run again after a migration, on the same queue' }],
    fixes: ownQueueFixes(actor, second.crawler, second.run),
  };
}

/** Whether one run always comes before the other, which handles its requests in another way. */
function follows({ order }: Code, second: Crawl, first: Crawl): boolean {
  return (
    second.crawler !== first.crawler &&
    first.end !== undefined &&
    order.alwaysRunsBefore(first.end, second.run) &&
    !second.handlers.some((handler) => first.handlers.includes(handler))
  );
}

function crawlsOf({ files, code, folder }: ActorModel): readonly Crawl[] {
  const runs = files
    .filter(({ fileName }) => !isTestFile(fileName, folder.root))
    .flatMap((file) => indexOf(file).callsByName.get('run') ?? [])
    .filter(ts.isCallExpression)
    .filter((call) => code.roleOf(call, 'lifecycle')?.word === 'crawl');
  if (runs.length < 2) return [];
  const handlers = new Map(crawlersOf(code, files).map((crawler) => [crawler.head, crawler.handlers]));
  return runs.flatMap((run) => {
    const [end] = waitsFor(code, run);
    const crawler = crawlerOf(code, run);
    if (crawler === undefined) return [];
    // What cannot be followed may be the same for both.
    const own = handlers.get(crawler) ?? [];
    return own.length > 0 && usesDefaultQueue(code, crawler) ? [{ run, end, crawler, handlers: own }] : [];
  });
}

/** The one crawler of the SDK that is run. */
function crawlerOf(code: Code, run: ts.CallExpression): Call | undefined {
  const callee = awaited(run.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const [crawler, ...others] = code.valuesOf(callee.expression);
  if (crawler === undefined || others.length > 0 || !ts.isNewExpression(crawler)) return undefined;
  return code.roleOf(crawler, 'crawler') === undefined ? undefined : crawler;
}

/** Options that say where a crawler's requests come from. */
const SOURCES = /^request(?:Queue|List|Manager|Provider)$/u;

/** Whether all of a crawler's options are written out, and none of them is a queue or a list. */
function usesDefaultQueue(code: Code, crawler: Call): boolean {
  const [options, configuration] = crawler.arguments ?? [];
  // A configuration of its own may bring storages of its own.
  if (options === undefined || configuration !== undefined) return false;
  const literals = code.valuesOf(options);
  const isPlain = literals.length === 1 && literals.every((each) => isPlainOptions(each));
  return isPlain && !isGivenQueue(code, crawler);
}

function isPlainOptions(options: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(options)) return false;
  const names = options.properties.map(({ name }) => (name !== undefined && ts.isIdentifier(name) ? name.text : ''));
  // A spread or a computed name may be a queue. What is a crawler and handles no requests is a pool.
  return names.includes('requestHandler') && names.every((name) => name !== '' && !SOURCES.test(name));
}

/** A queue that is put into the crawler, or asked of it: it may be emptied or changed there. */
function isGivenQueue(code: Code, crawler: Call): boolean {
  const holder = holderOf(crawler);
  const symbol = holder && code.symbolOf(holder);
  if (holder === undefined || symbol === undefined) return true;
  return code.referencesOf(symbol).some((use) => {
    if (use === holder || ts.isPropertyDeclaration(use.parent)) return false;
    const isField = ts.isPropertyAccessExpression(use.parent) && use.parent.name === use;
    const access = outermost(isField ? use.parent : use).parent;
    if (!ts.isPropertyAccessExpression(access)) return !ts.isImportSpecifier(access) && !ts.isExportSpecifier(access);
    return /[qQ]ueue|requestList|requestManager/u.test(access.name.text);
  });
}

/** The name of the variable or the field that a crawler is put into as it is made. */
function holderOf(crawler: Call): ts.Node | undefined {
  const { parent } = outermost(crawler);
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name : undefined;
  if (ts.isPropertyDeclaration(parent)) return parent.name;
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isAssigned && ts.isPropertyAccessExpression(parent.left) ? parent.left.name : undefined;
}
