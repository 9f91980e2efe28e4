import type { Change, Time } from '../recording.ts';
import type { Span } from './canonical.ts';
import type { Migration, ProcessLife } from './history.ts';
import { comesAfter, type CutFate, type Judging } from './cut-fate.ts';
import { fateOfRecord, readOlder } from './cut-records.ts';
import { likenessOf } from './alike-items.ts';
import { itemContents, itemsOf } from './items.ts';
import { ENOUGH_WORK, hasHadItsChance, MUCH_WORK, workedAt } from './progress.ts';
import { handledBefore, requestKey, unhandled } from './requests.ts';
import { isOf, landed, type Write } from './writes.ts';

export interface CutWrite {
  readonly write: Write;
  readonly fate: CutFate;
  /** The next process read what had been there before. */
  readonly readOlder: boolean;
}

/** The writes that the killed process had begun and that never landed: cut off, or failed as the run was told to. */
export function cutWrites(migration: Migration, span: Span): readonly CutWrite[] {
  const cut = migration.killed.writes.filter((write) => didNotLand(migration, write));
  if (cut.length === 0) return [];
  const patience = MUCH_WORK + 2 * cut.length + workToRepeat(migration, span);
  const judging = { migration, span, handled: handledBefore(migration), patience };
  return cut.map((write) => ({ write, fate: fateOf(write, judging), readOlder: readOlder(write, judging) }));
}

/**
 * Where the next process begins with items that were there before, it comes to what was cut only after all that had been done
 * since them: so much work; none where it goes on. Once known it does not change.
 */
function workToRepeat({ before, next }: Migration, span: Span): number {
  if (next === undefined) return 0;
  const until = workedAt(next, ENOUGH_WORK);
  const beginning = new Set(
    itemsOf(next, span).flatMap(({ settledAt, content }) => (settledAt <= until ? [content] : [])),
  );
  const again = before.flatMap((life) => itemsOf(life, span)).find(({ content }) => beginning.has(content));
  if (again === undefined) return 0;
  return before.flatMap(({ work }) => work).filter((time) => time >= again.settledAt).length;
}

/**
 * The writes of the last process that failed as the run was told to. No process follows that could make up for them: what the
 * process has not done when it has ended well is lost.
 */
export function failedAtLast({ before, next }: Migration, span: Span): readonly CutWrite[] {
  if (next === undefined) return [];
  const failed = next.writes.filter(({ fault }) => fault !== undefined);
  if (failed.length === 0) return [];
  // As if the process was killed at its end, so far as it is known.
  const at = Infinity;
  const lives = [...before, next];
  const migration: Migration = {
    number: 0,
    by: 'migration',
    isAskedFor: false,
    at,
    killedAt: at,
    window: undefined,
    before: lives,
    killed: next,
    next: undefined,
  };
  const judging = { migration, span, handled: handledBefore(migration), patience: 0 };
  const hasEnded = next.end?.how === 'itself' && next.end.exit.code === 0;
  return failed.map((write) => {
    const fate = fateOf(write, judging);
    return { write, fate: fate === 'open' && hasEnded ? 'lost' : fate, readOlder: false };
  });
}

/** A write that failed in the grace period was not acknowledged either; of one before it the Actor has heard. */
function didNotLand({ at }: Migration, { outcome, begunAt, fault }: Write): boolean {
  return outcome === 'cut' || outcome === 'pending' || (outcome === 'failed' && (begunAt >= at || fault !== undefined));
}

function fateOf(write: Write, judging: Judging): CutFate {
  const { change } = write;
  if (write.fault !== undefined && isHandledAgain(write, judging.migration.killed)) return 'redone';
  switch (change.type) {
    case 'set-record':
    case 'delete-record':
      return fateOfRecord({ ...write, change }, judging);
    case 'push-items':
      return fateOfItems({ ...write, change }, judging);
    case 'add-requests':
      return fateOfRequests({ ...write, change }, judging);
    case 'charge':
      return fateOfCharge({ ...write, change }, judging);
    // The request is handled once more: Crawlee delivers at least once.
    case 'update-request':
      return 'redone';
    case 'delete-request':
    case 'drop-storage':
      return 'superseded';
  }
}

/** Crawlee has taken a request again whose handler may have made the write: what it does this time is what counts. */
function isHandledAgain({ during, settledAt }: Write, { fetches }: ProcessLife): boolean {
  const open = new Set(during.map(requestKey));
  return fetches.some((fetch) => fetch.at >= settledAt && open.has(requestKey(fetch)));
}

function fateOfItems(write: Write<Extract<Change, { type: 'push-items' }>>, judging: Judging): CutFate {
  const { migration, span, handled, patience } = judging;
  const { next, killed } = migration;
  const contents = itemContents(write.change, span);
  const pushes = (life: ProcessLife, until: Time) =>
    life.writes
      .filter(isOf('push-items'))
      .filter(({ begunAt, change }) => begunAt <= until && change.dataset.name === write.change.dataset.name);
  const retried = pushes(killed, Infinity).filter((other) => landed(other) && comesAfter(other, write));
  if (
    includesAll(
      retried.flatMap(({ change }) => itemContents(change, span)),
      contents,
    )
  )
    return 'superseded';
  if (next === undefined) return 'open';
  const made = pushes(next, workedAt(next, patience));
  if (
    includesAll(
      made.flatMap(({ change }) => itemContents(change, span)),
      contents,
    )
  )
    return 'again';

  // It may belong to any of these handlers, which run again: what they push this time is what counts.
  if (unhandled(write.during, handled).length > 0) return 'redone';
  const others = pushes(killed, Infinity).filter(({ id }) => id !== write.id);
  const likeness = likenessOf(
    write.change,
    others.map(({ change }) => change),
    made.map(({ change }) => change),
    span,
  );
  if (likeness !== 'different') return likeness === 'alike' ? 'again' : 'redone';
  return hasHadItsChance(next, patience) ? 'lost' : 'open';
}

function fateOfRequests(
  write: Write<Extract<Change, { type: 'add-requests' }>>,
  { migration, handled }: Judging,
): CutFate {
  const { before, next } = migration;
  const wanted = write.change.requests.map(({ uniqueKey }) => uniqueKey);
  const added = (lives: readonly ProcessLife[]) =>
    lives
      .flatMap(({ writes }) => writes.filter(isOf('add-requests')))
      .filter(({ change }) => change.queue.name === write.change.queue.name);
  const keysOf = (writes: ReturnType<typeof added>) =>
    writes.flatMap(({ change }) => change.requests.map(({ uniqueKey }) => uniqueKey));
  const there = keysOf(added(before).filter(landed));
  if (includesAll(there, wanted)) return 'superseded';
  if (next === undefined) return 'open';
  if (includesAll([...there, ...keysOf(added([next]))], wanted)) return 'again';
  // The links that its handler finds this time are the ones that count.
  if (unhandled(write.during, handled).length > 0) return 'redone';
  // A long list is added in the background for as long as the crawler works.
  return next.end?.how === 'itself' ? 'lost' : 'open';
}

function fateOfCharge(
  write: Write<Extract<Change, { type: 'charge' }>>,
  { migration, handled, patience }: Judging,
): CutFate {
  const { killed, next } = migration;
  const same = (life: ProcessLife) =>
    life.writes.filter(isOf('charge')).filter(({ change }) => change.event === write.change.event);
  if (same(killed).some((other) => landed(other) && comesAfter(other, write))) return 'superseded';
  if (next === undefined) return 'open';
  if (same(next).some(({ begunAt }) => begunAt <= workedAt(next, patience))) return 'again';
  if (unhandled(write.during, handled).length > 0) return 'redone';
  return hasHadItsChance(next, patience) ? 'lost' : 'open';
}

function includesAll<T>(all: readonly T[], wanted: readonly T[]): boolean {
  const set = new Set(all);
  return wanted.every((one) => set.has(one));
}
