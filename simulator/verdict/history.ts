import type {
  AnnouncedCause,
  Killed,
  ProcessExit,
  ProcessNumber,
  RecordedEvent,
  Recording,
  RecordRead,
  RequestFetched,
  RestartCause,
  Time,
  WindowEnd,
} from '../recording.ts';
import { groupBy } from './group.ts';
import { inOrder } from './order.ts';
import { isRequestListState, isSdkKey } from './sdk-keys.ts';
import { isWork, landed, type Write, writesOf } from './writes.ts';

/** A run as the verdict looks at it: its processes, its grace periods, its migrations. */
export interface History {
  readonly recording: Recording;
  readonly events: readonly RecordedEvent[];
  /** Of the first process, in which nothing was migrated yet, and of each that followed. */
  readonly lives: readonly ProcessLife[];
  readonly windows: readonly Window[];
  readonly migrations: readonly Migration[];
}

/** A process, and what it did; only what is the user's. */
export interface ProcessLife {
  readonly number: ProcessNumber;
  readonly startedAt: Time | undefined;
  readonly firstCallAt: Time | undefined;
  /** Where it is known: before any code of the Actor ran. */
  readonly firstInstructionAt: Time | undefined;
  readonly end: ProcessEnd | undefined;
  readonly writes: readonly Write[];
  readonly reads: readonly RecordRead[];
  readonly fetches: readonly RequestFetched[];
  /** When it read how far Crawlee had got with a request list, where that had been saved. */
  readonly listRestoredAt: Time | undefined;
  /** When each unit of its work was acknowledged. */
  readonly work: readonly Time[];
}

/**
 * `itself`: it ended, well or not. `killed`: the run ended it, for another to take its place or because it was stopped.
 * `exit`: it was told of a graceful abort, and ended before it was killed.
 */
export type ProcessEnd =
  | { readonly how: 'itself'; readonly at: Time; readonly exit: ProcessExit }
  | { readonly how: 'killed'; readonly at: Time; readonly why: Killed['why']; readonly exit?: ProcessExit };

/** A grace period that is over. */
export interface Window {
  readonly by: AnnouncedCause;
  readonly process: ProcessNumber;
  readonly openedAt: Time;
  readonly closedAt: Time;
  readonly endedBy: WindowEnd;
}

/** One process was ended, by a migration or by what is like one, and another took its place. */
export interface Migration {
  /** From 1. */
  readonly number: number;
  readonly by: RestartCause;
  /** Outside of a grace period the Actor itself asked for its reboot. */
  readonly isAskedFor: boolean;
  /** Of the grace period; without one when it was asked for, or when the process was killed. */
  readonly at: Time;
  readonly killedAt: Time;
  readonly window: Window | undefined;
  /** The process that was ended, and all before it. */
  readonly before: readonly ProcessLife[];
  readonly killed: ProcessLife;
  /** The process that took its place; `undefined` until there is one. */
  readonly next: ProcessLife | undefined;
}

/** @returns the run that was recorded, with the events in order and what is the SDK's own left out */
export function historyOf(recording: Recording): History {
  const events = inOrder(recording.events);
  const lives = livesOf(events);
  const windows = windowsOf(events);
  return { recording, events, lives, windows, migrations: migrationsOf(events, lives, windows) };
}

function livesOf(events: readonly RecordedEvent[]): readonly ProcessLife[] {
  const byProcess = groupBy(events, ({ process }) => process);
  return [...byProcess]
    .filter(([number]) => number >= 1)
    .toSorted(([a], [b]) => a - b)
    .map(([number, own]) => lifeOf(number, own));
}

function lifeOf(number: ProcessNumber, own: readonly RecordedEvent[]): ProcessLife {
  const writes = writesOf(own.filter((event) => event.kind === 'write'));
  return {
    number,
    startedAt: own.find(({ kind }) => kind === 'process-started')?.at,
    firstCallAt: own.find(({ kind }) => kind === 'first-call' || kind === 'connected')?.at,
    firstInstructionAt: own.find((event) => event.kind === 'first-call')?.firstInstructionAt,
    end: endOf(own),
    writes,
    reads: own.filter((event) => event.kind === 'record-read').filter(({ record }) => !isSdkKey(record.key)),
    fetches: own.filter((event) => event.kind === 'request-fetched'),
    listRestoredAt: own
      .filter((event) => event.kind === 'record-read')
      .find(({ record, value }) => value !== undefined && isRequestListState(record.key))?.at,
    work: writes
      .filter((write) => landed(write) && isWork(write))
      .map(({ settledAt }) => settledAt)
      .toSorted((a, b) => a - b),
  };
}

function endOf(own: readonly RecordedEvent[]): ProcessEnd | undefined {
  // What a process leaves behind is killed after it has ended by itself.
  const exited = own.find((event) => event.kind === 'process-exited');
  if (exited !== undefined && !exited.killed) {
    const { at, exit } = exited;
    const isAborted = own.some((event) => event.kind === 'window-opened' && event.by === 'graceful-abort');
    return isAborted ? { how: 'killed', at, why: 'graceful-abort', exit } : { how: 'itself', at, exit };
  }
  const killed = own.find((event) => event.kind === 'killed');
  if (killed !== undefined) return { how: 'killed', at: killed.at, why: killed.why };
  return exited === undefined ? undefined : { how: 'killed', at: exited.at, why: 'stop' };
}

function windowsOf(events: readonly RecordedEvent[]): readonly Window[] {
  const windows: Window[] = [];
  const open = new Map<ProcessNumber, Pick<Window, 'by' | 'openedAt'>>();
  for (const event of events) {
    const { process, at } = event;
    if (event.kind === 'window-opened') open.set(process, { by: event.by, openedAt: at });
    if (event.kind !== 'window-closed') continue;
    const { by, openedAt } = open.get(process) ?? { by: 'migration', openedAt: at };
    windows.push({ process, by, openedAt, closedAt: at, endedBy: event.endedBy });
    open.delete(process);
  }
  return windows;
}

function migrationsOf(
  events: readonly RecordedEvent[],
  lives: readonly ProcessLife[],
  windows: readonly Window[],
): readonly Migration[] {
  return lives
    .flatMap((killed, index): readonly Omit<Migration, 'number'>[] => {
      const next = lives.slice(index + 1).find(({ number }) => number === killed.number + 1);
      const restart = restartOf(killed);
      const killedAt = restart?.at ?? next?.startedAt;
      if (killedAt === undefined) return [];
      const window = windows.findLast(({ process, endedBy }) => process === killed.number && endedBy !== 'cancelled');
      const asked = events.findLast(({ kind, process }) => kind === 'reboot-requested' && process === killed.number);
      const at = window?.openedAt ?? asked?.at ?? killedAt;
      const by = window?.by ?? restart?.why ?? 'migration';
      const isAskedFor = window === undefined && asked !== undefined;
      return [{ by, isAskedFor, at, killedAt, window, before: lives.slice(0, index + 1), killed, next }];
    })
    .map((migration, index) => ({ number: index + 1, ...migration }));
}

function restartOf({ end }: ProcessLife): { readonly at: Time; readonly why: RestartCause } | undefined {
  if (end?.how !== 'killed' || end.why === 'stop' || end.why === 'leftovers') return undefined;
  return { at: end.at, why: end.why };
}
