import { spanOf } from '../verdict/canonical.ts';
import { groupBy } from '../verdict/group.ts';
import type { History, Migration } from '../verdict/history.ts';
import { isInPassing } from '../verdict/repeated-items.ts';
import { handledBefore, unhandled } from '../verdict/requests.ts';
import { type StateRecord, stateRecords } from '../verdict/state-records.ts';
import type { Write } from '../verdict/writes.ts';

/** A migration, and what its restarted process found its place by. */
export interface MigrationContext {
  readonly migration: Migration;
  /** The state records that were read before they were written. */
  readonly restored: readonly StateRecord[];
  readonly handled: ReturnType<typeof handledBefore>;
}

/** Each migration of a run that was followed by a process. */
export function contextsOf(history: History): readonly MigrationContext[] {
  const span = spanOf(history.recording);
  return history.migrations
    .filter(({ next }) => next !== undefined)
    .map((migration) => ({
      migration,
      restored: stateRecords(migration, span).filter(({ readAt }) => readAt !== undefined),
      handled: handledBefore(migration),
    }));
}

type Made = Pick<Write, 'process' | 'begunAt' | 'settledAt' | 'during'>;

/**
 * How often each thing may be made again, since it was under way at a kill: it belongs to a request that was not handled then,
 * or to the piece of work in which a restored state was saved. The same as the verdict allows.
 *
 * @param outside whether such a piece of work counts, outside of requests: what costs money must not be made twice in it
 */
export function allowedRepeats<Thing extends Made>(
  made: readonly Thing[],
  nameOf: (thing: Thing) => string,
  contexts: readonly MigrationContext[],
  outside: 'in-passing' | 'never' = 'in-passing',
): ReadonlyMap<string, number> {
  const underWay = contexts.flatMap((context) => {
    const own = made.filter(({ process }) => process === context.migration.killed.number);
    return own.filter(
      (thing) => isOfRequest(thing, context) || (outside === 'in-passing' && wasInPassing(thing, own, context)),
    );
  });
  return new Map([...groupBy(underWay, nameOf)].map(([name, things]) => [name, things.length]));
}

function isOfRequest({ during }: Made, { migration, handled }: MigrationContext): boolean {
  if (during.length > 0) return unhandled(during, handled).length > 0;
  // Crawlee knows what is done of a request list: it begins only those again that were in progress.
  return migration.next?.listRestoredAt !== undefined;
}

function wasInPassing(thing: Made, own: readonly Made[], { migration, restored }: MigrationContext): boolean {
  return thing.during.length === 0 && isInPassing(thing, own, restored, migration.at);
}
