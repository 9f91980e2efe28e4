import type { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { shutsDownGracefully } from '../../actor/listeners/automatic-reboot.ts';
import { isProcessExit } from '../../flow/process-ends.ts';
import { callsOfListener } from '../../actor/listeners/listener-calls.ts';
import { isMigrationListener } from '../../actor/listeners/listeners.ts';
import type { MigrationListener } from '../../actor/listeners/listeners.ts';
import { fatesOf } from '../../flow/promises/fates.ts';
import { wholeCallWords } from '../../syntax/call-words.ts';
import type { Report, Rule } from '../rule.ts';
import { exitFixes } from './fixes.ts';

/** The run is ended in a listener that is there so that it can go on elsewhere. */
export const exitInListener: Rule = {
  id: 'exit-in-listener',
  group: 'listeners',
  summary: 'A listener for a migration ends the run, instead of letting it migrate',
  defaultSeverity: 'error',
  needsEntryPoint: false,
  check: (actor) => {
    const reports = actor.persistence.listeners
      .filter(isMigrationListener)
      .flatMap((listener) => reportsOf(actor, listener));
    return [...new Map(reports.map((report) => [report.node, report])).values()];
  },
};

function reportsOf(actor: ActorModel, listener: MigrationListener): readonly Report[] {
  return callsOfListener(actor.code, listener).flatMap((found) => {
    const { call, conditional } = found;
    // A persistState listener that ends the run on a condition is a watchdog: it means to.
    if (conditional && listener.event === 'persistState') return [];
    const consequence = consequenceOf(actor, call, listener);
    if (consequence === undefined) return [];
    return [
      {
        node: call,
        until: call.expression,
        severity: 'error' as const,
        message: consequence,
        related: [{ node: listener.registration.expression, message: 'the listener is registered here' }],
        fixes: exitFixes(actor, listener, found),
      },
    ];
  });
}

/**
 * What an end in a listener leads to (facts 7). An awaited `Actor.exit()` is no loss from 3.7 on: it waits for the listener,
 * and the automatic reboot comes first.
 */
function consequenceOf(actor: ActorModel, call: ts.CallExpression, { event }: MigrationListener): string | undefined {
  const when = event === 'persistState' ? 'each time the state is to be saved' : 'when it is to migrate';
  if (isProcessExit(actor.code, call)) {
    return `process.exit() ends the run ${when}, so it counts as finished and is not started again`;
  }
  const word = actor.code.roleOf(call, 'lifecycle')?.word;
  if (word !== 'exit' && word !== 'fail') return undefined;
  const name = wholeCallWords(call);
  if (!isWaitedFor(actor, call)) {
    const counts = word === 'exit' ? 'finished' : 'failed';
    return `${name} ends the run ${when}, so it counts as ${counts} and is not started again`;
  }
  if (shutsDownGracefully(actor)) return undefined;
  return `${name} waits for this listener, which waits for ${name}: the run hangs, or ends instead of migrating`;
}

function isWaitedFor(actor: ActorModel, call: ts.CallExpression): boolean {
  return fatesOf(actor.code, call).some(({ kind }) => kind !== 'dropped');
}
