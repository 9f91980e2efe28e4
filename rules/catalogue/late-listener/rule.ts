import type { ts } from 'ts-morph';

import type { ActorModel } from '../../actor/actor-model.ts';
import { crawlCallsOf } from '../../actor/effects/shared-queues.ts';
import { statementAround } from '../../fixes/moved-statement.ts';
import { waitsFor } from '../../flow/promises/waits.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isMigrationListener } from '../../actor/listeners/listeners.ts';
import type { Report, Rule } from '../rule.ts';
import { moveFixes } from './fixes.ts';

/** A listener that is registered when the work is over: whatever comes while it goes on is not heard. */
export const lateListener: Rule = {
  id: 'late-listener',
  group: 'listeners',
  summary: 'A listener that is registered after the work it should save has ended.',
  defaultSeverity: 'error',
  needsEntryPoint: true,
  check: (actor) => {
    const listeners = actor.persistence.listeners.filter(isMigrationListener);
    const reports = listeners.flatMap(({ event, registration }) => reportsOf(actor, event, registration));
    return [...new Map(reports.map((report) => [report.node, report])).values()];
  },
};

function reportsOf(actor: ActorModel, event: string, registration: Call): readonly Report[] {
  const work = workBefore(actor, registration);
  if (work === undefined || hasWorkAfter(actor, registration)) return [];
  return [
    {
      node: registration,
      until: registration.expression,
      severity: 'error',
      message: `this listener of ${event} is registered when the work is over: a migration while it goes on is not heard, and nothing is saved`,
      related: [{ node: statementAround(work) ?? work, message: 'the work ends here' }],
      fixes: moveFixes(registration, work),
    },
  ];
}

/** The last loop or crawl that is surely over when a listener is registered. */
function workBefore(actor: ActorModel, registration: Call): ts.Node | undefined {
  const { code, regions } = actor;
  const loops = regions.flatMap(({ region }) => (region.kind === 'loop' ? [region.head] : []));
  const ends = crawlsOf(actor).flatMap((call) => waitsFor(code, call));
  return [...loops, ...ends].findLast((work) => code.order.alwaysRunsBefore(work, registration));
}

/** Whether more work may come behind a listener: then it may be for that. */
function hasWorkAfter(actor: ActorModel, registration: Call): boolean {
  const bodies = actor.regions.flatMap(({ region }) => region.bodies);
  return [...bodies, ...crawlsOf(actor)].some((work) => actor.code.order.mayRunBefore(registration, work));
}

function crawlsOf(actor: ActorModel): readonly Call[] {
  return crawlCallsOf(
    actor,
    actor.files.flatMap((file) => indexOf(file).calls),
  );
}
