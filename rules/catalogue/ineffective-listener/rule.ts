import { ts } from 'ts-morph';

import { insertion, replacement, startOf, textOf } from '../../fixes/changes.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { Code } from '../../flow/code.ts';
import { visitUnit } from '../../syntax/functions.ts';
import { isMigrationListener } from '../../actor/listeners/listeners.ts';
import type { MigrationListener } from '../../actor/listeners/listeners.ts';
import type { Change } from '../../fixes/changes.ts';
import type { Report, Rule } from '../rule.ts';

/** A listener that goes through a Map or Set as if it were an object: it finds nothing there, and does nothing. */
export const ineffectiveListener: Rule = {
  id: 'ineffective-listener',
  group: 'listeners',
  summary:
    'A listener for a migration goes through a Map or Set with Object.keys or for…in, which see none of its entries',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) => {
    const listeners = actor.persistence.listeners.filter(isMigrationListener);
    const reports = listeners.flatMap((listener) => reportsOf(actor, listener));
    return [...new Map(reports.map((report) => [report.node, report])).values()];
  },
};

/** What is gone through, how, and what goes through the entries instead. */
interface Walk {
  readonly node: ts.Node;
  readonly words: string;
  readonly collection: ts.Expression;
  readonly kind: 'Map' | 'Set';
  readonly changes: () => readonly Change[];
}

function reportsOf({ code }: ActorModel, { event, registration, reach }: MigrationListener): readonly Report[] {
  return [...reach]
    .flatMap((unit) => walksIn(unit, code))
    .map(({ node, words, collection, kind, changes }) => ({
      node,
      severity: 'warning' as const,
      message: `${words} sees none of the entries of \`${textOf(collection)}\`, which is a ${kind}: what the listener of ${event} is to do with them is not done`,
      related: [{ node: registration.expression, message: 'the listener is registered here' }],
      fixes: ts.isLeftHandSideExpression(collection)
        ? [{ id: 'entries', title: `Go through the entries of the ${kind}`, safe: false, changes }]
        : [],
    }));
}

function walksIn(unit: ts.Node, code: Code): readonly Walk[] {
  const walks: Walk[] = [];
  visitUnit(unit, (node) => {
    const walk = ts.isForInStatement(node)
      ? loopWalk(node, code)
      : ts.isCallExpression(node)
        ? callWalk(node, code)
        : undefined;
    if (walk !== undefined) walks.push(walk);
  });
  return walks;
}

/** `Object.keys(map)`, and `values` and `entries`. */
function callWalk(call: ts.CallExpression, code: Code): Walk | undefined {
  const [collection] = call.arguments;
  const [, method] = /^Object\.(keys|values|entries)$/u.exec(textOf(call.expression)) ?? [];
  if (collection === undefined || method === undefined) return undefined;
  const kind = collectionKind(collection, code);
  if (kind === undefined) return undefined;
  return {
    node: call.expression,
    words: `Object.${method}()`,
    collection,
    kind,
    changes: () => [
      replacement(call.getSourceFile(), startOf(call.expression), call.expression.end, 'Array.from'),
      insertion(call.getSourceFile(), collection.end, `.${method}()`),
    ],
  };
}

/** `for (const key in map)`. */
function loopWalk(loop: ts.ForInStatement, code: Code): Walk | undefined {
  const { expression: collection, initializer } = loop;
  const kind = collectionKind(collection, code);
  if (kind === undefined) return undefined;
  const file = loop.getSourceFile();
  return {
    node: collection,
    words: 'for…in',
    collection,
    kind,
    changes: () => [
      replacement(file, initializer.end, startOf(collection), ' of '),
      insertion(file, collection.end, '.keys()'),
    ],
  };
}

/** By its type; where that is not known, by what is put into the name, which must then be a Map or Set each time. */
function collectionKind(expression: ts.Expression, code: Code): Walk['kind'] | undefined {
  const type = code.checker.getNonNullableType(code.checker.getTypeAtLocation(expression));
  const name = (type.symbol as ts.Symbol | undefined)?.name;
  if ((type.flags & ts.TypeFlags.Any) === 0) return kindOfName(name);
  const kinds = new Set(code.valuesOf(expression).map(kindOfValue));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

function kindOfValue(value: ts.Node): Walk['kind'] | undefined {
  return ts.isNewExpression(value) && ts.isIdentifier(value.expression) ? kindOfName(value.expression.text) : undefined;
}

function kindOfName(name: string | undefined): Walk['kind'] | undefined {
  switch (name) {
    case 'Map':
    case 'ReadonlyMap':
      return 'Map';
    case 'Set':
    case 'ReadonlySet':
      return 'Set';
    default:
      return undefined;
  }
}
