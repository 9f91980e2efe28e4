import type { Time } from '../recording.ts';
import { contentOf, type Span } from './canonical.ts';
import { goesBackwards } from './counts.ts';
import type { Evidence } from './evidence.ts';
import type { Migration } from './history.ts';
import { familyOf } from './key-family.ts';
import { hasHadItsChance, MUCH_WORK } from './progress.ts';
import type { StateRecord } from './state-records.ts';
import { recordName, sameRecord } from './writes.ts';

/**
 * State records that were not restored. One that was never read may still be; one whose family was read belongs to what is
 * done.
 */
export function faultyKeys({ states, migration }: Evidence): readonly StateRecord[] {
  const { next } = migration;
  if (next === undefined) return [];
  const names = states.map(({ record }) => recordName(record));
  const read = new Set(states.filter(({ restored }) => restored === 'read').map(({ record }) => recordName(record)));
  return states.filter(({ record, restored, rewritten }) => {
    if (restored === 'read') return false;
    if (restored === 'changed-in-shape') return true;
    if (familyOf(recordName(record), names).some((name) => read.has(name))) return false;
    // What was written over can no longer be restored.
    return rewritten !== undefined || hasHadItsChance(next, MUCH_WORK);
  });
}

/** A state record was restored until then. */
export function hasReadState(states: readonly StateRecord[], until: Time): boolean {
  return states.some(({ readAt }) => readAt !== undefined && readAt <= until);
}

/** Records that the next process asked for before it wrote them, and that had never been there. */
export function missedRecords({ before, next }: Migration): readonly string[] {
  if (next === undefined) return [];
  const reads = next.reads.filter(({ record, value }) => value === undefined && record.key !== 'INPUT');
  const written = before.flatMap(({ writes }) => writes);
  const missed = reads.filter(
    ({ record }) =>
      !written.some(
        ({ change, outcome }) =>
          change.type === 'set-record' && outcome === 'landed' && sameRecord(change.record, record),
      ),
  );
  return [...new Set(missed.map(({ record }) => recordName(record)))];
}

function isUnread(restored: StateRecord['restored']): boolean {
  return restored === 'never-read' || restored === 'overwritten-first';
}

/** Overwritten, without having been read, by a value that it had held long before, or whose counts are lower throughout. */
export function goesBack({ restored, rewritten, history, saved }: StateRecord, span: Span): boolean {
  if (rewritten === undefined || !isUnread(restored)) return false;
  const content = contentOf(rewritten.value, span);
  if (history.some(({ value }) => value !== undefined && contentOf(value, span) === content)) return true;
  return goesBackwards(saved, rewritten.value, span);
}
