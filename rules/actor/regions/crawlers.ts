import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isFunctionNode } from '../../syntax/functions.ts';
import { awaited, bare } from '../../syntax/operands.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { argumentAt } from '../../flow/arguments.ts';
import { roleOf } from '../../sdk/roles.ts';

/** A crawler with all the code that it runs for its requests. */
export interface Crawler {
  /** `new CheerioCrawler(…)`; of handlers whose crawler is not in the program, the router that holds them. */
  readonly head: ts.Node;
  readonly handlers: readonly FunctionNode[];
}

/** The crawlers of a program with their handlers and hooks, those that a router holds among them. */
export function crawlersOf(files: readonly ts.SourceFile[], code: Code): readonly Crawler[] {
  const calls = files.flatMap((file) => indexOf(file).calls);
  const routed = routedHandlers(calls, code);
  const crawlers = calls
    .filter((call) => ts.isNewExpression(call) && isCrawler(call, code))
    .map((call) => {
      const values = handlerValues(call, code);
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
function isCrawler(call: Call, code: Code): boolean {
  return code.roleOf(call, 'crawler') !== undefined || baseRoles(call, code);
}

function baseRoles(call: Call, code: Code): boolean {
  return code.valuesOf(call.expression).some((value) => {
    if (!ts.isClassLike(value)) return false;
    const base = value.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
      ?.expression;
    return base !== undefined && code.valuesOf(base).some((each) => roleOf(each, 'crawler') !== undefined);
  });
}

/** What the options of a crawler give for its handlers and hooks: functions, routers. */
function handlerValues(call: Call, code: Code): readonly ts.Node[] {
  const options = (call.arguments ?? [])
    .flatMap((argument) => code.valuesOf(argument))
    .filter(ts.isObjectLiteralExpression);
  return options.flatMap((each) => valuesInOptions(each, call, code));
}

function valuesInOptions(options: ts.ObjectLiteralExpression, call: Call, code: Code): readonly ts.Node[] {
  return options.properties.flatMap((property): readonly ts.Node[] => {
    if (ts.isSpreadAssignment(property)) {
      const spread = code.valuesOf(property.expression).filter(ts.isObjectLiteralExpression);
      return spread.flatMap((each) => valuesInOptions(each, call, code));
    }
    const name = property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : undefined;
    const nested = ts.isPropertyAssignment(property) ? bare(property.initializer) : undefined;
    if (nested !== undefined && ts.isObjectLiteralExpression(nested) && name === 'autoscaledPoolOptions') return [];
    if (name === undefined || !isHandlerOption(name, call, code)) return [];
    if (ts.isMethodDeclaration(property)) return [property];
    if (ts.isShorthandPropertyAssignment(property)) return code.valuesOf(property.name);
    if (!ts.isPropertyAssignment(property)) return [];
    const value = bare(property.initializer);
    return ts.isArrayLiteralExpression(value)
      ? value.elements.flatMap((element) => code.valuesOf(element))
      : code.valuesOf(value);
  });
}

/** Whether a crawler calls what this option holds, by the table's word for the option. */
function isHandlerOption(name: string, call: Call, code: Code): boolean {
  const signature = code.checker.getResolvedSignature(call);
  const [options] = signature?.getParameters() ?? [];
  const type = options && code.checker.getTypeOfSymbolAtLocation(options, call);
  const property = type && code.checker.getNonNullableType(type).getProperty(name);
  const declared = (property?.declarations ?? []).some((declaration) => roleOf(declaration, 'handler') !== undefined);
  return declared || HANDLER_OPTIONS.test(name);
}

/** For a class of the project's own that hands its options on to a crawler of the SDK. */
const HANDLER_OPTIONS =
  /^(?:requestHandler|failedRequestHandler|errorHandler|handle(?:Page|Request|FailedRequest)Function|(?:pre|post)NavigationHooks)$/u;

/** Handlers by the router that holds them: the value that `createCheerioRouter()` or `Router.create()` gave. */
function routedHandlers(calls: readonly Call[], code: Code): ReadonlyMap<ts.Node, readonly FunctionNode[]> {
  const handlers = new Map<ts.Node, FunctionNode[]>();
  const add = (router: ts.Node, functions: readonly FunctionNode[]): void => {
    handlers.set(router, [...(handlers.get(router) ?? []), ...functions]);
  };
  for (const call of calls) {
    const role = code.roleOf(call, 'handler');
    if (role?.of !== 'router') continue;
    const given = argumentAt(call, role.callback, code);
    const callee = awaited(call.expression);
    if (given !== undefined && ts.isPropertyAccessExpression(callee)) {
      for (const router of code.valuesOf(callee.expression)) add(router, code.functionsOf(given));
    }
    const table = argumentAt(call, role.callbacks, code);
    const routes = table === undefined ? [] : code.valuesOf(table).filter(ts.isObjectLiteralExpression);
    add(
      call,
      routes.flatMap((route) => functionsOfTable(route, code)),
    );
  }
  return handlers;
}

function functionsOfTable(table: ts.ObjectLiteralExpression, code: Code): readonly FunctionNode[] {
  return table.properties.flatMap((property) => {
    if (ts.isMethodDeclaration(property)) return [property];
    if (ts.isPropertyAssignment(property)) return code.functionsOf(property.initializer);
    return ts.isShorthandPropertyAssignment(property) ? code.functionsOf(property.name) : [];
  });
}
