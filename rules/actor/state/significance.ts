import { ts } from 'ts-morph';

import { predicateGuardsOf } from '../effects/predicate-guards.ts';
import type { Binding } from '../../flow/bindings.ts';
import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import { exitStatusAt } from '../effects/exit-status.ts';
import { isFunctionNode, isWithin, unitOf } from '../../syntax/functions.ts';
import { guardedBy } from '../effects/guarded-effects.ts';
import type { Guarded } from '../effects/guarded-effects.ts';
import type { Persistence, Save } from '../effects/persistence.ts';
import type { Region } from '../regions/regions.ts';
import { usesOf } from '../../flow/value-uses.ts';
import type { WorkKinds } from '../effects/work.ts';

/** Why a binding matters. Empty in all parts: it is only logged, or only saves time. */
export interface Significance {
  /** Uses in conditions of the region that decide whether work is done. */
  readonly decides: ReadonlySet<Guarded>;
  /** Writes that carry its value. */
  readonly output: readonly Call[];
  /** Exits after the region whose status depends on it. */
  readonly exitStatus: readonly ts.Node[];
  /** Slow calls that get it as an argument: it says where the work is. */
  readonly position: readonly Call[];
}

/**
 * Looks at every use of a binding for what depends on it.
 *
 * @param part only what depends on this property of its value
 */
export function significanceOf(
  code: Code,
  binding: Binding,
  region: Region,
  persistence: Persistence,
  work: WorkKinds,
  part: readonly string[] = [],
): Significance {
  const writes = persistence.saves.filter(({ store }) => store !== 'charge');
  const items = persistence.saves.filter(({ store }) => store === 'dataset');
  const becomesItems = (list: ts.Symbol): boolean => usesOf(code, list).some((use) => isWritten(use, items));
  const decides = new Set<Guarded>();
  const output = new Set<Call>();
  const exitStatus = new Set<ts.Node>();
  const position = new Set<Call>();
  const uses = usesOf(code, binding.symbol, part);
  const search = { code, work, becomesItems };
  for (const use of [...uses, ...predicateGuardsOf(code, uses)].filter((each) => isInRegion(each, region))) {
    for (const guarded of guardedBy(use, binding, search)) decides.add(guarded);
  }
  for (const use of uses) {
    if (use === ts.getNameOfDeclaration(binding.declaration)) continue;
    const write = enclosingCall(use, (call, argument) =>
      writes.some((save) => save.path.includes(call) && isPutInto(use, argument, save)),
    );
    const crawl = enclosingCall(use, (call) => takesRequests(code, call));
    if (write !== undefined) output.add(write);
    if (crawl !== undefined) output.add(crawl);
    if (!isInRegion(use, region)) {
      for (const each of writesForEach(use, writes)) output.add(each.call);
      const exit = exitStatusAt(code, use);
      if (exit !== undefined) exitStatus.add(exit);
      continue;
    }
    const slow = enclosingCall(
      use,
      (call) => work.of(call) === 'slow' || (isAwaited(call) && work.of(call) === 'unknown'),
    );
    if (slow !== undefined) position.add(slow);
  }
  return { decides, output: [...output], exitStatus: [...exitStatus], position: [...position] };
}

/** `crawler.run(urls)`, `RequestList.open(name, urls)` */
function takesRequests(code: Code, call: Call): boolean {
  return code
    .rolesOf(call)
    .some(
      (role) =>
        (role.kind === 'lifecycle' && role.word === 'crawl') || (role.kind === 'open' && role.store === 'request-list'),
    );
}

/** Whether a use in an argument of a call goes into what it writes. */
function isPutInto(use: ts.Node, argument: ts.Node, { parts }: Save): boolean {
  return parts.some((each) => isWithin(argument, each) || (isWithin(use, each) && isWithin(each, argument)));
}

/** The writes that a loop over a value does: `for (const url of urls) await scrape(url)`. */
function writesForEach(use: ts.Node, writes: readonly Save[]): readonly Save[] {
  let node = use;
  while (ts.isExpression(node.parent)) node = node.parent;
  const loop = node.parent;
  if (!ts.isForOfStatement(loop) || loop.expression !== node) return [];
  return writes.filter((write) => write.path.some((call) => isWithin(call, loop.statement)));
}

function isWritten(use: ts.Node, saves: readonly Save[]): boolean {
  return saves.some(({ parts }) => parts.some((part) => isWithin(use, part)));
}

export function isInRegion(node: ts.Node, region: Region): boolean {
  return region.bodies.some((body) => isWithin(node, body)) || region.units.has(unitOf(node));
}

/** `await f()`, and `await f().then(…)`. */
function isAwaited(call: Call): boolean {
  let node: ts.Node = call;
  while (ts.isPropertyAccessExpression(node.parent) && ts.isCallExpression(node.parent.parent))
    node = node.parent.parent;
  return ts.isAwaitExpression(node.parent);
}

/** The nearest call around a use, as an argument of it, for which the test holds. Ends at the statement. */
function enclosingCall(use: ts.Node, test: (call: Call, argument: ts.Node) => boolean): Call | undefined {
  let node: ts.Node = use;
  while (!ts.isStatement(node.parent) && !ts.isSourceFile(node.parent)) {
    const { parent } = node;
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node && test(parent, node))
      return parent;
    if (isFunctionNode(parent)) return undefined;
    node = parent;
  }
  return undefined;
}
