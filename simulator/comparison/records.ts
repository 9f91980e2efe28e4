import type { RecordedValue } from '../recording.ts';
import { contentOf, parseJson, type Span } from '../verdict/canonical.ts';
import { recordName } from '../verdict/writes.ts';
import { changesBetween } from './changes.ts';
import { type Difference, type Findings, NOTHING, type Product } from './comparison.ts';
import type { Produced, ProducedRecord } from './produced.ts';
import type { MigrationContext } from './under-way.ts';

/** Compares the records that each run left. */
export function compareRecords(
  undisturbed: Produced['records'],
  migrated: Produced['records'],
  contexts: readonly MigrationContext[],
  span: Span,
): Findings {
  const lost = [...undisturbed].filter(([name]) => !migrated.has(name)).map(([, record]) => productOf(record));
  const added = [...migrated]
    .filter(([name, record]) => !undisturbed.has(name) && !isOnlyOfWindows(record, contexts))
    .map(([, record]) => productOf(record));
  const differences = [...undisturbed].flatMap(([name, before]) => {
    const now = migrated.get(name);
    return now === undefined ? [] : differenceOf(before, now, span);
  });
  const state = new Set(contexts.flatMap(({ restored }) => restored.map(({ record }) => recordName(record))));
  return {
    ...NOTHING,
    lost,
    added,
    different: differences.filter(({ target }) => !state.has(target)),
    // By these the restarted Actor found its place. What they hold is its own: how often it was started, for one.
    state: differences.filter(({ target }) => state.has(target)),
  };
}

/** Saved because of a migration, so that a run without one has no such record. */
function isOnlyOfWindows({ writes }: ProducedRecord, contexts: readonly MigrationContext[]): boolean {
  return writes.every(({ process, begunAt }) =>
    contexts.some(({ migration }) => migration.killed.number === process && begunAt >= migration.at),
  );
}

function productOf({ record, value }: ProducedRecord): Product {
  return { kind: 'record', target: recordName(record), value: textOf(value), times: 1 };
}

function differenceOf(before: ProducedRecord, now: ProducedRecord, span: Span): readonly Difference[] {
  if (contentOf(before.value, span) === contentOf(now.value, span)) return [];
  const [undisturbed, migrated] = [before.value, now.value].map(jsonOf);
  const changes =
    undisturbed === undefined || migrated === undefined
      ? [`${textOf(before.value)} → ${textOf(now.value)}`]
      : changesBetween(undisturbed, migrated, span);
  if (changes.length === 0) return [];
  const target = recordName(now.record);
  return [{ kind: 'record', target, undisturbed: textOf(before.value), migrated: textOf(now.value), changes }];
}

function jsonOf({ json }: RecordedValue) {
  return json === undefined ? undefined : parseJson(json);
}

function textOf({ json, bytes, sha256, contentType }: RecordedValue): string {
  return json ?? `${contentType}, ${bytes} bytes, SHA-256 ${sha256.slice(0, 8)}`;
}
