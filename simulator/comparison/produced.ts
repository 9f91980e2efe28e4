import type { RecordedValue, RecordId, StorageId, Time } from '../recording.ts';
import type { Span } from '../verdict/canonical.ts';
import { groupBy } from '../verdict/group.ts';
import type { ProcessLife } from '../verdict/history.ts';
import { itemsOf, type PushedItem } from '../verdict/items.ts';
import { type HandledMark, handledMarks, requestKey } from '../verdict/requests.ts';
import { isOf, landed, recordName, type Write } from '../verdict/writes.ts';
import type { Totals } from './comparison.ts';

/** What a run has to show at its end, over all its processes. */
export interface Produced {
  readonly items: readonly PushedItem[];
  readonly records: ReadonlyMap<string, ProducedRecord>;
  /** The marks of each request, by its queue and unique key. */
  readonly handled: ReadonlyMap<string, readonly HandledMark[]>;
  readonly charges: readonly Charge[];
}

export interface ProducedRecord {
  readonly record: RecordId;
  readonly value: RecordedValue;
  /** The writes that it was made by. */
  readonly writes: readonly Write[];
}

export type Charge = Pick<Write, 'process' | 'begunAt' | 'settledAt' | 'during'> & {
  readonly event: string;
  readonly count: number;
};

export function producedBy(lives: readonly ProcessLife[], span: Span): Produced {
  const writes = lives.flatMap((life) => life.writes).filter(landed);
  const droppedAt = dropsOf(writes);
  return {
    items: lives
      .flatMap((life) => itemsOf(life, span))
      .filter(({ dataset, settledAt }) => settledAt > droppedAt(dataset)),
    records: recordsOf(writes, droppedAt),
    handled: groupBy(lives.flatMap(handledMarks), requestKey),
    charges: writes.filter(isOf('charge')).map(({ change: { event, count }, process, begunAt, settledAt, during }) => ({
      event,
      count,
      process,
      begunAt,
      settledAt,
      during,
    })),
  };
}

export function totalsOf({ items, records, handled, charges }: Produced): Totals {
  return {
    items: items.length,
    records: records.size,
    requests: handled.size,
    charges: charges.reduce((sum, { count }) => sum + count, 0),
  };
}

/** The records as the run left them; its input is none of its products. */
function recordsOf(writes: readonly Write[], droppedAt: Drops): ReadonlyMap<string, ProducedRecord> {
  const records = new Map<string, ProducedRecord>();
  for (const write of writes.toSorted((a, b) => a.settledAt - b.settledAt)) {
    const { change } = write;
    if (change.type === 'delete-record') records.delete(recordName(change.record));
    if (change.type !== 'set-record' || change.record.key === 'INPUT') continue;
    const { record, value } = change;
    if (write.settledAt <= droppedAt(record.store)) continue;
    const name = recordName(record);
    records.set(name, { record, value, writes: [...(records.get(name)?.writes ?? []), write] });
  }
  return records;
}

/** When a storage was dropped last: what was in it before is gone. */
type Drops = (storage: StorageId) => Time;

function dropsOf(writes: readonly Write[]): Drops {
  const drops = writes.filter(isOf('drop-storage'));
  const times = new Map(drops.map(({ change: { storage }, settledAt }) => [nameOf(storage), settledAt]));
  return (storage) => times.get(nameOf(storage)) ?? -Infinity;
}

function nameOf({ kind, name }: StorageId): string {
  return `${kind}\0${name}`;
}
