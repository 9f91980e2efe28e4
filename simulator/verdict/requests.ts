import type { InFlight, RequestId, Time } from '../recording.ts';
import type { Migration, ProcessLife } from './history.ts';
import { isOf, landed } from './writes.ts';

/** A request, told apart from others by its queue and unique key. */
export function requestKey({ queue, request }: InFlight): string {
  return `${queue.name}\0${request.uniqueKey}`;
}

/** The requests whose handled mark had landed before the kill, in that order. */
export function handledBefore(migration: Migration): ReadonlyMap<string, RequestId> {
  const dropped = dropsBefore(migration);
  const marks = migration.before.flatMap(handledMarks);
  // An Actor that empties its queue on purpose handles the same requests once more on purpose.
  const lasting = marks.filter(({ queue, at }) => at > (dropped.get(queue.name) ?? -Infinity));
  return new Map(lasting.map((mark) => [requestKey(mark), mark.request]));
}

export interface HandledMark extends InFlight {
  readonly at: Time;
}

/** When the process marked requests as handled. */
export function handledMarks({ writes }: ProcessLife): readonly HandledMark[] {
  return writes
    .filter(landed)
    .filter(isOf('update-request'))
    .filter(({ change }) => change.handled)
    .map(({ change: { queue, request }, settledAt }) => ({ queue, request, at: settledAt }));
}

/** When each queue was dropped last. */
function dropsBefore({ before }: Migration): ReadonlyMap<string, Time> {
  const drops = before.flatMap(({ writes }) => writes.filter(landed).filter(isOf('drop-storage')));
  const queues = drops.filter(({ change }) => change.storage.kind === 'request-queue');
  return new Map(queues.map(({ change, settledAt }) => [change.storage.name, settledAt]));
}

/** A request that was handled again though its handled mark had landed. */
export interface RequestAgain {
  readonly request: RequestId;
  readonly at: Time;
  /** It was the very first that the run had handled. */
  readonly isFirst: boolean;
}

/** Requests that the next process fetched and marked as handled, though they were handled before. */
export function handledAgain(migration: Migration): readonly RequestAgain[] {
  const { next } = migration;
  if (next === undefined) return [];
  const before = handledBefore(migration);
  const [first] = before.keys();
  const fetched = new Set(next.fetches.map(requestKey));
  return handledMarks(next)
    .filter((mark) => before.has(requestKey(mark)) && fetched.has(requestKey(mark)))
    .map((mark) => ({ request: mark.request, at: mark.at, isFirst: requestKey(mark) === first }));
}

/** Of requests in flight, those that were not handled at the kill: their handlers begin again. */
export function unhandled(during: readonly InFlight[], handled: ReadonlyMap<string, RequestId>): readonly InFlight[] {
  return during.filter((request) => !handled.has(requestKey(request)));
}

/** The requests that the process has marked as handled. */
export function handledIn(life: ProcessLife): ReadonlySet<string> {
  return new Set(handledMarks(life).map(requestKey));
}
