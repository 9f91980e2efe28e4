import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  asHtml,
  asText,
  type Comparison,
  comparisonAsHtml,
  comparisonAsText,
  describe,
  type FoundBefore,
  htmlPage,
  type Paint,
  type Recording,
  type Verdict,
} from '../../simulator/index.ts';
import { painter, type Style } from '../format/paint.ts';
import { wantsColour, type Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { ActorSource } from './actor-source.ts';

const STYLES = {
  good: 'success',
  bad: 'error',
  unknown: 'warning',
  dim: 'dim',
  strong: 'heading',
} as const satisfies Record<Parameters<Paint>[0], Style>;

const WHEN_TO_MIGRATE =
  '--at says when to migrate: --at first-write, --at 5s, --at request:20, --at add:8, --at key:STATE';

/** How standard output shows pieces of a text. */
export function paintOf({ stdout, env }: Terminal): Paint {
  const paint = painter(wantsColour(stdout, env));
  return (style, text) => paint(STYLES[style], text);
}

/** What came out, to be told. */
export interface ReportParts {
  readonly verdict: Verdict;
  readonly recording: Recording;
  readonly comparison: Comparison | undefined;
}

/** The verdict for people, with what the analysis knows of the Actor's code; then the comparison, where there is one. */
export function asReport({ verdict, comparison }: ReportParts, source: ActorSource, terminal: Terminal): string {
  const paint = paintOf(terminal);
  const report = asText(describe(verdict, source.placesOf), paint);
  const compared = comparison === undefined ? '' : `\n${comparisonAsText(comparison, paint)}`;
  const behind = source.findingsBehind(verdict.word);
  const findings =
    behind.length === 0
      ? ''
      : `\n${paint('strong', 'What the linter sees in the code')}\n${behind.map((finding) => `  ${lineOf(finding)}\n`).join('')}`;
  const hint = verdict.word === 'nothing-to-resume' ? `\n${WHEN_TO_MIGRATE}\n` : '';
  // What the Actor printed stands right above.
  return `\n${report}${compared}${hint}${findings}`;
}

/** The same as a page, which is whole by itself. */
export function asPage({ verdict, recording, comparison }: ReportParts, source: ActorSource, title: string): string {
  const { placesOf, findingsBehind } = source;
  const report = asHtml({ verdict, recording, placesOf, findings: findingsBehind(verdict.word) });
  const compared = comparison === undefined ? '' : comparisonAsHtml(comparison);
  return htmlPage(title, `${report}\n${compared}`);
}

/** @throws {UsageError} when the file cannot be written */
export async function writePage(file: string, page: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, page);
  } catch (error) {
    throw new UsageError(
      `--report: ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function lineOf({ place: { file, line }, message, ruleId }: FoundBefore): string {
  return `${file}:${line}  ${message}  (${ruleId})`;
}
