import type { Change, RecordedEvent, Recording, StorageWrite, Time } from '../recording.ts';
import { EventCounts, isWork } from '../run/event-counts.ts';
import { keyFamily } from '../verdict/key-family.ts';
import { targetOf } from '../verdict/targets.ts';

/** A moment of a run at which a migration may show something that it does not show at another. */
export interface Point {
  /** As `--at` says it. */
  readonly at: string;
  /** When it was, in the undisturbed run. */
  readonly time: Time;
  /** `before items to dataset default`. */
  readonly what: string;
  /** Points at which the Actor does the same kind of thing in the same surroundings have the same. */
  readonly kind: string;
}

/**
 * Two points so close are one: a frame takes about as long to be heard, so that a migration at either would be the same.
 */
const CLOSE_MS = 5;

/**
 * The points of interest of an undisturbed run: its start, before and after each write and each addition to a queue, each
 * handled request, and during and after each `persistState`, which shows by what the SDK keeps for itself then.
 */
export function pointsOf({ events }: Recording): readonly Point[] {
  const counts = new EventCounts();
  const points: Omit<Point, 'kind'>[] = [];
  const kinds: string[] = [];
  for (const event of events) {
    counts.see(event);
    const point = event.process === 1 ? pointAt(event, counts) : undefined;
    const last = points.at(-1);
    if (point === undefined || (last !== undefined && point.time - last.time < CLOSE_MS)) continue;
    points.push(point);
    kinds.push(keyFamily(point.what));
  }
  // What came before is part of the surroundings: a push after a save is another place in the code than a push after a push.
  return points.map((point, index) => ({ ...point, kind: `${kinds[index - 1] ?? ''}\0${kinds[index] ?? ''}` }));
}

function pointAt(event: RecordedEvent, counts: EventCounts): Omit<Point, 'kind'> | undefined {
  if (event.kind === 'connected') return { at: '0ms', time: event.at, what: 'at its start' };
  if (event.kind !== 'write') return undefined;
  const named = event.outcome === 'pending' ? before(event, counts) : after(event, counts);
  return named === undefined ? undefined : { ...named, time: event.at };
}

type Named = Pick<Point, 'at' | 'what'>;

function before({ change }: StorageWrite, counts: EventCounts): Named | undefined {
  const what = `before ${thing(change)}`;
  if (change.type === 'add-requests') return { at: `before-add:${counts.begunAdditions}`, what };
  if (isWork(change)) return { at: `before-write:${counts.begunWrites}`, what };
  // Crawlee keeps its own state whenever it says `persistState`: the Actor's listeners of that run now.
  if (change.type !== 'set-record') return undefined;
  const { key } = change.record;
  return { at: `before-key:${key}:${counts.begunRecordsOf(key)}`, what: `during persistState (${key})` };
}

function after({ change, outcome }: StorageWrite, counts: EventCounts): Named | undefined {
  if (outcome !== 'landed') return undefined;
  // By its place among the handled requests: it is the same whatever they write.
  if (change.type === 'update-request' && change.handled)
    return { at: `request:${counts.handledRequests}`, what: `after ${thing(change)}` };
  if (change.type === 'add-requests') return { at: `add:${counts.landedAdditions}`, what: `after ${thing(change)}` };
  if (isWork(change)) return { at: `write:${counts.landedWrites}`, what: `after ${thing(change)}` };
  if (change.type !== 'set-record') return undefined;
  const { key } = change.record;
  return { at: `key:${key}:${counts.recordsOf(key)}`, what: `after persistState (${key})` };
}

function thing(change: Change): string {
  switch (change.type) {
    case 'push-items':
      return `items to ${targetOf(change)}`;
    case 'charge':
      return targetOf(change);
    case 'set-record':
      return `the record ${targetOf(change)}`;
    case 'update-request':
      return `the mark of a handled request in ${targetOf(change)}`;
    case 'add-requests':
      return `requests to ${targetOf(change)}`;
    case 'delete-record':
    case 'delete-request':
    case 'drop-storage':
      return targetOf(change);
  }
}
