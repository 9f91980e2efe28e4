import type { ActorModel } from '../../actor/actor-model.ts';
import { successorOf } from '../../actor/effects/successors.ts';
import type { Fix } from '../../fixes/changes.ts';
import { Waiting } from '../../fixes/waiting.ts';
import type { Drop } from '../../flow/promises/fates.ts';

/** Waits for the end, as far as that can be done; calls behind which nothing follows may stay as they are. */
export function fixesOf(actor: ActorModel, drop: Drop): readonly Fix[] {
  const waiting = new Waiting(actor, ({ call }) => successorOf(actor.code, call) === undefined);
  if (!waiting.awaitAt(drop.promise)) return [];
  const { changes, leftWords, onlyWaits } = waiting;
  return [{ id: 'await', title: `Wait for the end with await${leftWords}`, safe: onlyWaits, changes: () => changes }];
}
