import type { Tone } from '../verdict/report.ts';
import { count, shortened } from '../verdict/words.ts';
import { shownChanges } from './changes.ts';
import type { Comparison, ComparisonOutcome, Difference, Product } from './comparison.ts';

/** So many of each kind are shown. */
const SHOWN = 5;
const VALUE_LENGTH = 160;

/** A comparison for people, in the order in which they read it. Faces print it. */
export interface ComparisonReport {
  readonly tone: Tone;
  readonly headline: string;
  readonly sentence: string;
  readonly sections: readonly ComparisonSection[];
  /** What was not compared; a sentence. */
  readonly leftOut: string | undefined;
}

export interface ComparisonSection {
  readonly title: string;
  readonly products: readonly ComparedProduct[];
  /** How many more there are. */
  readonly more: number;
}

export interface ComparedProduct {
  /** Target, value, how often. */
  readonly what: string;
  /** What is other than it was, a line each. */
  readonly changes: readonly string[];
}

const TONES: Readonly<Record<ComparisonOutcome, Tone>> = {
  same: 'good',
  'repeats-allowed': 'good',
  different: 'bad',
  'not-compared': 'unknown',
};

const HEADLINES: Readonly<Record<ComparisonOutcome, string>> = {
  same: 'The same as undisturbed',
  'repeats-allowed': 'The same as undisturbed, but for repeats that are allowed',
  different: 'Not the same as undisturbed',
  'not-compared': 'Not compared',
};

export function describeComparison(comparison: Comparison): ComparisonReport {
  const { outcome, sentence, lost, repeated, added, different, atLeastOnce, state, leftOut } = comparison;
  return {
    tone: TONES[outcome],
    headline: HEADLINES[outcome],
    sentence,
    sections: [
      section('Lost', lost.map(productOf)),
      section('Repeated though it had been done', repeated.map(productOf)),
      section('Not made by the undisturbed run', added.map(productOf)),
      section('With another content', different.map(differenceOf)),
      section('Made once more since it was under way at the kill', atLeastOnce.map(productOf)),
      section('State records with another content', state.map(differenceOf)),
    ].filter(({ products }) => products.length > 0),
    leftOut: leftOut.length > 0 ? `Items were compared without ${leftOut.join(', ')}: it varies by nature.` : undefined,
  };
}

function section(title: string, all: readonly ComparedProduct[]): ComparisonSection {
  const products = all.slice(0, SHOWN);
  return { title, products, more: all.length - products.length };
}

function productOf({ kind, target, value, times }: Product): ComparedProduct {
  const what = kind === 'charge' ? target : `${target}: ${shortened(value, VALUE_LENGTH)}`;
  return { what: times === 1 ? what : `${what} (${count(times, 'time')})`, changes: [] };
}

function differenceOf({ kind, target, migrated, changes }: Difference): ComparedProduct {
  return {
    what: kind === 'item' ? `${target}: ${shortened(migrated, VALUE_LENGTH)}` : target,
    changes: shownChanges(changes),
  };
}
