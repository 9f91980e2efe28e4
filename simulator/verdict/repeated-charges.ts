import type { RequestId, Time } from '../recording.ts';
import { chargesWithItems } from './charges-with-items.ts';
import type { Migration, ProcessLife } from './history.ts';
import { ENOUGH_WORK, workedAt } from './progress.ts';
import type { ItemAgain } from './repeated-items.ts';
import { requestKey, unhandled } from './requests.ts';
import { isOf, isWork, landed, type Write } from './writes.ts';

/** A charge that the next process made again. */
export interface ChargeAgain {
  readonly event: string;
  readonly count: number;
  readonly at: Time;
  readonly why: 'fault' | 'in-flight';
  /** Outside of requests, with an item that was pushed again. */
  readonly isWithItem: boolean;
}

/**
 * A charge has nothing but a name, so only three kinds can be told: one that each process makes once, before any other work,
 * such as a fee for the start; one of a request's handler that begins again; and one that goes with an item that is pushed
 * again. The last is a fault also where the item is none: whoever pays for it pays twice.
 */
export function chargesAgain(
  migration: Migration,
  handled: ReadonlyMap<string, RequestId>,
  items: readonly ItemAgain[],
): readonly ChargeAgain[] {
  const { before, killed, next } = migration;
  if (next === undefined) return [];
  const fee = killed.work.length < ENOUGH_WORK ? undefined : startFee(killed, Infinity);
  const again = startFee(next, workedAt(next, ENOUGH_WORK));
  const start: readonly ChargeAgain[] =
    again !== undefined && again.event === fee?.event ? [{ ...again, why: 'fault', isWithItem: false }] : [];
  const withItems = chargesWithItems(before, next, items)
    .map(({ change: { event, count }, settledAt }) => ({
      event,
      count,
      at: settledAt,
      why: 'fault' as const,
      isWithItem: true,
    }))
    .filter(({ at }) => start.every((one) => one.at !== at));
  return [...start, ...withItems, ...chargesInFlight(killed, next, handled)];
}

/** An event that is charged first of all and outside of every request, and not again for as long as can be seen. */
function startFee(life: ProcessLife, until: Time): Pick<ChargeAgain, 'event' | 'count' | 'at'> | undefined {
  const work = life.writes.filter((write) => landed(write) && isWork(write) && write.settledAt <= until);
  const [first] = work;
  if (first?.change.type !== 'charge' || first.during.length > 0) return undefined;
  const { event, count } = first.change;
  const times = work.filter(({ change }) => change.type === 'charge' && change.event === event).length;
  return times === 1 ? { event, count, at: first.settledAt } : undefined;
}

function chargesInFlight(
  killed: ProcessLife,
  next: ProcessLife,
  handled: ReadonlyMap<string, RequestId>,
): readonly ChargeAgain[] {
  const before = chargesOf(killed.writes);
  return chargesOf(next.writes).flatMap(({ change: { event, count }, during, settledAt }): readonly ChargeAgain[] => {
    const keys = new Set(unhandled(during, handled).map(requestKey));
    const made = before.some(
      (one) => one.change.event === event && one.during.some((request) => keys.has(requestKey(request))),
    );
    return made ? [{ event, count, at: settledAt, why: 'in-flight', isWithItem: false }] : [];
  });
}

function chargesOf(writes: readonly Write[]) {
  return writes.filter(landed).filter(isOf('charge'));
}
