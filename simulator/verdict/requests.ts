import type { InFlight, RequestId, StorageId, Time } from '../recording.ts';
import type { Migration, ProcessLife } from './history.ts';
import { isOf, landed } from './writes.ts';

/** A request, told apart from others by its queue and unique key. */
export function requestKey({ queue, request }: InFlight): string {
  return `${queue.name}\0${request.uniqueKey}`;
}

/** The requests whose handled mark had landed before the kill, in that order. */
export function handledBefore(migration: Migration): ReadonlyMap<string, RequestId> {
  const marks = migration.before.flatMap((life) =>
    handledMarks(life).map((mark) => ({ ...mark, dropped: droppedAfter(migration, mark) })),
  );
  return new Map(marks.filter(({ dropped }) => !dropped).map((mark) => [requestKey(mark), mark.request]));
}

interface HandledMark extends InFlight {
  readonly at: Time;
}

function handledMarks({ writes }: ProcessLife): readonly HandledMark[] {
  return writes
    .filter(landed)
    .filter(isOf('update-request'))
    .filter(({ change }) => change.handled)
    .map(({ change: { queue, request }, settledAt }) => ({ queue, request, at: settledAt }));
}

/** An Actor that empties its queue on purpose handles the same requests once more on purpose. */
function droppedAfter({ before }: Migration, { queue, at }: HandledMark): boolean {
  return before.some(({ writes }) =>
    writes
      .filter(landed)
      .filter(isOf('drop-storage'))
      .some(({ change, settledAt }) => settledAt >= at && isSame(change.storage, queue)),
  );
}

function isSame(a: StorageId, b: StorageId): boolean {
  return a.kind === b.kind && a.name === b.name;
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
