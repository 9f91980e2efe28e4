import type { ActorModel } from '../../actor/actor-model.ts';
import { repeatedEffectsOf } from '../../actor/listeners/repeated-effects.ts';
import type { RepeatedEffect } from '../../actor/listeners/repeated-effects.ts';
import type { Report, Rule } from '../rule.ts';
import { onceFixes } from './fixes.ts';

/** A push or a charge in a listener that the SDK calls more than once. */
export const repeatedEffectInListener: Rule = {
  id: 'repeated-effect-in-listener',
  group: 'listeners',
  summary: 'A listener that is called more than once pushes or charges each time',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor: ActorModel) => repeatedEffectsOf(actor).map(reportOf),
};

function reportOf(effect: RepeatedEffect): Report {
  const { listener, made, repetition } = effect;
  const registered = { node: listener.registration.expression, message: 'the listener is registered here' };
  const related =
    repetition.by === 'own reboot'
      ? [registered, { node: repetition.reboot.expression, message: 'the reboot that calls it again' }]
      : [registered];
  return {
    node: made.call,
    until: made.call.expression,
    severity: 'warning',
    message: messageOf(effect),
    related,
    fixes: onceFixes(effect),
  };
}

function messageOf({ store, repetition }: RepeatedEffect): string {
  const done = store === 'charge' ? 'charges' : 'pushes';
  if (repetition.by === 'interval') {
    return `The SDK calls a persistState listener each minute, and this one ${done} each time`;
  }
  const again = store === 'charge' ? 'users pay twice' : 'the item is pushed twice';
  const who = repetition.by === 'own reboot' ? 'Actor.reboot() calls' : 'The SDK calls';
  return `${who} the migrating listeners once more before the run is rebooted, so ${again}`;
}
