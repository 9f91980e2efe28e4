import type { Change } from '../recording.ts';
import { contentOf, type Span } from './canonical.ts';
import { comesAfter, type CutFate, type Judging } from './cut-fate.ts';
import type { ProcessLife } from './history.ts';
import { hasHadItsChance, workedAt } from './progress.ts';
import { handledIn, requestKey, unhandled } from './requests.ts';
import { landed, sameRecord, type Write } from './writes.ts';

export type RecordWrite = Write<Extract<Change, { readonly type: 'set-record' | 'delete-record' }>>;

export function fateOfRecord(write: RecordWrite, judging: Judging): CutFate {
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
  // The first save of the grace period is the Actor's last word. One that was under way before may be one of many, and one that
  // came after another of the grace period adds to it: the piece of work is done once more, and the same is saved again.
  const isLastWord =
    write.begunAt >= migration.at &&
    !landedWrites.some(({ process, begunAt }) => process === killed.number && begunAt >= migration.at);
  if (isLastWord && readOlder(write, judging)) return waitsForHandler(next, open) ? 'open' : 'lost';
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
export function readOlder(write: Write, { migration: { next }, span }: Judging): boolean {
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
