import type { RecordedEvent } from '../recording.ts';

/**
 * The events in the order of their times. Those of the same millisecond get an order that does not depend on which of them
 * was told first: a process starts before it acts and acts before it ends, and a read comes before a write, since that is
 * the order that finds no fault.
 */
export function inOrder(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return events.toSorted((a, b) => a.at - b.at || rank(a) - rank(b) || tie(a, b));
}

const KINDS: readonly RecordedEvent['kind'][] = [
  'process-started',
  'first-call',
  'connected',
  'frame-sent',
  'window-opened',
  'paused',
  'record-read',
  'request-fetched',
  'write',
  'status-message',
  'refused',
  'no-listener',
  'disk-file',
  'reboot-requested',
  'abort-requested',
  'window-closed',
  'killed',
  'process-exited',
];

function rank(event: RecordedEvent): number {
  const settled = event.kind === 'write' && event.outcome !== 'pending' ? 0.5 : 0;
  return KINDS.indexOf(event.kind) + settled;
}

function tie(a: RecordedEvent, b: RecordedEvent): number {
  if (a.process !== b.process) return a.process - b.process;
  if (a.kind === 'write' && b.kind === 'write' && a.id !== b.id) return a.id - b.id;
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
