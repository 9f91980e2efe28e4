import {
  asText,
  type Comparison,
  comparisonAsText,
  describe,
  type Paint,
  type Verdict,
} from '../../simulator/index.ts';
import { painter, type Style } from '../format/paint.ts';
import { wantsColour, type Terminal } from '../terminal.ts';
import { readSource } from './actor-source.ts';

const STYLES = {
  good: 'success',
  bad: 'error',
  unknown: 'warning',
  dim: 'dim',
  strong: 'heading',
} as const satisfies Record<Parameters<Paint>[0], Style>;

const WHEN_TO_MIGRATE = '--at says when to migrate: --at first-write, --at 5s, --at request:20, --at key:STATE';

/** How standard output shows pieces of a text. */
export function paintOf({ stdout, env }: Terminal): Paint {
  const paint = painter(wantsColour(stdout, env));
  return (style, text) => paint(STYLES[style], text);
}

/** The verdict for people, with what the analysis knows of the Actor's code; then the comparison, where there is one. */
export async function asReport(
  { verdict, comparison }: { readonly verdict: Verdict; readonly comparison: Comparison | undefined },
  actorFolder: string,
  terminal: Terminal,
): Promise<string> {
  const source = await readSource(actorFolder, terminal.cwd);
  const paint = paintOf(terminal);
  const report = asText(describe(verdict, source.placesOf), paint);
  const compared = comparison === undefined ? '' : `\n${comparisonAsText(comparison, paint)}`;
  const behind = source.findingsBehind(verdict.word);
  const findings =
    behind.length === 0
      ? ''
      : `\n${paint('strong', 'What the linter sees in the code')}\n${behind.map((line) => `  ${line}\n`).join('')}`;
  const hint = verdict.word === 'nothing-to-resume' ? `\n${WHEN_TO_MIGRATE}\n` : '';
  // What the Actor printed stands right above.
  return `\n${report}${compared}${hint}${findings}`;
}
