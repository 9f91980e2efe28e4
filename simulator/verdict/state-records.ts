import type { RecordId, RecordedValue, Time } from '../recording.ts';
import { contentOf, type Span } from './canonical.ts';
import { goesOn } from './counts.ts';
import { groupBy } from './group.ts';
import type { Migration, ProcessLife } from './history.ts';
import { keyFamily } from './key-family.ts';
import { ENOUGH_WORK, MUCH_WORK, workedAt } from './progress.ts';
import { requestKey } from './requests.ts';
import { changedShape } from './shape.ts';
import type { KeyVerdict } from './verdict.ts';
import { isOf, landed, recordName, sameRecord, type Write } from './writes.ts';

/** A state record at the kill, and what the process that followed did with it. */
export interface StateRecord {
  readonly record: RecordId;
  /** What the run had written to it until the kill, in the order in which it landed. */
  readonly history: readonly Save[];
  readonly before: RecordedValue | undefined;
  readonly saved: RecordedValue;
  readonly savedAt: Time;
  readonly restored: KeyVerdict['restored'];
  /** When the next process read it, where that was before it wrote it. */
  readonly readAt: Time | undefined;
  /** The first value that the next process wrote, and when. */
  readonly rewritten: { readonly value: RecordedValue; readonly at: Time } | undefined;
}

interface Save {
  readonly value: RecordedValue | undefined;
  readonly write: Write;
}

/**
 * JSON records that hold the Actor's state: written in the grace period, or more than once with another content, or read by
 * a later process. Records that are output are not: those that each belong to a page or a product (see {@link isOutput}),
 * and `OUTPUT` itself, unless it is read.
 */
export function stateRecords(migration: Migration, span: Span): readonly StateRecord[] {
  const saved = migration.before.flatMap(({ writes }) => savesOf(writes));
  const records = groupBy(saved, ({ record }) => recordName(record));
  const all = [...records.values()].map((saves) => saves.toSorted((a, b) => a.write.settledAt - b.write.settledAt));
  return all.flatMap((saves) => {
    const state = stateRecord(migration, saves, all, span);
    return state === undefined ? [] : [state];
  });
}

interface RecordSave extends Save {
  readonly record: RecordId;
}

function savesOf(writes: readonly Write[]): readonly RecordSave[] {
  return writes.filter(landed).flatMap((write): readonly RecordSave[] => {
    const { change } = write;
    if (change.type === 'set-record') return [{ record: change.record, value: change.value, write }];
    return change.type === 'delete-record' ? [{ record: change.record, value: undefined, write }] : [];
  });
}

function stateRecord(
  migration: Migration,
  saves: readonly RecordSave[],
  all: readonly (readonly RecordSave[])[],
  span: Span,
): StateRecord | undefined {
  const last = saves.at(-1);
  if (last?.value === undefined || !isJson(last.value) || wasDropped(migration, last)) return undefined;
  const { record, value: saved } = last;
  if (record.key === 'INPUT') return undefined;
  const contents = new Set(saves.map(({ value }) => (value === undefined ? '' : contentOf(value, span))));
  const inWindow = saves.some(({ write }) => isInWindow(migration, write));
  const read = readLater(migration, record, saves);
  if (!read && (record.key === 'OUTPUT' || !(inWindow || contents.size > 1))) return undefined;
  if (!read && saves.length === 1 && isOutput(migration, last, all)) return undefined;

  const rewritten = firstRewrite(migration.next, record);
  const readAt = migration.next?.reads.find((event) => sameRecord(event.record, record))?.at;
  const readFirst = readAt !== undefined && readAt <= (rewritten?.at ?? Infinity) && readAt <= tooLate(migration.next);
  if (!readFirst && rewritten !== undefined && wentOnAnyway(migration.next, saved, rewritten, span)) return undefined;
  const restored = readFirst
    ? readHow(saved, rewritten?.value)
    : readAt === undefined
      ? 'never-read'
      : 'overwritten-first';
  const before = saves.findLast(({ write }) => write.settledAt <= migration.at)?.value;
  const savedAt = last.write.settledAt;
  return {
    record,
    history: saves,
    before,
    saved,
    savedAt,
    restored,
    readAt: readFirst ? readAt : undefined,
    rewritten,
  };
}

/** A restarted Actor that has done much work by then has not been told by this record where to go on. */
function tooLate(next: ProcessLife | undefined): Time {
  return next === undefined ? Infinity : workedAt(next, MUCH_WORK);
}

/**
 * Written without having been read, and yet nothing of it was lost: the same again, or, with the first work that is done, a
 * value that goes on where this one ended, since it is made from what was restored elsewhere.
 */
function wentOnAnyway(
  next: ProcessLife | undefined,
  saved: RecordedValue,
  { value, at }: { readonly value: RecordedValue; readonly at: Time },
  span: Span,
): boolean {
  if (next === undefined || at > tooLate(next)) return false;
  if (contentOf(value, span) === contentOf(saved, span)) return true;
  return at <= workedAt(next, ENOUGH_WORK) && goesOn(saved, value, span);
}

function readHow(saved: RecordedValue, rewritten: RecordedValue | undefined): KeyVerdict['restored'] {
  return rewritten !== undefined && changedShape(saved, rewritten) ? 'changed-in-shape' : 'read';
}

function isJson({ contentType, json }: RecordedValue): boolean {
  return json !== undefined || /\bjson\b/i.test(contentType);
}

function wasDropped({ before }: Migration, { record, write }: RecordSave): boolean {
  return before
    .flatMap(({ writes }) => writes)
    .filter(isOf('drop-storage'))
    .some(({ change, outcome, settledAt }) => {
      const { kind, name } = change.storage;
      return (
        outcome === 'landed' && settledAt > write.settledAt && kind === record.store.kind && name === record.store.name
      );
    });
}

function isInWindow({ at, killed }: Migration, { begunAt, process }: Write): boolean {
  return process === killed.number && begunAt >= at;
}

/** A process that was started after the one that wrote it asked for it. */
function readLater({ before, next }: Migration, record: RecordId, saves: readonly RecordSave[]): boolean {
  const first = Math.min(...saves.map(({ write }) => write.process));
  return [...before, ...(next === undefined ? [] : [next])].some(
    ({ number, reads }) => number > first && reads.some((read) => sameRecord(read.record, record)),
  );
}

function firstRewrite(next: ProcessLife | undefined, record: RecordId): StateRecord['rewritten'] {
  const write = next?.writes.filter(isOf('set-record')).find(({ change }) => sameRecord(change.record, record));
  return write === undefined ? undefined : { value: write.change.value, at: write.begunAt };
}

/**
 * A record that was written once, in the grace period, and never read: one of many that the Actor writes as it goes, such as
 * `page-17`, or one of a request that was in flight and is handled again.
 */
function isOutput(migration: Migration, save: RecordSave, all: readonly (readonly RecordSave[])[]): boolean {
  const { store, key } = save.record;
  const siblings = all.filter(([first, second]) => {
    if (first === undefined || second !== undefined || first === save) return false;
    return first.record.store.name === store.name && !isInWindow(migration, first.write);
  });
  if (siblings.length >= 3) return true;
  if (siblings.some(([first]) => first !== undefined && keyFamily(first.record.key) === keyFamily(key))) return true;
  return madeAgainByItsRequest(migration.next, save);
}

function madeAgainByItsRequest(next: ProcessLife | undefined, { record, write }: RecordSave): boolean {
  const again = next?.writes.filter(isOf('set-record')).find(({ change }) => sameRecord(change.record, record));
  if (again === undefined || again.begunAt > tooLate(next)) return false;
  const requests = new Set(write.during.map(requestKey));
  return again.during.some((request) => requests.has(requestKey(request)));
}
