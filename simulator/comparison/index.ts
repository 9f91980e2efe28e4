/** A migrated run held against an undisturbed one, and its faces. */
export { compare, type CompareOptions } from './compare.ts';
export type { Comparison, ComparisonOutcome, Difference, Product, Totals } from './comparison.ts';
export { exitCodeWith } from './exit-code.ts';
export { comparisonAsHtml } from './html.ts';
export { comparisonAsJson, type ComparisonOutput } from './json.ts';
export { producedWords } from './sentences.ts';
export { comparisonAsText } from './text.ts';
