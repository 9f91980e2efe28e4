import { bullet, type Paint, wrapped } from '../verdict/text-lines.ts';
import { count, shortened } from '../verdict/words.ts';
import { shownChanges } from './changes.ts';
import type { Comparison, ComparisonOutcome, Difference, Product } from './comparison.ts';

/** So many of each kind are shown. */
const SHOWN = 5;
const VALUE_LENGTH = 160;

const TONES = {
  same: 'good',
  'repeats-allowed': 'good',
  different: 'bad',
  'not-compared': 'unknown',
} as const satisfies Record<ComparisonOutcome, string>;

const HEADLINES: Readonly<Record<ComparisonOutcome, string>> = {
  same: 'The same as undisturbed',
  'repeats-allowed': 'The same as undisturbed, but for repeats that are allowed',
  different: 'Not the same as undisturbed',
  'not-compared': 'Not compared',
};

/** The comparison for a terminal. */
export function comparisonAsText(comparison: Comparison, paint: Paint = (_, text) => text): string {
  const { outcome, sentence, lost, repeated, added, different, atLeastOnce, state, leftOut } = comparison;
  const section = (title: string, lines: readonly (readonly string[])[]): readonly string[] =>
    lines.length === 0
      ? []
      : [
          '',
          paint('strong', title),
          ...lines.slice(0, SHOWN).flat(),
          ...(lines.length > SHOWN ? [`  - and ${lines.length - SHOWN} more`] : []),
        ];
  return [
    paint(TONES[outcome], HEADLINES[outcome]),
    ...wrapped(sentence),
    ...section('Lost', lost.map(productLines)),
    ...section('Repeated though it had been done', repeated.map(productLines)),
    ...section('Made by the migrated run only', added.map(productLines)),
    ...section('With another content', different.map(differenceLines)),
    ...section('Made once more since it was under way at the kill', atLeastOnce.map(productLines)),
    ...section('State records with another content', state.map(differenceLines)),
    ...(leftOut.length > 0
      ? ['', ...wrapped(`Items were compared without ${leftOut.join(', ')}: it varies by nature.`)]
      : []),
    '',
  ].join('\n');
}

function productLines({ kind, target, value, times }: Product): readonly string[] {
  const what = kind === 'charge' ? target : `${target}: ${shortened(value, VALUE_LENGTH)}`;
  return bullet(times === 1 ? what : `${what} (${count(times, 'time')})`);
}

function differenceLines({ kind, target, migrated, changes }: Difference): readonly string[] {
  const name = kind === 'item' ? `${target}: ${shortened(migrated, VALUE_LENGTH)}` : target;
  return [...bullet(name), ...shownChanges(changes).flatMap((change) => wrapped(change, '      '))];
}
