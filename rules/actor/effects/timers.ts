import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { ownCallsOf } from '../own-code.ts';
import type { Save } from './persistence.ts';
import { runsIn } from './places.ts';
import { argumentAt } from '../../flow/arguments.ts';
import { isInterval } from '../../flow/intervals.ts';
import type { Unit } from '../../syntax/functions.ts';

/** A timer that ticks again and again, and what each tick writes to a key-value store. */
export interface Timer {
  readonly call: ts.CallExpression;
  readonly saves: readonly Save[];
}

/** The timers of an Actor. */
export function timersOf(actor: ActorModel): readonly Timer[] {
  const { code, persistence, reach } = actor;
  return ownCallsOf(actor)
    .filter(ts.isCallExpression)
    .filter((call) => isInterval(code, call))
    .map((call) => {
      const callback = argumentAt(code, call, { index: 0 });
      const functions = callback === undefined ? [] : code.functionsOf(callback);
      const units = new Set<Unit>([...functions, ...reach.from(functions)]);
      const saves = persistence.saves.filter(
        (save) => save.store === 'key-value-store' && runsIn(save, functions, units),
      );
      return { call, saves };
    });
}
