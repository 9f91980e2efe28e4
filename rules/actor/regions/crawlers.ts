import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { baseOf, isFunctionNode } from '../../syntax/functions.ts';
import { methodOf } from '../../syntax/operands.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { argumentAt } from '../../flow/arguments.ts';
import { ANY_ELEMENT } from '../../flow/given-values.ts';
import { roleOf } from '../../sdk/roles.ts';

/** A crawler with all the code that it runs for its requests. */
export interface Crawler {
  /** `new CheerioCrawler(…)`; of handlers whose crawler is not in the program, the router that holds them. */
  readonly head: ts.Node;
  readonly handlers: readonly FunctionNode[];
}

/** The crawlers of a program with their handlers and hooks, those that a router holds among them. */
export function crawlersOf(code: Code, files: readonly ts.SourceFile[]): readonly Crawler[] {
  const calls = files.flatMap((file) => indexOf(file).calls);
  const routed = routedHandlers(code, calls);
  const crawlers = calls
    .filter((call) => ts.isNewExpression(call) && isCrawler(code, call))
    .map((call) => {
      const values = handlerValues(code, call);
      const own = values.filter(isFunctionNode);
      const routers = values.filter((value) => routed.has(value));
      return { head: call, handlers: [...own, ...routers.flatMap((router) => routed.get(router) ?? [])], routers };
    });
  const taken = new Set(crawlers.flatMap(({ routers }) => routers));
  const left = [...routed].filter(([router]) => !taken.has(router));
  // With one crawler only, a router that could not be followed to it is its all the same.
  const [only] = crawlers;
  if (crawlers.length === 1 && only !== undefined) {
    return [
      { head: only.head, handlers: [...new Set([...only.handlers, ...left.flatMap(([, handlers]) => handlers)])] },
    ];
  }
  const orphans = left.map(([router, handlers]) => ({ head: router, handlers }));
  return [...crawlers, ...orphans].map(({ head, handlers }) => ({ head, handlers: [...new Set(handlers)] }));
}

/** Whether `new X` makes a crawler of the SDK, or of a class that extends one. */
function isCrawler(code: Code, call: Call): boolean {
  return code.roleOf(call, 'crawler') !== undefined || baseRoles(code, call);
}

function baseRoles(code: Code, call: Call): boolean {
  return code.valuesOf(call.expression).some((value) => {
    if (!ts.isClassLike(value)) return false;
    const base = baseOf(value);
    return base !== undefined && code.valuesOf(base).some((each) => roleOf(each, 'crawler') !== undefined);
  });
}

/** What the options of a crawler give for its handlers and hooks: functions, routers. */
function handlerValues(code: Code, call: Call): readonly ts.Node[] {
  const names = handlerOptions(code, call);
  return (call.arguments ?? []).flatMap((expression) =>
    names.flatMap((name) =>
      code
        .partsOf({ expression, path: [name] })
        .flatMap((value) =>
          ts.isArrayLiteralExpression(value) ? code.partsOf({ expression: value, path: [ANY_ELEMENT] }) : [value],
        ),
    ),
  );
}

/** The options that hold what a crawler calls, by the table's word for them. */
function handlerOptions(code: Code, call: Call): readonly string[] {
  const signature = code.checker.getResolvedSignature(call);
  const [options] = signature?.getParameters() ?? [];
  const type = options && code.checker.getTypeOfSymbolAtLocation(options, call);
  const properties = type === undefined ? [] : code.checker.getNonNullableType(type).getProperties();
  const declared = properties.filter(({ declarations = [] }) =>
    declarations.some((each) => roleOf(each, 'handler') !== undefined),
  );
  return [...new Set([...declared.map(({ name }) => name), ...HANDLER_OPTIONS])];
}

/** For a class of the project's own that hands its options on to a crawler of the SDK. */
const HANDLER_OPTIONS = [
  'requestHandler',
  'failedRequestHandler',
  'errorHandler',
  'handlePageFunction',
  'handleRequestFunction',
  'handleFailedRequestFunction',
  'preNavigationHooks',
  'postNavigationHooks',
];

/** Handlers by the router that holds them: the value that `createCheerioRouter()` or `Router.create()` gave. */
function routedHandlers(code: Code, calls: readonly Call[]): ReadonlyMap<ts.Node, readonly FunctionNode[]> {
  const handlers = new Map<ts.Node, FunctionNode[]>();
  const add = (router: ts.Node, functions: readonly FunctionNode[]): void => {
    handlers.set(router, [...(handlers.get(router) ?? []), ...functions]);
  };
  for (const call of calls) {
    const role = code.roleOf(call, 'handler');
    if (role?.of !== 'router') continue;
    const given = argumentAt(code, call, role.callback);
    const method = methodOf(call);
    if (given !== undefined && method !== undefined) {
      for (const router of code.valuesOf(method.object)) add(router, code.functionsOf(given));
    }
    const table = argumentAt(code, call, role.callbacks);
    const routes = table === undefined ? [] : code.valuesOf(table).filter(ts.isObjectLiteralExpression);
    add(
      call,
      routes.flatMap((route) => functionsOfTable(code, route)),
    );
  }
  return handlers;
}

function functionsOfTable(code: Code, table: ts.ObjectLiteralExpression): readonly FunctionNode[] {
  return table.properties.flatMap((property) => {
    if (ts.isMethodDeclaration(property)) return [property];
    if (ts.isPropertyAssignment(property)) return code.functionsOf(property.initializer);
    return ts.isShorthandPropertyAssignment(property) ? code.functionsOf(property.name) : [];
  });
}
