import type { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { shutsDownGracefully } from './automatic-reboot.ts';
import type { Save } from '../effects/persistence.ts';
import { DEFAULT_STORE } from '../keys/keys.ts';
import { callsOfListener, dependsOnCondition } from './listener-calls.ts';
import type { ListenerCall } from './listener-calls.ts';
import { isMigrationListener } from './listeners.ts';
import type { Listener } from './listeners.ts';
import { SameValues } from './same-values.ts';

/** Why a listener is called more than once: it is called each minute, by the SDK's reboot, or by a reboot of the Actor's own. */
export type Repetition =
  | { readonly by: 'interval' }
  | { readonly by: 'automatic reboot' }
  | { readonly by: 'own reboot'; readonly reboot: ts.CallExpression };

/** A push to the run's dataset, or a charge, that a listener makes anew each time it is called. */
export interface RepeatedEffect {
  readonly listener: Listener;
  readonly made: ListenerCall;
  readonly store: 'dataset' | 'charge';
  readonly repetition: Repetition;
}

/** The effects that listeners for a migration repeat. Those on a condition, and those of what the listener empties, are none. */
export function repeatedEffectsOf(actor: ActorModel): readonly RepeatedEffect[] {
  const listeners = actor.persistence.listeners.filter(isMigrationListener);
  const found = new Map<ts.Node, RepeatedEffect>();
  for (const listener of listeners) {
    const repetition = repetitionOf(actor, listener, listeners);
    if (repetition === undefined) continue;
    const values = new SameValues(actor.code, listener.registration);
    for (const made of callsOfListener(actor.code, listener)) {
      if (made.conditional || found.has(made.call)) continue;
      const store = actor.persistence.saves.find((save) => isRepeated(actor, save, made, values))?.store;
      if (store === 'dataset' || store === 'charge') found.set(made.call, { listener, made, store, repetition });
    }
  }
  return [...found.values()];
}

/** Facts 1.3, 1.4 and 7. */
function repetitionOf(actor: ActorModel, { event }: Listener, listeners: readonly Listener[]): Repetition | undefined {
  if (event === 'persistState') return { by: 'interval' };
  if (shutsDownGracefully(actor)) return { by: 'automatic reboot' };
  const reboot = listeners
    .filter((listener) => listener.event === 'migrating')
    .flatMap((listener) => callsOfListener(actor.code, listener))
    .find(({ call }) => actor.code.roleOf(call, 'lifecycle')?.word === 'reboot');
  return reboot === undefined ? undefined : { by: 'own reboot', reboot: reboot.call };
}

/** Whether a call makes an effect with the same value each time. A named dataset may well get a line each minute. */
function isRepeated({ code }: ActorModel, save: Save, { call }: ListenerCall, values: SameValues): boolean {
  const { store, storeName, path, parts } = save;
  const isOfRun = store === 'charge' || (store === 'dataset' && storeName === DEFAULT_STORE);
  if (save.call !== call || !isOfRun || save.value === undefined) return false;
  return !path.some((each) => dependsOnCondition(code, each)) && parts.every((part) => values.isSame(part));
}
