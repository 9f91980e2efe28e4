import type { RecordedEvent, RecordedValue, Time } from '../recording.ts';
import { isAnnounced } from '../run/restart-cause.ts';
import type { CutWrite } from './cut-writes.ts';
import type { Evidence } from './evidence.ts';
import type { History, Migration, Window } from './history.ts';
import type { StateRecord } from './state-records.ts';
import { targetOf } from './targets.ts';
import type { KeyVerdict, MigrationSummary, Repeated, RepeatedItem, WriteVerdict } from './verdict.ts';
import { landed, type Write } from './writes.ts';

/** What the verdict tells of each migration, in the order of time. One that was called off or cut short is none. */
export function migrationSummaries(history: History): readonly MigrationSummary[] {
  const { events, migrations, windows } = history;
  const exits = windows.filter(({ endedBy }) => endedBy === 'exit');
  return [
    ...migrations.map((migration) => summary(events, migration.window ?? noWindow(migration), migration)),
    ...exits
      .filter((window) => !migrations.some((migration) => migration.window === window))
      .map((window) => summary(events, window, undefined)),
  ];
}

type Grace = Pick<MigrationSummary, 'by' | 'endedBy'> & Pick<Window, 'openedAt' | 'closedAt'>;

/** What the Actor was not told of has no grace period. */
function noWindow({ by, at, isAskedFor }: Migration): Grace {
  return { by, openedAt: at, closedAt: at, endedBy: isAskedFor ? 'reboot' : undefined };
}

function summary(events: readonly RecordedEvent[], grace: Grace, migration: Migration | undefined): MigrationSummary {
  const { by, openedAt, closedAt, endedBy } = grace;
  const begunAt = migration?.next?.firstInstructionAt ?? migration?.next?.firstCallAt;
  return {
    by,
    at: openedAt,
    windowMs: closedAt - openedAt,
    pausedMs: pausedMs(events, openedAt, closedAt),
    endedBy,
    killToStartMs: begunAt === undefined || migration === undefined ? undefined : begunAt - migration.killedAt,
  };
}

/** Whether an event announced the end of the process, and reached it in time. */
export function wasTold({ history, migration: { by, killed, killedAt } }: Evidence): boolean {
  const isTooLate = history.events
    .filter((event) => event.kind === 'frame-sent')
    .filter(({ process }) => process === killed.number)
    .some(({ at, fault }) => fault?.kind === 'closed' || (fault?.kind === 'slow' && at + fault.ms >= killedAt));
  return isAnnounced(by) && !isTooLate;
}

/** Time in which a debugger held the process still. */
export function pausedMs(events: readonly RecordedEvent[], from: Time, to: Time): number {
  const pauses = new Map<Time, Time>();
  for (const event of events)
    if (event.kind === 'paused') pauses.set(event.at, event.until ?? pauses.get(event.at) ?? to);
  return [...pauses].reduce((sum, [at, until]) => sum + Math.max(0, Math.min(until, to) - Math.max(at, from)), 0);
}

/** The state records and what became of them; none where no process followed that could restore them. */
export function keyVerdicts({ states, migration }: Evidence): readonly KeyVerdict[] {
  if (migration.next === undefined) return [];
  return states.map(({ record, before, saved, savedAt, restored }: StateRecord) => ({
    record,
    before: before === undefined ? undefined : jsonOf(before),
    saved: jsonOf(saved),
    savedAfterMs: savedAt - migration.at,
    restored,
  }));
}

function jsonOf({ json, bytes }: RecordedValue): string {
  return json ?? JSON.stringify(`(${bytes} bytes, too large to be shown)`);
}

/** The writes of the grace period, and those that did not land; of the last process those that the run was told to fail. */
export function writeVerdicts({ migration, cut, failed }: Evidence): readonly WriteVerdict[] {
  const fates = new Map([...cut, ...failed].map((one) => [one.write.id, one]));
  return [...migration.killed.writes, ...failed.map(({ write }) => write)]
    .filter((write) => write.begunAt >= migration.at || fates.has(write.id))
    .flatMap((write) => {
      const kind = kindOf(write);
      return kind === undefined ? [] : [writeVerdict(kind, write, fates.get(write.id))];
    });
}

function writeVerdict(kind: WriteVerdict['kind'], write: Write, cut: CutWrite | undefined): WriteVerdict {
  return {
    kind,
    target: targetOf(write.change),
    landed: landed(write),
    latencyMs: write.tookMs,
    writtenAgain: cut?.fate === 'again' || cut?.fate === 'redone',
    lost: cut?.fate === 'lost',
    fault: write.fault,
  };
}

function kindOf({ change }: Write): WriteVerdict['kind'] | undefined {
  switch (change.type) {
    case 'set-record':
    case 'delete-record':
      return 'record';
    case 'push-items':
      return 'items';
    case 'add-requests':
      return 'requests';
    case 'update-request':
      return change.handled ? 'handled' : undefined;
    case 'charge':
      return 'charge';
    case 'delete-request':
    case 'drop-storage':
      return undefined;
  }
}

export function repeated({ items, requests, charges }: Evidence): Repeated {
  const madeAgain = [
    ...items.items.map(({ item, why }) => ({ target: item.dataset, item: item.text, content: item.content, why })),
    ...charges.map(({ event, why }) => {
      const target = { kind: 'charge', name: event } as const;
      return { target, item: event, content: `charge\0${event}`, why };
    }),
  ];
  return {
    items: counted(madeAgain.filter(({ why }) => why === 'fault')),
    requests: [
      ...new Set([...requests.map(({ request }) => request.url), ...items.items.flatMap((item) => item.requests)]),
    ],
    atLeastOnce: counted(madeAgain.filter(({ why }) => why !== 'fault')),
  };
}

function counted(
  again: readonly (Omit<RepeatedItem, 'times'> & { readonly content: string })[],
): readonly RepeatedItem[] {
  const counts = new Map<string, RepeatedItem>();
  for (const { target, item, content } of again) {
    const known = counts.get(content);
    counts.set(content, { target, item: known?.item ?? item, times: (known?.times ?? 0) + 1 });
  }
  return [...counts.values()];
}
