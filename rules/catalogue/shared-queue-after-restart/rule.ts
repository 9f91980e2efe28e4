import type { ActorModel } from '../../actor/actor-model.ts';
import { sharedQueuesOf } from '../../actor/effects/shared-queues.ts';
import type { SharedQueue } from '../../actor/effects/shared-queues.ts';
import type { Report, Rule } from '../rule.ts';
import { ownQueueFixes } from './fixes.ts';

/** Two crawlers that are run one after the other on the default queue, which a restart gives to the first. */
export const sharedQueueAfterRestart: Rule = {
  id: 'shared-queue-after-restart',
  group: 'restores',
  summary: "Two crawlers run one after the other on one queue: after a restart the first takes the second's requests.",
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) => (isResumed(actor) ? sharedQueuesOf(actor).map((shared) => reportOf(actor, shared)) : []),
};

/** The SDK 0 to 2 have no default queue for a crawler, and Crawlee alone empties its own at the next start. */
function isResumed({ folder: { sdk } }: ActorModel): boolean {
  return sdk?.package === 'apify' && sdk.generation === 3;
}

function reportOf(actor: ActorModel, { first, second }: SharedQueue): Report {
  return {
    node: second.run,
    until: second.run.expression,
    severity: 'warning',
    message:
      "This crawler uses the same queue as the one before it: after a migration the first is run again, and handles this one's requests",
    related: [{ node: first.run, message: 'is run again after a migration, on the same queue' }],
    fixes: ownQueueFixes(actor, second.crawler, second.run),
  };
}
