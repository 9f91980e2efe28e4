import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { crawlersOf } from '../regions/crawlers.ts';
import { isProcessExit } from '../../flow/process-ends.ts';
import { indexOf } from '../../syntax/file-index.ts';
import { unitOf } from '../../syntax/functions.ts';
import type { Unit } from '../../syntax/functions.ts';
import { isTestFile } from '../../workspace/source-files.ts';
import type { Code } from '../../flow/code.ts';
import { isErrorLog } from '../../flow/logs.ts';

/** A `process.exit()` that cuts what the Actor is doing, or what the SDK was to save. */
export type HardExit =
  /** Run for a request, while the crawler handles others. */
  | { readonly call: ts.CallExpression; readonly cuts: 'requests'; readonly crawler: ts.Node }
  /** At the end of work that changed a state which the SDK saves each minute, and at `Actor.exit()`. */
  | { readonly call: ts.CallExpression; readonly cuts: 'state'; readonly state: ts.Node };

/** The hard exits of an Actor's program. An exit that comes before any work, or in a handler of errors or signals, is none. */
export function hardExitsOf(actor: ActorModel): readonly HardExit[] {
  const exits = actor.files
    .filter(({ fileName }) => !isTestFile(fileName, actor.folder.root))
    .flatMap((file) => indexOf(file).calls)
    .filter(ts.isCallExpression)
    .filter((call) => isProcessExit(actor.code, call) && !isGivenUp(actor.code, call));
  if (exits.length === 0) return [];
  const crawlers = crawlersOf(actor.code, actor.files).map(({ head, handlers }) => ({
    head,
    units: new Set<Unit>([...handlers, ...actor.reach.from(handlers)]),
  }));
  return exits.flatMap((call): readonly HardExit[] => {
    const unit = unitOf(call);
    const crawler = crawlers.find(({ units }) => units.has(unit));
    if (crawler !== undefined) return [{ call, cuts: 'requests', crawler: crawler.head }];
    const state = stateBefore(actor, call);
    return state === undefined ? [] : [{ call, cuts: 'state', state }];
  });
}

/** Right behind the log of an error: the Actor cannot go on, and says so. It may as well stop at once. */
function isGivenUp(code: Code, exit: ts.CallExpression): boolean {
  const { parent: statement } = exit;
  const block = statement.parent;
  if (!ts.isExpressionStatement(statement) || !ts.isBlock(block)) return false;
  const before = block.statements[block.statements.indexOf(statement) - 1];
  if (before === undefined || !ts.isExpressionStatement(before) || !ts.isCallExpression(before.expression))
    return false;
  return isErrorLog(code, before.expression);
}

/** A `useState` with long-running work between it and the exit. */
function stateBefore({ code, persistence, regions }: ActorModel, exit: ts.CallExpression): ts.Node | undefined {
  const decisions = code.graphAround(exit).controlDependences(exit, { transitive: true });
  if (decisions.some(({ outcome }) => outcome === 'fails')) return undefined;
  const heads = regions.map(({ region }) => region.head).filter((head) => code.order.alwaysRunsBefore(head, exit));
  return persistence.autoSaved
    .map(({ call }) => call)
    .find((state) => heads.some((head) => code.order.alwaysRunsBefore(state, head)));
}
