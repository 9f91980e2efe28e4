import { wordsOf } from './cause-words.ts';
import type { RecordedEvent } from '../recording.ts';
import type { Evidence } from './evidence.ts';
import { failedBy } from './faults.ts';
import { pausedMs } from './findings.ts';
import type { History } from './history.ts';
import { missedRecords } from './restored.ts';
import { targetOf } from './targets.ts';
import { count, duration, list, quoted } from './words.ts';
import { isOf, landed } from './writes.ts';

/** What local storage cannot show. */
const LOCAL = [
  'Without the Apify SDK the Actor was run on its local storage, where a write arrives at once: a save that nobody waits for can be lost on a server and was not here.',
  'On the Apify platform Crawlee alone hears of no migration, and what it stores is gone with the disk: there `Actor.init()` of `apify` is needed.',
];

/** What a reader must know to trust the verdict: assumptions, time that stood still, what was refused or not compared. */
export function remarks(history: History, evidence: Evidence | undefined): readonly string[] {
  const { events, recording } = history;
  return [
    ...(recording.fidelity === 'local' ? LOCAL : []),
    ...torn(events),
    ...faults(events),
    ...unheard(history),
    ...untold(events),
    ...unlocked(events),
    ...paused(events),
    ...cancelled(history),
    ...refused(events),
    ...missed(evidence),
    ...early(evidence),
    ...compared(evidence),
    ...disk(events),
  ];
}

function torn(events: readonly RecordedEvent[]): readonly string[] {
  const files = events.filter((event) => event.kind === 'torn-file').map(({ path }) => quoted(path));
  if (files.length === 0) return [];
  return [
    `${list([...new Set(files)])} was cut in the middle by the kill. Only a local file can be: a platform stores a record whole or not at all, so what follows from it is no fault of the Actor.`,
  ];
}

/** Of the SDK's own records too: whatever the Actor did about them. */
function faults(events: readonly RecordedEvent[]): readonly string[] {
  const failed = events.filter((event) => event.kind === 'write').filter(({ fault }) => fault !== undefined);
  if (failed.length === 0) return [];
  const targets = [...new Set(failed.map(({ change }) => quoted(targetOf(change))))];
  return [`${count(failed.length, 'write')} ${failedBy(failed)}: to ${list(targets, 5)}.`];
}

function unheard({ events, windows }: History): readonly string[] {
  const found = events.filter((event) => event.kind === 'frame-sent').find(({ fault }) => fault !== undefined)?.fault;
  if (found === undefined) return [];
  const { noun } = wordsOf(windows.at(-1)?.by ?? 'migration');
  return [
    found.kind === 'closed'
      ? `The connection of the events was closed by --websocket (closed): the Actor was not told of the ${noun}, and its listeners had no part in it.`
      : `The Actor was told of the ${noun} ${duration(found.ms)} late, by --websocket (slow).`,
  ];
}

function untold(events: readonly RecordedEvent[]): readonly string[] {
  return events
    .filter((event) => event.kind === 'no-listener')
    .map(
      ({ by, at }) =>
        `The ${wordsOf(by).noun} that was due ${duration(at)} after the start of the run did not come: the Actor had closed its connection to the events, as \`Actor.exit()\` does.`,
    );
}

function unlocked(events: readonly RecordedEvent[]): readonly string[] {
  const requests = events.filter((event) => event.kind === 'killed').reduce((sum, event) => sum + event.unlocked, 0);
  if (requests === 0) return [];
  return [
    `The locks that the ended process held on ${count(requests, 'request')} were taken to end with it, which is an assumption: on the platform the restarted Actor may have to wait until they expire.`,
  ];
}

function paused(events: readonly RecordedEvent[]): readonly string[] {
  const ms = pausedMs(events, 0, events.at(-1)?.at ?? 0);
  if (ms === 0) return [];
  return [`A debugger held the Actor for ${duration(ms)}: the grace period and the locks stood still in the meantime.`];
}

function cancelled({ windows }: History): readonly string[] {
  const times = windows.filter(({ endedBy }) => endedBy === 'cancelled').length;
  if (times === 0) return [];
  const which = times === 1 ? 'One migration was' : `${times} migrations were`;
  return [`${which} called off, but the Actor had heard of it: its listeners had run already.`];
}

function refused(events: readonly RecordedEvent[]): readonly string[] {
  const sentences = events.filter((event) => event.kind === 'refused').map(({ sentence }) => sentence);
  return [...new Set(sentences)].map((sentence) => `Refused: ${sentence}`);
}

function missed(evidence: Evidence | undefined): readonly string[] {
  const records = evidence === undefined ? [] : missedRecords(evidence.migration);
  if (records.length === 0) return [];
  return [`The restarted Actor asked for ${list(records.map((name) => quoted(name)))}: nothing had been saved there.`];
}

/** A state that holds the beginning, and one that is not kept, look the same after the first piece of work. */
function early(evidence: Evidence | undefined): readonly string[] {
  if (evidence === undefined || evidence.items.items.length === 0) return [];
  const pieces = new Set(
    evidence.migration.before.flatMap((life) => life.writes.filter(landed).filter(isOf('push-items'))),
  );
  if (pieces.size > 1) return [];
  const { happened, advice } = wordsOf(evidence.migration.by);
  return [
    `The first piece of work was done again, and no other had been done when ${happened}: ${advice} later to see more.`,
  ];
}

function compared(evidence: Evidence | undefined): readonly string[] {
  if (evidence === undefined) return [];
  const { items, migration, states } = evidence;
  const dropped = items.dropped.map((name) => quoted(name));
  const all = [...migration.before, ...(migration.next === undefined ? [] : [migration.next])];
  const large = all
    .flatMap(({ writes }) => writes.filter(isOf('push-items')))
    .flatMap(({ change }) => change.items)
    .filter((item) => 'sha256' in item).length;
  const largeStates = states.filter(({ saved }) => saved.json === undefined).length;
  return [
    ...(dropped.length === 0
      ? []
      : [
          `Items were compared without ${list(dropped, 5)}: ${dropped.length === 1 ? 'it differs' : 'they differ'} in all of them.`,
        ]),
    ...(large + largeStates === 0
      ? []
      : [
          `${count(large + largeStates, 'value')} too large to be looked into: compared as a whole, so that a date in it makes a difference.`,
        ]),
  ];
}

function disk(events: readonly RecordedEvent[]): readonly string[] {
  const files = events.filter((event) => event.kind === 'disk-file').map(({ path }) => quoted(path));
  if (files.length === 0) return [];
  return [
    `The restarted Actor read ${list([...new Set(files)])} from the local disk: on the platform that would not be there, since each process begins with an empty disk.`,
  ];
}
