import type { Recording, RestartCause } from '../recording.ts';
import { type Span, spanOf } from '../verdict/canonical.ts';
import { type History, historyOf } from '../verdict/history.ts';
import { failed } from '../verdict/restart.ts';
import { compareCharges } from './charges.ts';
import { type Comparison, type ComparisonOutcome, type Findings, NOTHING } from './comparison.ts';
import { compareItems } from './items.ts';
import { producedBy, totalsOf } from './produced.ts';
import { compareRecords } from './records.ts';
import { compareRequests } from './requests.ts';
import { sentenceOn, whyNotCompared } from './sentences.ts';
import { contextsOf } from './under-way.ts';

export interface CompareOptions {
  /** What at-least-once allows is a difference, too. */
  readonly strict?: boolean;
  /** What the second run was to be disturbed by: a migration unless told. */
  readonly by?: RestartCause;
}

/**
 * Holds what a migrated run produced against what the same Actor produced of the same input undisturbed: items, records,
 * handled requests, charges. What varies from run to run by nature (times of the work, ids that are made anew, the order of
 * pushes) is left out, and what was under way at a kill may come once more.
 *
 * @param undisturbed the recording of a run that was not migrated, until its end
 * @param migrated the recording of one that was
 */
export function compare(
  undisturbed: Recording,
  migrated: Recording,
  { strict = false, by = 'migration' }: CompareOptions = {},
): Comparison {
  const [before, now] = [historyOf(undisturbed), historyOf(migrated)];
  const span = joint(spanOf(undisturbed), spanOf(migrated));
  const [produced, producedNow] = [producedBy(before.lives, span), producedBy(now.lives, span)];
  const totals = { undisturbed: totalsOf(produced), migrated: totalsOf(producedNow) };
  const why = whyNotCompared(before, now, by);
  if (why !== undefined) return { outcome: 'not-compared', sentence: why, ...totals, ...NOTHING, leftOut: [] };
  const contexts = contextsOf(now);
  const items = compareItems(produced.items, producedNow.items, contexts, span);
  const findings = joined([
    items,
    compareRecords(produced.records, producedNow.records, contexts, span),
    compareRequests(produced.handled, producedNow.handled),
    compareCharges(produced.charges, producedNow.charges, contexts),
  ]);
  const outcome = outcomeOf(findings, now, strict);
  const sentence = sentenceOn(outcome, findings, totals.undisturbed, now);
  return { outcome, sentence, ...totals, ...findings, leftOut: items.leftOut };
}

function outcomeOf(findings: Findings, migrated: History, strict: boolean): ComparisonOutcome {
  const { lost, repeated, added, different, atLeastOnce, state } = findings;
  const isAllowed = [...atLeastOnce, ...state].length === 0 ? 'same' : strict ? 'different' : 'repeats-allowed';
  return [...lost, ...repeated, ...added, ...different].length > 0 || hasFailed(migrated) ? 'different' : isAllowed;
}

function hasFailed({ lives }: History): boolean {
  const end = lives.at(-1)?.end;
  return end?.how === 'itself' && failed(end.exit);
}

function joint(a: Span, b: Span): Span {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

function joined(all: readonly Findings[]): Findings {
  return {
    lost: all.flatMap(({ lost }) => lost),
    repeated: all.flatMap(({ repeated }) => repeated),
    added: all.flatMap(({ added }) => added),
    different: all.flatMap(({ different }) => different),
    atLeastOnce: all.flatMap(({ atLeastOnce }) => atLeastOnce),
    state: all.flatMap(({ state }) => state),
  };
}
