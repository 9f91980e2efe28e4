import type {
  Change,
  InFlight,
  ProcessNumber,
  RecordId,
  StorageWrite,
  Time,
  WriteFault,
  WriteOutcome,
} from '../recording.ts';
import { isSdkKey } from './sdk-keys.ts';

/** A write of the user's, from its arrival to how it was settled: the two events of the recording as one value. */
export interface Write<C extends Change = Change> {
  readonly id: number;
  readonly process: ProcessNumber;
  readonly change: C;
  /** `pending` where it has not been settled until now. */
  readonly outcome: WriteOutcome;
  /** It was failed since the run was told to fail writes. */
  readonly fault: WriteFault | undefined;
  readonly begunAt: Time;
  /** `Infinity` while pending. */
  readonly settledAt: Time;
  readonly tookMs: number;
  readonly during: readonly InFlight[];
}

type ChangeOf<Type extends Change['type']> = Extract<Change, { readonly type: Type }>;

/** The writes in the order in which they began, without those of the SDK's own records. */
export function writesOf(events: readonly StorageWrite[]): readonly Write[] {
  const writes = new Map<number, Write>();
  for (const event of events) {
    if (isSdkChange(event.change)) continue;
    const begun = writes.get(event.id);
    writes.set(event.id, {
      id: event.id,
      process: event.process,
      change: event.change,
      outcome: event.outcome,
      fault: event.fault,
      begunAt: begun?.begunAt ?? event.at - event.tookMs,
      settledAt: event.outcome === 'pending' ? Infinity : event.at,
      tookMs: event.tookMs,
      during: event.during,
    });
  }
  return [...writes.values()].toSorted((a, b) => a.begunAt - b.begunAt || a.id - b.id);
}

/** Is of the given type of change. */
export function isOf<Type extends Change['type']>(type: Type): (write: Write) => write is Write<ChangeOf<Type>> {
  return (write): write is Write<ChangeOf<Type>> => write.change.type === type;
}

export function landed(write: Write): boolean {
  return write.outcome === 'landed';
}

/** Work that the platform has acknowledged: what an Actor can show for its time, and what a restart can do twice. */
export function isWork(write: Write): boolean {
  const { change } = write;
  switch (change.type) {
    case 'push-items':
      return change.items.length > 0;
    case 'update-request':
      return change.handled;
    case 'charge':
    case 'set-record':
      return true;
    default:
      return false;
  }
}

export function recordName({ store, key }: RecordId): string {
  return `${store.name}/${key}`;
}

export function sameRecord(a: RecordId, b: RecordId): boolean {
  return a.key === b.key && a.store.name === b.store.name;
}

function isSdkChange(change: Change): boolean {
  return (change.type === 'set-record' || change.type === 'delete-record') && isSdkKey(change.record.key);
}
