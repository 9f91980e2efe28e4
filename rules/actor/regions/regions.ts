import { ts } from 'ts-morph';

import { crawlersOf } from './crawlers.ts';
import { argumentAt } from '../../flow/arguments.ts';
import { calledMethod } from '../../flow/call-forms.ts';
import type { Code } from '../../flow/code.ts';
import { isInterval } from '../../flow/intervals.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { functionAround, isAsync, isFunctionNode, isWithin, unitOf, visitUnit } from '../../syntax/functions.ts';
import { awaited, bare, isAccess } from '../../syntax/operands.ts';
import type { FunctionNode, Unit } from '../../syntax/functions.ts';
import type { CallGraph } from '../../flow/call-graph.ts';
import { isServerMethod } from '../../sdk/servers.ts';
import { isSmallCrawl } from './small-crawls.ts';
import { isSmallBound } from '../../flow/small-loops.ts';

export type RegionKind = 'loop' | 'request handlers' | 'timer' | 'recursion' | 'each item' | 'server';

/** Code that runs again and again once the Actor has started. */
export interface Region {
  readonly kind: RegionKind;
  /** The loop, the crawler or the call that makes the code run again: where a finding about the region stands. */
  readonly head: ts.Node;
  /** What runs again, as it stands in the text. */
  readonly bodies: readonly ts.Node[];
  /** The functions that the bodies run, at any depth, and the bodies that are functions. */
  readonly units: ReadonlySet<Unit>;
}

/**
 * The long-running regions of a program, outermost only: a loop inside a request handler belongs to its request.
 *
 * @param files the program; only what its modules' top levels reach is looked at
 */
export function regionsOf(code: Code, files: readonly ts.SourceFile[], reach: CallGraph): readonly Region[] {
  const live = reach.from(files);
  const isLive = (node: ts.Node): boolean => {
    const unit = unitOf(node);
    return ts.isSourceFile(unit) || live.has(unit);
  };
  const crawls = crawlerRegions(code, files, reach);
  const candidates = [
    ...crawls,
    ...files.flatMap((file) => [
      ...indexOf(file).loops.flatMap((loop) => loopRegion(code, loop, reach)),
      ...indexOf(file).calls.flatMap((call) => callbackRegion(code, call, reach)),
      ...indexOf(file).functions.flatMap((fn) => recursionRegion(code, fn, reach)),
    ]),
  ].filter(({ head }) => isLive(head));
  const outermost = candidates.filter((region, at) =>
    candidates.every((other, place) => other === region || !runs(other, region) || (runs(region, other) && at < place)),
  );
  // A crawl that is soon done is no region, nor is what its handlers do for one request.
  return isSmallCrawl(code, files) ? outermost.filter((region) => !crawls.includes(region)) : outermost;
}

/** Whether one region's code runs the other region as a part of itself. */
function runs(outer: Region, inner: Region): boolean {
  return outer.bodies.some((body) => isWithin(inner.head, body)) || outer.units.has(unitOf(inner.head));
}

function crawlerRegions(code: Code, files: readonly ts.SourceFile[], reach: CallGraph): readonly Region[] {
  return crawlersOf(code, files).map(({ head, handlers }) => ({
    kind: 'request handlers' as const,
    head,
    bodies: handlers,
    units: new Set<Unit>([...handlers, ...reach.from(handlers)]),
  }));
}

function loopRegion(code: Code, loop: ts.IterationStatement, reach: CallGraph): readonly Region[] {
  if (!awaitsInside(loop) || isSmallBound(code, loop)) return [];
  const bodies: readonly ts.Node[] = ts.isForStatement(loop)
    ? [loop.condition, loop.incrementor, loop.statement].filter((part) => part !== undefined)
    : ts.isForOfStatement(loop) || ts.isForInStatement(loop)
      ? [loop.statement]
      : ts.isWhileStatement(loop) || ts.isDoStatement(loop)
        ? [loop.expression, loop.statement]
        : [loop.statement];
  return [{ kind: 'loop', head: loop, bodies, units: reach.from(bodies) }];
}

function awaitsInside(loop: ts.IterationStatement): boolean {
  if (ts.isForOfStatement(loop) && loop.awaitModifier !== undefined) return true;
  let awaits = false;
  visitUnit(loop.statement, (node) => {
    awaits ||= ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
  });
  return awaits;
}

/** Callbacks that run for each item, at each tick or for each call of a server. */
function callbackRegion(code: Code, call: Call, reach: CallGraph): readonly Region[] {
  const found = repeatedCallbacks(code, call);
  if (found === undefined || found.callbacks.length === 0) return [];
  const { kind, callbacks } = found;
  return [{ kind, head: call, bodies: callbacks, units: new Set<Unit>([...callbacks, ...reach.from(callbacks)]) }];
}

function repeatedCallbacks(
  code: Code,
  call: Call,
): { readonly kind: RegionKind; readonly callbacks: readonly FunctionNode[] } | undefined {
  const iterates = code.roleOf(call, 'iterates');
  if (iterates !== undefined) {
    return { kind: 'each item', callbacks: functionsAt(code, call, iterates.callback?.index ?? 0) };
  }
  const called = calledMethod(code, call);
  const callee = bare(call.expression);
  const method = called?.name ?? (ts.isIdentifier(callee) ? callee.text : '');
  if (isInterval(code, call)) return { kind: 'timer', callbacks: functionsAt(code, call, 0) };
  if (isItemMap(method, called?.object))
    return { kind: 'each item', callbacks: functionsAt(code, call, 0).filter(isAsync) };
  if (isPoolCall(method)) return { kind: 'each item', callbacks: functionsAt(code, call, 1).filter(isAsync) };
  if (
    isServerMethod(method) &&
    code.calleesOf(call).every((each) => !isFunctionNode(each)) &&
    code.rolesOf(call).length === 0
  ) {
    const callbacks = (call.arguments ?? []).flatMap((argument) => inlineOrNamed(code, argument));
    return { kind: 'server', callbacks };
  }
  return undefined;
}

function functionsAt(code: Code, call: Call, position: number): readonly FunctionNode[] {
  const argument = argumentAt(code, call, { index: position });
  return argument === undefined ? [] : code.functionsOf(argument);
}

function inlineOrNamed(code: Code, argument: ts.Expression): readonly FunctionNode[] {
  if (isFunctionNode(argument)) return [argument];
  return ts.isIdentifier(argument) || isAccess(argument) ? code.functionsOf(argument) : [];
}

/** `xs.map(async …)`: each call starts at once, or in the batches of whoever awaits the promises. */
function isItemMap(method: string, object: ts.Expression | undefined): boolean {
  const isMap = object !== undefined && (method === 'map' || method === 'forEach');
  return isMap && !ts.isArrayLiteralExpression(awaited(object));
}

/** p-map and its kin: the list first, then the function for each item. */
function isPoolCall(method: string): boolean {
  return /^(?:pMap|pEachSeries|pMapSeries|asyncPool|eachLimit|mapLimit|eachOfLimit|mapSeries|eachSeries|each_series)$/u.test(
    method,
  );
}

/** A function that calls itself once something has been waited for, at any depth: a loop in other words. */
function recursionRegion(code: Code, fn: FunctionNode, reach: CallGraph): readonly Region[] {
  if (ts.isConstructorDeclaration(fn) || !isCalledAgain(code, fn)) return [];
  return [{ kind: 'recursion', head: fn, bodies: [fn], units: reach.from([fn]) }];
}

/** Whether a call of the function stands in the function: in an async part of it, or in what follows a promise. */
function isCalledAgain(code: Code, fn: FunctionNode): boolean {
  return code.callersOf(fn).some((call) => {
    let waits = false;
    for (let around = functionAround(call); around !== undefined; around = functionAround(around)) {
      waits ||= isAsync(around) || follows(around);
      if (around === fn) return waits;
    }
    return false;
  });
}

/** The callback of `.then`, `.catch` or `.finally`. */
function follows(fn: FunctionNode): boolean {
  const callee = ts.isCallExpression(fn.parent) ? fn.parent.expression : undefined;
  return (
    callee !== undefined && ts.isPropertyAccessExpression(callee) && /^(?:then|catch|finally)$/u.test(callee.name.text)
  );
}
