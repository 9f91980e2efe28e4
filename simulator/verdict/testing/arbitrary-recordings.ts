import * as fc from 'fast-check';
import type { Change, InFlight, RecordedEvent, Recording, StorageId } from '../../recording.ts';
import { RESTART_CAUSES } from '../../run/restart-cause.ts';
import { jsonValue, recordId, requestId } from './recorded-values.ts';
import { RunStory, STARTED_AT } from './recording-builder.ts';

const value = fc.oneof(fc.constantFrom(1, 'a', null, {}, [], { n: 1 }, { seen: ['a'] }), fc.jsonValue({ maxDepth: 2 }));
const key = fc.constantFrom('STATE', 'SEEN', 'page-1', 'page-2', 'STATE-a', 'OUTPUT', 'INPUT', 'SDK_X', 'other/STATE');
const storage = fc.record({
  kind: fc.constantFrom<StorageId['kind'][]>('key-value-store', 'dataset', 'request-queue'),
  name: fc.constantFrom('default', 'other'),
});
const request = fc.constantFrom('/a', '/b', '/b#2', '/c').map(requestId);
const queue = fc.constant<StorageId>({ kind: 'request-queue', name: 'default' });
const record = key.map(recordId);
const recorded = value.map((json) => jsonValue(json));
const item = fc.oneof(
  value.map((json) => ({ json: JSON.stringify(json) })),
  fc.constantFrom({ json: 'no JSON' }, { sha256: 'abc' }),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ type: fc.constant('set-record' as const), record, value: recorded }),
  fc.record({ type: fc.constant('delete-record' as const), record }),
  fc.record({ type: fc.constant('push-items' as const), dataset: storage, items: fc.array(item, { maxLength: 3 }) }),
  fc.record({ type: fc.constant('add-requests' as const), queue, requests: fc.array(request, { maxLength: 3 }) }),
  fc.record({ type: fc.constant('update-request' as const), queue, request, handled: fc.boolean() }),
  fc.record({ type: fc.constant('delete-request' as const), queue, request }),
  fc.record({ type: fc.constant('drop-storage' as const), storage }),
  fc.record({ type: fc.constant('charge' as const), event: fc.constantFrom('start', 'result'), count: fc.nat(3) }),
);
const during: fc.Arbitrary<readonly InFlight[]> = fc.array(fc.record({ queue, request }), { maxLength: 2 });

type Unstamped<Event> = Event extends RecordedEvent ? Omit<Event, 'at' | 'process'> : never;

const event: fc.Arbitrary<Unstamped<RecordedEvent>> = fc.oneof(
  fc.constantFrom<Unstamped<RecordedEvent>[]>(
    { kind: 'process-started' },
    { kind: 'connected' },
    { kind: 'first-call' },
    { kind: 'frame-sent', name: 'migrating' },
    { kind: 'window-opened', by: 'migration', graceMs: 1000 },
    { kind: 'window-opened', by: 'graceful-abort', graceMs: 1000 },
    { kind: 'reboot-requested' },
    { kind: 'abort-requested', gracefully: true },
    { kind: 'status-message', text: 'x' },
    { kind: 'refused', method: 'POST', path: '/v2/x', sentence: 'No <b>such</b> `call`.' },
    { kind: 'no-listener', by: 'migration' },
    { kind: 'disk-file', path: 'a_b.json', writtenBy: 1 },
    { kind: 'paused', until: undefined },
    { kind: 'process-exited', exit: { code: 0, signal: undefined }, killed: false },
    { kind: 'process-exited', exit: { code: 1, signal: undefined }, killed: false },
    { kind: 'process-exited', exit: { code: undefined, signal: 'SIGKILL' }, killed: true },
  ),
  fc.record({
    kind: fc.constant('window-closed' as const),
    endedBy: fc.constantFrom('reboot' as const, 'deadline', 'user', 'exit', 'cancelled', 'aborted'),
  }),
  fc.record({
    kind: fc.constant('killed' as const),
    why: fc.constantFrom(...RESTART_CAUSES, 'stop' as const, 'leftovers' as const),
    processes: fc.nat(3),
    unlocked: fc.nat(3),
  }),
  fc.record({ kind: fc.constant('record-read' as const), record, value: fc.option(recorded, { nil: undefined }) }),
  fc.record({ kind: fc.constant('request-fetched' as const), queue, request }),
  fc.record({
    kind: fc.constant('write' as const),
    id: fc.nat(20),
    change,
    outcome: fc.constantFrom('pending' as const, 'landed', 'landed', 'cut', 'refused', 'failed'),
    tookMs: fc.nat(200),
    during,
  }),
  fc.record({
    kind: fc.constant('write' as const),
    id: fc.nat(20),
    change,
    outcome: fc.constant('failed' as const),
    fault: fc.constantFrom('reject' as const, 'outage'),
    tookMs: fc.nat(200),
    during,
  }),
);

/** Events in any order, whether or not a run could give them. */
export const anyRecording: fc.Arbitrary<Recording> = fc
  .record({
    fidelity: fc.constantFrom('platform' as const, 'local'),
    events: fc.array(fc.tuple(event, fc.nat(1_000), fc.integer({ min: 0, max: 3 })), { maxLength: 40 }),
  })
  .map(({ fidelity, events }) => ({
    runId: 'run',
    startedAt: STARTED_AT,
    fidelity,
    events: events.map(([what, at, process]) => ({ ...what, at, process })),
  }));

type Action = (story: RunStory) => void;

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.nat(12).map((n) => (story: RunStory) => void story.push({ page: n, title: `Page ${n}` })),
  fc.constant<Action>((story) => void story.push({ alive: true })),
  fc.nat(12).map((n) => (story: RunStory) => void story.push({ page: n, title: `Page ${n}` }, { fault: 'reject' })),
  fc.nat(3).map((n) => (story: RunStory) => void story.save('STATE', { n }, { fault: 'outage' })),
  fc.tuple(fc.constantFrom('STATE', 'SEEN', 'STATE-1', 'STATE-2', 'page-1', 'CRAWLEE_STATE'), fc.nat(3)).map(
    ([name, n]) =>
      (story: RunStory) =>
        void story.save(name, { n }),
  ),
  fc.constantFrom('STATE', 'SEEN', 'STATE-1', 'STATE-2').map((name) => (story: RunStory) => void story.read(name)),
  fc.constantFrom('start', 'result').map((name) => (story: RunStory) => void story.charge(name)),
);
const handling = fc
  .uniqueArray(fc.nat(30), { maxLength: 10 })
  .map((pages): readonly Action[] =>
    pages.map((page) => (story: RunStory) => void story.handle(`/${page}`, (run) => run.push({ page: page % 7 }))),
  );
const actions = fc
  .tuple(fc.array(action, { maxLength: 30 }), handling)
  .chain(([own, requests]) => fc.shuffledSubarray([...own, ...requests], { minLength: own.length + requests.length }));
const cutAction: fc.Arbitrary<Action> = fc.oneof(
  fc.nat(12).map((n) => (story: RunStory) => void story.push({ page: n, title: `Page ${n}` }, { pending: true })),
  fc.nat(3).map((n) => (story: RunStory) => void story.save('STATE', { n }, { pending: true })),
  fc.constant<Action>((story) => void story.add(['/late'], { pending: true })),
);

/** A run that could be: a process, a migration with writes that are cut, and a process that follows and may end. */
export const migratedRun: fc.Arbitrary<Recording> = fc
  .record({
    before: actions,
    inFlight: fc.option(fc.nat(30), { nil: undefined }),
    cut: fc.array(cutAction, { maxLength: 3 }),
    after: actions,
    exit: fc.option(fc.constantFrom(0, 1), { nil: undefined }),
  })
  .map(({ before, inFlight, cut, after, exit }) => {
    const story = new RunStory();
    for (const act of before) act(story);
    if (inFlight !== undefined) story.fetch(`/${inFlight}`).push({ page: inFlight % 7 });
    story.migrate((run) => {
      for (const act of cut) act(run);
    });
    for (const act of after) act(story);
    if (exit !== undefined) story.exit(exit);
    return story.recording();
  });
