import { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { isFunctionNode, isWithin, visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import { isMigrationListener } from '../../actor/listeners/listeners.ts';
import type { MigrationListener } from '../../actor/listeners/listeners.ts';
import type { Report, Rule } from '../rule.ts';

/** A listener that throws before it has saved: the save is not made, and the process ends. */
export const throwingListener: Rule = {
  id: 'throwing-listener',
  group: 'listeners',
  summary: 'A listener for a migration can throw before it has saved, which ends the process.',
  defaultSeverity: 'information',
  needsEntryPoint: false,
  check: (actor) => {
    const reports = actor.persistence.listeners
      .filter(isMigrationListener)
      .flatMap((listener) => listener.functions.flatMap((fn) => reportsOf(actor, listener, fn)));
    return [...new Map(reports.map((report) => [report.node, report])).values()];
  },
};

function reportsOf({ persistence }: ActorModel, listener: MigrationListener, fn: FunctionNode): readonly Report[] {
  const saves = persistence.saves.filter(({ call, store }) => store !== 'charge' && isWithin(call, fn));
  const lastSave = Math.max(-1, ...saves.map(({ call }) => call.pos));
  const restores = new Set<ts.Node>(persistence.restores.map(({ call }) => call));
  return throwsOf(fn, restores)
    .filter(({ end }) => end <= lastSave)
    .map((node) => ({
      node,
      ...(ts.isCallExpression(node) ? { until: node.expression } : {}),
      severity: 'information' as const,
      message: `when this throws, the listener of ${listener.event} has not saved yet: the state is lost, and the process may end with an error`,
      related: [{ node: listener.registration.expression, message: 'the listener is registered here' }],
      fixes: [],
    }));
}

/** What throws in the function itself, outside `try` and `catch`. */
function throwsOf(fn: FunctionNode, restores: ReadonlySet<ts.Node>): readonly ts.Node[] {
  const found: ts.Node[] = [];
  if (fn.body === undefined) return found;
  visit(fn.body, (node) => {
    if (ts.isTryStatement(node) || isFunctionNode(node)) return false;
    if (ts.isThrowStatement(node) || (ts.isCallExpression(node) && parsesWhatIsRead(node, restores))) found.push(node);
    return true;
  });
  return found;
}

/** `JSON.parse(await Actor.getValue(…))`, or of what a file holds. */
function parsesWhatIsRead(call: ts.CallExpression, restores: ReadonlySet<ts.Node>): boolean {
  const [given] = call.arguments;
  if (given === undefined || call.expression.getText() !== 'JSON.parse') return false;
  let reads = false;
  visit(given, (node) => {
    reads ||=
      restores.has(node) || (ts.isCallExpression(node) && /\breadFile(?:Sync)?$/u.test(node.expression.getText()));
    return !reads;
  });
  return reads;
}
