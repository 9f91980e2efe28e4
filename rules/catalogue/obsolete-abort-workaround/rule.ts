import { isObsoleteWorkaround } from '../../actor/listeners/abort-workarounds.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import type { Report, Rule } from '../rule.ts';
import { removeFixes } from './fixes.ts';

/** A listener of `aborting` that only waits and exits: since SDK 3.7 the SDK ends the run itself. */
export const obsoleteAbortWorkaround: Rule = {
  id: 'obsolete-abort-workaround',
  group: 'listeners',
  summary: 'A listener of aborting that waits and exits, which the SDK does by itself since 3.7.',
  defaultSeverity: 'hint',
  needsEntryPoint: false,
  check: reportsOf,
};

function reportsOf(actor: ActorModel): readonly Report[] {
  return actor.persistence.listeners
    .filter((listener) => isObsoleteWorkaround(actor, listener))
    .map(({ registration }) => ({
      node: registration,
      until: registration.expression,
      severity: 'hint' as const,
      message: 'the SDK saves and exits by itself when a run is aborted, since 3.7: this listener does nothing more',
      related: [],
      fixes: removeFixes(registration),
    }));
}
