import type { Change, RequestId, Time } from '../recording.ts';
import { contentOf, type Span } from './canonical.ts';
import type { Migration, ProcessLife } from './history.ts';
import { itemContents } from './items.ts';
import { hasHadItsChance, MUCH_WORK, workedAt } from './progress.ts';
import { handledBefore, handledIn, requestKey, unhandled } from './requests.ts';
import { isOf, landed, sameRecord, type Write } from './writes.ts';

/**
 * `again`: the next process made the same again. `superseded`: a later write made up for it before the kill. `redone`: it
 * belongs to a request that was not handled yet, whose handler begins again. `lost`: none of these. `open`: not known yet.
 */
export type CutFate = 'again' | 'superseded' | 'redone' | 'lost' | 'open';

export interface CutWrite {
  readonly write: Write;
  readonly fate: CutFate;
  /** The next process read what had been there before. */
  readonly readOlder: boolean;
}

/** The writes that the killed process had begun and that never landed. */
export function cutWrites(migration: Migration, span: Span): readonly CutWrite[] {
  const cut = migration.killed.writes.filter((write) => didNotLand(migration, write));
  const patience = MUCH_WORK + 2 * cut.length;
  const judging = { migration, span, handled: handledBefore(migration), patience };
  return cut.map((write) => ({ write, fate: fateOf(write, judging), readOlder: readOlder(write, judging) }));
}

interface Judging {
  readonly migration: Migration;
  readonly span: Span;
  readonly handled: ReadonlyMap<string, RequestId>;
  /** Units of work of the next process in which a cut write may be made again. */
  readonly patience: number;
}

/** A write that failed in the grace period was not acknowledged either; one before it the Actor has heard of. */
function didNotLand({ at }: Migration, { outcome, begunAt }: Write): boolean {
  return outcome === 'cut' || outcome === 'pending' || (outcome === 'failed' && begunAt >= at);
}

function fateOf(write: Write, judging: Judging): CutFate {
  const { change } = write;
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

type RecordWrite = Write<Extract<Change, { readonly type: 'set-record' | 'delete-record' }>>;

function fateOfRecord(write: RecordWrite, judging: Judging): CutFate {
  const { migration, span, handled, patience } = judging;
  const { next, killed, before } = migration;
  const record = write.change.record;
  const content = recordContent(write, span);
  const landedWrites = recordWrites(before, record).filter(landed);
  if (landedWrites.some(({ process, begunAt, id }) => process === killed.number && comesAfter({ begunAt, id }, write)))
    return 'superseded';
  const atKill = landedWrites.toSorted((a, b) => a.settledAt - b.settledAt).at(-1);
  if (atKill !== undefined && recordContent(atKill, span) === content) return 'superseded';
  if (next === undefined) return 'open';

  const rewritten = recordWrites([next], record);
  const open = new Set(unhandled(write.during, handled).map(requestKey));
  if (rewritten.some(({ during }) => during.some((request) => open.has(requestKey(request))))) return 'redone';
  if (readOlder(write, judging)) return waitsForHandler(next, open) ? 'open' : 'lost';
  const again = rewritten.filter(({ begunAt }) => begunAt <= workedAt(next, patience));
  // Never asked for before it was written again: whatever was cut is out of date.
  if (again.length > 0) return again.some((other) => recordContent(other, span) === content) ? 'again' : 'superseded';
  if (waitsForHandler(next, open)) return 'open';
  return hasHadItsChance(next, patience) ? 'lost' : 'open';
}

function recordWrites(lives: readonly ProcessLife[], record: RecordWrite['change']['record']): readonly RecordWrite[] {
  return lives.flatMap(({ writes }) =>
    writes.flatMap((write): readonly RecordWrite[] => {
      const { change } = write;
      if (change.type !== 'set-record' && change.type !== 'delete-record') return [];
      return sameRecord(change.record, record) ? [{ ...write, change }] : [];
    }),
  );
}

function recordContent({ change }: RecordWrite, span: Span): string {
  return change.type === 'set-record' ? contentOf(change.value, span) : '';
}

/** The next process asked for the record before it wrote it, and did not get what was cut. */
function readOlder(write: Write, { migration: { next }, span }: Judging): boolean {
  const { change } = write;
  if (next === undefined || (change.type !== 'set-record' && change.type !== 'delete-record')) return false;
  const read = next.reads.find((event) => sameRecord(event.record, change.record));
  const rewritten = recordWrites([next], change.record)[0];
  if (read === undefined || (rewritten !== undefined && rewritten.begunAt < read.at)) return false;
  const got = read.value === undefined ? '' : contentOf(read.value, span);
  return got !== recordContent({ ...write, change }, span);
}

/** One of the requests whose handler may make the write again has not been handled again yet. */
function waitsForHandler(next: ProcessLife, open: ReadonlySet<string>): boolean {
  const handled = handledIn(next);
  return next.end?.how !== 'itself' && [...open].some((request) => !handled.has(request));
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

function comesAfter(a: Pick<Write, 'begunAt' | 'id'>, b: Pick<Write, 'begunAt' | 'id'>): boolean {
  return a.begunAt > b.begunAt || (a.begunAt === b.begunAt && a.id > b.id);
}

function includesAll<T>(all: readonly T[], wanted: readonly T[]): boolean {
  const set = new Set(all);
  return wanted.every((one) => set.has(one));
}
