import { comparisonAsJson } from '../comparison/index.ts';
import { asJson, type MigrateOutput } from '../verdict/index.ts';
import type { Trial } from './trial.ts';

/** The output of `actor-state migrate --json`. */
export function outputOf({
  verdict,
  comparison,
  exitCode,
}: Pick<Trial, 'verdict' | 'comparison' | 'exitCode'>): MigrateOutput {
  return asJson(verdict, {
    exitCode,
    comparison: comparison === undefined ? undefined : comparisonAsJson(comparison),
  });
}
