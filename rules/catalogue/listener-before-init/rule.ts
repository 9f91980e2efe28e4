import { isObsoleteWorkaround } from '../../actor/listeners/abort-workarounds.ts';
import type { ActorModel } from '../../actor/actor-model.ts';
import { BeforeInit } from '../../actor/effects/init-order.ts';
import { wholeCallWords } from '../../syntax/call-words.ts';
import type { Report, Rule } from '../rule.ts';
import { moveFixes } from './fixes.ts';

/** A listener that is registered before `Actor.init()`, which takes the events from somewhere else. */
export const listenerBeforeInit: Rule = {
  id: 'listener-before-init',
  group: 'listeners',
  summary: 'A listener that is registered before Actor.init() is never called on the platform.',
  defaultSeverity: 'error',
  needsEntryPoint: true,
  check: (actor) => (losesEarlyListeners(actor) ? reportsOf(actor) : []),
};

/** Facts 10: `init` puts another event manager in the place of the one that was listened to. 3.0 did it the other way round. */
function losesEarlyListeners({ folder: { sdk } }: ActorModel): boolean {
  if (sdk?.package !== 'apify' || sdk.generation !== 3) return false;
  const [, minor = 0] = (sdk.version ?? '3.1').split('.').map(Number);
  return minor >= 1;
}

function reportsOf(actor: ActorModel): readonly Report[] {
  const { listeners } = actor.persistence;
  if (listeners.length === 0) return [];
  const before = new BeforeInit(actor);
  const { start } = before;
  return start === undefined
    ? []
    : listeners
        .filter((listener) => before.has(listener.registration) && !isObsoleteWorkaround(actor, listener))
        .map(({ event, registration }) => ({
          node: registration,
          until: registration.expression,
          severity: 'error' as const,
          message: `this listener${event === '' ? '' : ` of ${event}`} is registered before ${wholeCallWords(start)}, which takes the events from another source: on the platform it is never called, though it is on your machine`,
          related: [{ node: start.expression, message: 'the SDK is started here' }],
          fixes: moveFixes(registration, start),
        }));
}
