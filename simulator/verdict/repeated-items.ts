import type { InFlight, RequestId, Time } from '../recording.ts';
import type { Span } from './canonical.ts';
import { groupBy } from './group.ts';
import type { Migration, ProcessLife } from './history.ts';
import { itemsOf, type PushedItem } from './items.ts';
import { MUCH_WORK, workedAt } from './progress.ts';
import { randomFields, withoutFields } from './random-fields.ts';
import { requestKey, unhandled } from './requests.ts';
import type { StateRecord } from './state-records.ts';

/** An item that the next process pushed again. */
export interface ItemAgain {
  readonly item: PushedItem;
  /** The last of those before that are the same, outside of requests; none where it is of a request. */
  readonly earlier: PushedItem | undefined;
  readonly at: Time;
  /** It was the very first of the run that tells one piece of work from another. */
  readonly isFirst: boolean;
  /**
   * `fault`: the work had been done. `in-flight`: it belongs to a request that was not handled at the kill. `in-passing`: it
   * is the last that was pushed before the state was saved, or was pushed meanwhile: the piece of work that was under way.
   */
  readonly why: 'fault' | 'in-flight' | 'in-passing';
  /** Requests, by URL, that had been handled and whose handlers pushed it again. */
  readonly requests: readonly string[];
}

export interface ItemsAgain {
  readonly items: readonly ItemAgain[];
  /** Fields that were left out of the comparison. */
  readonly dropped: readonly string[];
}

/** Of the first items of the next process so many are looked at to see what an Actor pushes over and over. */
const FIRST_ITEMS = 3;

/**
 * Items that were pushed before the kill and are pushed again after it, and why that is. An item that a process pushes more
 * than once by itself, such as a heartbeat, says nothing. Two requests may well give the same item. Outside of requests, the
 * next process repeats work if it begins with items that were there; one later on is a coincidence.
 */
export function itemsAgain(
  migration: Migration,
  states: readonly StateRecord[],
  handled: ReadonlyMap<string, RequestId>,
  span: Span,
): ItemsAgain {
  const { before, next, at } = migration;
  if (next === undefined) return { items: [], dropped: [] };
  const [earlier, later] = [before.flatMap((life) => itemsOf(life, span)), itemsOf(next, span)];
  const dropped = randomFields([...earlier, ...firstItems(next, later)]);
  if (dropped.length > 0) {
    const reduce = (items: readonly PushedItem[]) => items.map((item) => withoutFields(item, dropped));
    const items = compare({ next, at }, reduce(earlier), reduce(later), states, handled);
    // What is left of an item may be equal by chance: one is not enough.
    if (items.length >= 2) return { items, dropped };
  }
  return { items: compare({ next, at }, earlier, later, states, handled), dropped: [] };
}

/** Whether enough items are there, or none yet, to see what the Actor pushes over and over. */
export function itemsAreTelling(next: ProcessLife, span: Span): boolean {
  const items = itemsOf(next, span);
  return items.length === 0 || isTelling(next, items);
}

/** The answer is the same from then on. */
function isTelling(next: ProcessLife, items: readonly PushedItem[]): boolean {
  return items.length >= FIRST_ITEMS || next.end !== undefined || workedAt(next, MUCH_WORK) < Infinity;
}

function firstItems(next: ProcessLife, items: readonly PushedItem[]): readonly PushedItem[] {
  const until = workedAt(next, MUCH_WORK);
  return items.slice(0, FIRST_ITEMS).filter(({ settledAt }) => settledAt <= until);
}

function compare(
  { next, at: windowAt }: { readonly next: ProcessLife; readonly at: Time },
  before: readonly PushedItem[],
  after: readonly PushedItem[],
  states: readonly StateRecord[],
  handled: ReadonlyMap<string, RequestId>,
): readonly ItemAgain[] {
  const constant = constants([...before, ...firstItems(next, after)]);
  const own = before.filter(({ content }) => !constant.has(content));
  const telling = groupBy(own, ({ content }) => content);
  const [first] = telling.keys();
  const again = (item: PushedItem, why: ItemAgain['why'], requests: readonly string[] = []): ItemAgain => ({
    item,
    earlier: (telling.get(item.content) ?? []).findLast(({ during }) => during.length + item.during.length === 0),
    at: item.settledAt,
    isFirst: item.content === first,
    why,
    requests,
  });
  const byRequests = after.flatMap((item) => {
    const shared = (telling.get(item.content) ?? []).flatMap((other) => sharedRequests(other, item));
    if (shared.length === 0) return [];
    const urls = shared.map(({ request }) => request.url);
    return [unhandled(shared, handled).length > 0 ? again(item, 'in-flight') : again(item, 'fault', urls)];
  });
  const work = after.filter(({ content, during }) => during.length === 0 && !constant.has(content));
  const whyAgain = (item: PushedItem): ItemAgain['why'] | undefined => {
    const same = (telling.get(item.content) ?? []).filter(({ during }) => during.length === 0);
    if (same.length === 0) return undefined;
    // Crawlee knows what is done of a request list: it begins only those again that were in progress.
    if (next.listRestoredAt !== undefined && next.listRestoredAt <= item.begunAt) return 'in-flight';
    const restored = states.filter(({ readAt }) => readAt !== undefined && readAt <= item.begunAt);
    return same.some((other) => isInPassing(other, before, restored, windowAt)) ? 'in-passing' : 'fault';
  };
  const outside = isTelling(next, after) ? beginningAgain(work.map((item) => ({ item, why: whyAgain(item) }))) : [];
  return [...byRequests, ...outside.map(({ item, why }) => again(item, why))].toSorted((a, b) => a.at - b.at);
}

/** What a process pushes more than once by itself. */
function constants(items: readonly PushedItem[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = items.filter(({ process, content }) => {
    const own = `${process}\0${content}`;
    return seen.size === seen.add(own).size;
  });
  return new Set(repeated.map(({ content }) => content));
}

/** The requests that were handled when the item was pushed, and again: the same by unique key, or by URL. */
function sharedRequests(before: PushedItem, after: PushedItem): readonly InFlight[] {
  const keys = new Set(after.during.map(requestKey));
  const urls = new Set(after.during.map(({ request }) => request.url));
  return before.during.filter((one) => keys.has(requestKey(one)) || urls.has(one.request.url));
}

interface Work {
  readonly item: PushedItem;
  readonly why: ItemAgain['why'] | undefined;
}

/**
 * Of the work that a process does outside of requests, that with which it begins and that was done before. It ends where
 * three things in a row are new, or one is, while all before was merely in flight. What comes again after that is a coincidence.
 */
function beginningAgain(work: readonly Work[]): readonly (Work & { readonly why: ItemAgain['why'] })[] {
  // Where several things are done at the same time, it may be any of them that comes first.
  const beginnings = work.slice(0, FIRST_ITEMS).filter(({ item }) => item.begunAt < (work[0]?.item.settledAt ?? 0));
  const start = beginnings.findIndex(({ why }) => why !== undefined);
  if (start === -1) return [];
  const isPast = (_: Work, index: number) =>
    index > start && work.length >= index + 3 && work.slice(index, index + 3).every(({ why }) => why === undefined);
  const first = work.findIndex((one, index) => index > start && one.why === undefined);
  const run = work.slice(start, first === -1 ? undefined : first);
  const past = work.findIndex(isPast);
  const all = run.some(({ why }) => why === 'fault') ? work.slice(start, past === -1 ? undefined : past) : run;
  return all.flatMap(({ item, why }) => (why === undefined ? [] : [{ item, why }]));
}

/** Something that an Actor made, and when: an item, a record. */
export type Made = Pick<PushedItem, 'begunAt' | 'settledAt'>;

/**
 * Part of the piece of work that was under way when a state was saved for the last time that was restored afterwards: what was
 * pushed meanwhile, and what was pushed last before it. Like a request in flight it is done once more, whatever the order in
 * which an Actor pushes and counts. A save of the grace period was put together at any time since it was opened.
 */
export function isInPassing(
  item: Made,
  before: readonly Made[],
  states: readonly StateRecord[],
  windowAt: Time,
): boolean {
  return states.some(({ restored, history }) => {
    const save = history.at(-1)?.write;
    if (restored !== 'read' || save === undefined || item.begunAt > save.settledAt) return false;
    const from = save.begunAt >= windowAt ? windowAt : save.begunAt;
    return item.settledAt > from || !before.some(({ begunAt }) => begunAt > item.begunAt && begunAt < from);
  });
}
