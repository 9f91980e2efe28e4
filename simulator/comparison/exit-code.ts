import type { ComparisonOutcome } from './comparison.ts';

/**
 * The exit code of a migrated run that was compared: 1 when it produced something else, 2 when that could not be told.
 *
 * @param code that of its verdict
 */
export function exitCodeWith(outcome: ComparisonOutcome, code: number): number {
  if (outcome === 'different') return 1;
  return outcome === 'not-compared' && code === 0 ? 2 : code;
}
