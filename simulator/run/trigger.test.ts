import { describe, expect, test } from 'vitest';
import type { Change, RecordedEvent, RecordId, RequestId } from '../recording.ts';
import { BadTrigger, parseTrigger, TriggerSequence } from './trigger.ts';

describe('--at', () => {
  test.each([
    ['5s', { on: 'time', ms: 5000 }],
    ['500ms', { on: 'time', ms: 500 }],
    ['1.5m', { on: 'time', ms: 90_000 }],
    ['first-write', { on: 'write', count: 1 }],
    ['write:3', { on: 'write', count: 3 }],
    ['request:12', { on: 'request', count: 12 }],
    ['before-write:2', { on: 'before-write', count: 2 }],
    ['add:15', { on: 'add', count: 15 }],
    ['before-add:2', { on: 'before-add', count: 2 }],
    ['key:STATE', { on: 'key', key: 'STATE', count: 1 }],
    ['key:STATE:4', { on: 'key', key: 'STATE', count: 4 }],
    ['before-key:STATE', { on: 'before-key', key: 'STATE', count: 1 }],
    ['before-key:SDK_X:2', { on: 'before-key', key: 'SDK_X', count: 2 }],
  ])('%s is understood', (text, trigger) => {
    expect(parseTrigger(text)).toEqual(trigger);
  });

  test.each([
    '',
    '5',
    's',
    '-5s',
    'request:0',
    'request:',
    'write:x',
    'key:',
    'key:A:0',
    'key:A:B',
    'before-write:0',
    'add:0',
    'time:3',
    'firstwrite',
    '99999999m',
  ])('`%s` is refused with the forms that there are', (text) => {
    expect(() => parseTrigger(text)).toThrow(BadTrigger);
    expect(() => parseTrigger(text)).toThrow(/5s.*first-write.*write:3.*request:3.*key:STATE/);
  });
});

describe('a migration is due', () => {
  test('so long after the Actor listens', () => {
    expect(due(['2s'], [started(1), connected(1)])).toEqual([2000]);
  });

  test("by what the Actor writes, not by what its crawler keeps for itself or a queue's new requests", () => {
    const own = [
      set('SDK_SESSION_POOL_STATE'),
      set('URLS-REQUEST_LIST_STATE'),
      { type: 'add-requests', queue: QUEUE, requests: [] } as const,
    ];
    expect(due(['first-write'], [started(1), connected(1), ...own.map((change) => landed(1, change))])).toEqual([]);
    expect(due(['first-write'], [started(1), connected(1), landed(1, set('STATE'))])).toEqual([0]);
  });

  test('by a write that has landed, not by one that is on its way or was cut', () => {
    const write = landed(1, set('STATE'));
    expect(due(['key:STATE'], [started(1), connected(1), { ...write, outcome: 'pending' }])).toEqual([]);
    expect(due(['key:STATE'], [started(1), connected(1), { ...write, outcome: 'cut' }])).toEqual([]);
    expect(due(['key:STATE'], [started(1), connected(1), landed(1, set('OTHER')), write])).toEqual([0]);
  });

  test('by a write that has been sent, before it lands', () => {
    const sent = { ...landed(1, set('A')), outcome: 'pending' } as const;
    const second = { ...sent, id: 2 };
    expect(due(['before-write:2'], [started(1), connected(1), sent, landed(1, set('A'))])).toEqual([]);
    expect(due(['before-write:2'], [started(1), connected(1), sent, landed(1, set('A')), second])).toEqual([0]);
    expect(due(['before-write:1'], [started(1), connected(1), { ...sent, change: set('SDK_X') }])).toEqual([]);
  });

  test('by the nth request that a process adds to queues, whatever they are added together with', () => {
    const three = landed(1, { type: 'add-requests', queue: QUEUE, requests: [idOf('a'), idOf('b'), idOf('c')] });
    const one = landed(1, { type: 'add-requests', queue: QUEUE, requests: [idOf('d')] });
    expect(due(['add:4'], [started(1), connected(1), three, landed(1, set('A'))])).toEqual([]);
    expect(due(['add:4'], [started(1), connected(1), three, one])).toEqual([0]);
    expect(due(['add:2'], [started(1), connected(1), { ...three, outcome: 'pending' }])).toEqual([]);
    expect(due(['before-add:2'], [started(1), connected(1), { ...three, outcome: 'pending' }])).toEqual([0]);
    expect(due(['add:4'], [started(1), connected(1), three, started(2), connected(2), one])).toEqual([]);
  });

  test('by the nth time that a record is written in a process', () => {
    const [state, other] = [landed(1, set('STATE')), landed(1, set('OTHER'))];
    expect(due(['key:STATE:2'], [started(1), connected(1), state, other])).toEqual([]);
    expect(due(['key:STATE:2'], [started(1), connected(1), state, other, state])).toEqual([0]);
    const sent = { ...state, outcome: 'pending' } as const;
    expect(due(['before-key:STATE:2'], [started(1), connected(1), sent, state, other])).toEqual([]);
    expect(due(['before-key:STATE:2'], [started(1), connected(1), sent, state, sent])).toEqual([0]);
  });

  test('by the nth write of a process, the nth handled request of the run', () => {
    const first = [started(1), connected(1), landed(1, set('A')), landed(1, handled('1'))];
    expect(due(['write:3'], first)).toEqual([]);
    expect(due(['write:3'], [...first, started(2), connected(2), landed(2, set('A'))])).toEqual([]);
    expect(due(['request:2'], [...first, started(2), connected(2), landed(2, handled('2'))])).toEqual([0]);
  });

  test('only once the Actor listens, though the write came before', () => {
    expect(due(['first-write'], [started(1), landed(1, set('STATE'))])).toEqual([]);
    expect(due(['first-write'], [started(1), landed(1, set('STATE')), connected(1)])).toEqual([0]);
  });

  test('one after the other, each in a process of its own', () => {
    const events = (process: number) => [started(process), connected(process), landed(process, set('STATE'))];
    expect(due(['first-write', 'first-write'], [...events(1), landed(1, set('STATE'))])).toEqual([0]);
    expect(due(['first-write', 'first-write'], [...events(1), ...events(2), ...events(3)])).toEqual([0, 0]);
  });
});

const QUEUE = { kind: 'request-queue', name: 'default' } as const;

function due(at: readonly string[], events: readonly RecordedEvent[]): readonly number[] {
  const sequence = new TriggerSequence(at.map(parseTrigger));
  return events.flatMap((event) => sequence.see(event) ?? []);
}

function started(process: number): RecordedEvent {
  return { kind: 'process-started', at: 0, process };
}

function connected(process: number): RecordedEvent {
  return { kind: 'connected', at: 0, process };
}

function landed(process: number, change: Change): Extract<RecordedEvent, { kind: 'write' }> {
  return { kind: 'write', at: 0, process, id: 1, change, outcome: 'landed', tookMs: 0, during: [] };
}

function set(key: string): Change {
  const record: RecordId = { store: { kind: 'key-value-store', name: 'default' }, key };
  return { type: 'set-record', record, value: { contentType: 'application/json', bytes: 2, sha256: '' } };
}

function handled(id: string): Change {
  return { type: 'update-request', queue: QUEUE, request: idOf(id), handled: true };
}

function idOf(id: string): RequestId {
  return { id, uniqueKey: id, url: id };
}
