import type { RequestId } from '../recording.ts';
import { type Span, spanOf } from './canonical.ts';
import { type CutWrite, cutWrites, failedAtLast } from './cut-writes.ts';
import type { History, Migration } from './history.ts';
import { type ChargeAgain, chargesAgain } from './repeated-charges.ts';
import { type ItemsAgain, itemsAgain } from './repeated-items.ts';
import { handledAgain, handledBefore, type RequestAgain } from './requests.ts';
import { type StateRecord, stateRecords } from './state-records.ts';

/** All that one migration of a run is judged by. */
export interface Evidence {
  readonly history: History;
  readonly migration: Migration;
  readonly span: Span;
  /** Repeats that Crawlee's way of working allows are a fault too. */
  readonly strict: boolean;
  readonly states: readonly StateRecord[];
  readonly cut: readonly CutWrite[];
  /** Writes of the last process that failed as the run was told to. */
  readonly failed: readonly CutWrite[];
  readonly handled: ReadonlyMap<string, RequestId>;
  readonly requests: readonly RequestAgain[];
  readonly items: ItemsAgain;
  readonly charges: readonly ChargeAgain[];
}

export function evidenceOf(history: History, migration: Migration, strict: boolean): Evidence {
  const span = spanOf(history.recording);
  const states = stateRecords(migration, span);
  const handled = handledBefore(migration);
  const items = itemsAgain(migration, states, handled, span);
  return {
    history,
    migration,
    span,
    strict,
    states,
    handled,
    cut: cutWrites(migration, span),
    failed: failedAtLast(migration, span),
    requests: handledAgain(migration),
    items,
    charges: chargesAgain(migration, handled, items.items),
  };
}
