import type { ActorModel } from '../../actor/actor-model.ts';
import { firstUnstartedUse } from '../../actor/effects/sdk-start.ts';
import type { Report, Rule } from '../rule.ts';
import { fixesOf } from './fixes.ts';

/** A program of the SDK 3 that never starts it. */
export const missingInit: Rule = {
  id: 'missing-init',
  group: 'losses',
  summary: 'Nothing starts the SDK, so on the platform no call of it reaches the storages.',
  defaultSeverity: 'error',
  needsEntryPoint: true,
  check: (actor) =>
    actor.folder.sdk?.package === 'apify' && actor.folder.sdk.generation === 3 ? reportsOf(actor) : [],
};

/** One report an Actor, at its first call that needs the SDK. */
function reportsOf(actor: ActorModel): readonly Report[] {
  const first = firstUnstartedUse(actor);
  if (first === undefined) return [];
  return [
    {
      node: first,
      until: first.expression,
      severity: 'error',
      message:
        'nothing starts the SDK with Actor.init(): on the platform this stays in the container, and is gone with it',
      related: [],
      fixes: fixesOf(actor, first),
    },
  ];
}
