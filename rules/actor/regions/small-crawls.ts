import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { functionAround } from '../../syntax/functions.ts';

/** As many requests as someone writes into the code by hand: they are soon done again. */
const SMALL = 20;

/**
 * Whether all that a program crawls stands in its code: a few requests, none of them found on the way.
 * Such a crawl is over before a migration is likely, as a loop over a short literal list is.
 */
export function isSmallCrawl(code: Code, files: readonly ts.SourceFile[]): boolean {
  let requests = 0;
  for (const call of files.flatMap((file) => indexOf(file).calls)) {
    const sources = requestSources(code, call);
    if (sources === undefined) continue;
    if (isRepeated(code, call, new Set())) return false;
    const count = sources.reduce((sum, source) => sum + (countOf(code, source) ?? Number.POSITIVE_INFINITY), 0);
    requests += sources.length === 0 ? Number.POSITIVE_INFINITY : count;
  }
  return requests > 0 && requests <= SMALL;
}

/** What a call gives a crawler to do; `undefined` for a call that gives nothing, empty for requests that are found. */
function requestSources(code: Code, call: Call): readonly ts.Expression[] | undefined {
  const [first, second] = call.arguments ?? [];
  for (const role of code.rolesOf(call)) {
    if (role.kind === 'write' && role.store === 'request-queue') {
      return role.value === undefined || first === undefined ? [] : [first];
    }
    if (role.kind === 'lifecycle' && role.word === 'crawl' && first !== undefined) return [first];
    if (role.kind === 'open' && role.store === 'request-list') return second === undefined ? [] : [second];
    if (role.kind === 'owner' && role.of === 'request-list') return [];
  }
  return undefined;
}

function countOf(code: Code, source: ts.Expression): number | undefined {
  const counts = code.valuesOf(source).map((value) => {
    if (ts.isArrayLiteralExpression(value)) {
      return value.elements.some((element) => ts.isSpreadElement(element)) || value.elements.length === 0
        ? undefined
        : value.elements.length;
    }
    return ts.isObjectLiteralExpression(value) || ts.isStringLiteralLike(value) ? 1 : undefined;
  });
  return counts.includes(undefined) ? undefined : Math.max(0, ...counts.map((count) => count ?? 0));
}

/** In a loop, or in a callback of anything but the program's main function, or in a function that is called there. */
function isRepeated(code: Code, call: Call, seen: Set<ts.Node>): boolean {
  let node: ts.Node = call;
  for (;;) {
    const { parent } = node;
    if (ts.isSourceFile(parent)) return false;
    if (ts.isIterationStatement(parent, false)) return true;
    const fn = functionAround(node);
    if (fn === parent && ts.isCallExpression(fn.parent) && !isMain(fn.parent)) return true;
    if (fn === parent && !seen.has(fn)) {
      seen.add(fn);
      if (code.callersOf(fn).some((caller) => isRepeated(code, caller, seen))) return true;
    }
    node = parent;
  }
}

function isMain(call: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'main';
}
