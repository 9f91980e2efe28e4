import type { Change } from '../recording.ts';
import { groupBy } from './group.ts';
import type { ProcessLife } from './history.ts';
import type { ItemAgain } from './repeated-items.ts';
import { isOf, landed, type Write } from './writes.ts';

export type ChargeWrite = Write<Extract<Change, { readonly type: 'charge' }>>;

/** A push outside of requests, and the charges between it and its neighbours. */
interface Step {
  readonly push: Write;
  readonly before: readonly ChargeWrite[];
  readonly after: readonly ChargeWrite[];
}

/**
 * The charges of the next process that go with an item which is pushed again, and that had been made with it before. What goes
 * with what is known of an Actor only that charges the same for each push, and always before or always after it: where it does
 * several things at a time, nobody can tell.
 *
 * @param items what the next process pushes again
 */
export function chargesWithItems(
  before: readonly ProcessLife[],
  next: ProcessLife,
  items: readonly ItemAgain[],
): readonly ChargeWrite[] {
  const [steps, later] = [new Map(before.map((life) => [life.number, stepsOf(life)])), stepsOf(next)];
  const again = new Set<ChargeWrite>();
  for (const { item, earlier, why } of items) {
    if (earlier === undefined || why === 'in-flight') continue;
    const own = steps.get(earlier.process) ?? [];
    const [was, is] = [stepAt(own, earlier.begunAt), stepAt(later, item.begunAt)];
    if (was === undefined || is === undefined) continue;
    for (const side of ['before', 'after'] as const)
      for (const [event, charges] of groupBy(is[side], ({ change }) => change.event)) {
        if (!isSteady(own, side, event)) continue;
        for (const charge of charges.slice(0, timesOf(was[side], event))) again.add(charge);
      }
  }
  return [...again].toSorted((a, b) => a.settledAt - b.settledAt);
}

function stepsOf({ writes }: ProcessLife): readonly Step[] {
  const own = writes.filter(landed).filter(({ during }) => during.length === 0);
  const pushes = own.filter(isOf('push-items'));
  const charges = own.filter(isOf('charge'));
  return pushes.map((push, index) => {
    const [from, to] = [pushes[index - 1]?.begunAt ?? -Infinity, pushes[index + 1]?.begunAt ?? Infinity];
    return {
      push,
      before: charges.filter(({ begunAt }) => begunAt > from && begunAt < push.begunAt),
      after: charges.filter(({ begunAt }) => begunAt >= push.begunAt && begunAt < to),
    };
  });
}

function stepAt(steps: readonly Step[], begunAt: number): Step | undefined {
  return steps.find(({ push }) => push.begunAt === begunAt);
}

/** Each push has as many of these charges on this side as all others; after the last there may be fewer yet. */
function isSteady(steps: readonly Step[], side: 'before' | 'after', event: string): boolean {
  const times = steps.map((step) => timesOf(step[side], event));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return times.slice(0, -1).every((number) => number === first) && (side === 'after' ? last <= first : last === first);
}

function timesOf(charges: readonly ChargeWrite[], event: string): number {
  return charges.filter(({ change }) => change.event === event).length;
}
