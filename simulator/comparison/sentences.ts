import type { RestartCause } from '../recording.ts';
import { wordsOf } from '../verdict/cause-words.ts';
import type { History } from '../verdict/history.ts';
import { failed, howItEnded } from '../verdict/restart.ts';
import { count, list } from '../verdict/words.ts';
import type { ComparisonOutcome, Findings, Product, ProductKind, Totals } from './comparison.ts';

/**
 * Why two runs cannot be held against each other; `undefined` where they can.
 *
 * @param by what the second was to be disturbed by
 */
export function whyNotCompared(undisturbed: History, migrated: History, by: RestartCause): string | undefined {
  const { run, happened } = wordsOf(by);
  const [end, endNow] = [undisturbed.lives.at(-1)?.end, migrated.lives.at(-1)?.end];
  if (end?.how !== 'itself') return 'The undisturbed run was stopped before its end: there is nothing to compare with.';
  if (failed(end.exit))
    return `The undisturbed run failed by itself, ${howItEnded(end.exit)}: there is nothing to compare with.`;
  if (undisturbed.migrations.length > 0)
    return 'The undisturbed run asked for a restart by itself, so that it shows no run without one.';
  if (endNow?.how !== 'itself')
    return `The ${run} run was stopped before its end: what it would have produced is not known.`;
  return migrated.migrations.length === 0 ? `The ${run} run ended before ${happened}.` : undefined;
}

/** The outcome in words. */
export function sentenceOn(
  outcome: ComparisonOutcome,
  { lost, repeated, added, different, atLeastOnce, state }: Findings,
  undisturbed: Totals,
  migrated: History,
): string {
  const { run } = wordsOf(migrated.migrations[0]?.by ?? 'migration');
  if (outcome === 'same') return `The ${run} run produced what the undisturbed run did: ${producedWords(undisturbed)}.`;
  const end = migrated.lives.at(-1)?.end;
  const faults = [
    ...(end?.how === 'itself' && failed(end.exit) ? [`the Actor ended ${howItEnded(end.exit)}`] : []),
    ...(lost.length > 0 ? [`${counted(lost)} lost`] : []),
    ...(repeated.length > 0 ? [`${counted(repeated)} repeated`] : []),
    ...(added.length > 0 ? [`${counted(added)} made that the undisturbed run has not`] : []),
    ...(different.length > 0 ? [`${count(different.length, 'product')} with another content`] : []),
  ];
  const allowed = [
    ...(atLeastOnce.length > 0 ? [`${counted(atLeastOnce)} made once more since they were under way at the kill`] : []),
    ...(state.length > 0 ? [`${count(state.length, 'state record')} with another content`] : []),
  ];
  if (faults.length > 0) return `Compared with the undisturbed run: ${list([...faults, ...allowed], 7)}.`;
  const all = `The ${run} run produced what the undisturbed run did, ${producedWords(undisturbed)}, and beside it: ${list(allowed)}`;
  return outcome === 'different' ? `${all}; --strict allows none of it.` : `${all}, which is allowed.`;
}

/** What a run made: `8 items and 2 records`. */
export function producedWords({ items, records, requests, charges }: Totals): string {
  const parts = [
    [items, 'item'],
    [records, 'record'],
    [requests, 'handled request'],
    [charges, 'charge'],
  ] as const;
  const some = parts.filter(([number]) => number > 0).map(([number, thing]) => count(number, thing));
  return some.length === 0 ? 'nothing' : list(some, 4);
}

function counted(products: readonly Product[]): string {
  const kinds: readonly ProductKind[] = ['item', 'record', 'request', 'charge'];
  const parts = kinds.flatMap((kind) => {
    const own = products.filter((product) => product.kind === kind);
    return own.length === 0
      ? []
      : [
          count(
            own.reduce((sum, { times }) => sum + times, 0),
            kind,
          ),
        ];
  });
  return list(parts, 4);
}
