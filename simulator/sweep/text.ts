import { bullet, type Paint, wrapped } from '../verdict/text-lines.ts';
import { count, duration, list } from '../verdict/words.ts';
import { missingShards, type RunOutcome, type SweepReport, type SweepRun } from './report.ts';

const OUTCOMES = {
  passed: { tone: 'good', word: 'passed' },
  failed: { tone: 'bad', word: 'failed' },
  'not-reached': { tone: 'dim', word: 'not reached' },
  'not-known': { tone: 'unknown', word: 'not known' },
} as const satisfies Record<RunOutcome, { readonly tone: string; readonly word: string }>;

/** What an Actor printed last, of a run that ended badly. */
const PRINTED_LINES = 5;
const OUTCOME_WIDTH = 12;

/** The report of a sweep for a terminal: the table of its runs, what was left out, and the shortest failing case. */
export function sweepAsText(report: SweepReport, paint: Paint = (_, text) => text): string {
  const { points, runs, shortest, notRun, problem, shards } = report;
  const missing = missingShards(shards);
  const title = (text: string) => ['', paint('strong', text)];
  const left = points.leftOut.reduce((sum, { count: number }) => sum + number, 0);
  return [
    headline(report, paint),
    ...(problem === null ? [] : wrapped(problem)),
    ...(runs.length > 0 ? [...title('Migrated at'), ...tableOf(runs, paint)] : []),
    ...(left > 0
      ? [
          ...title(
            `Not migrated at ${count(left, 'more point')}, alike to these (--sweep ${points.found} takes them all)`,
          ),
          ...points.leftOut.flatMap(({ like, what, count: number }) => bullet(`${number} like ${like}, ${what}`)),
        ]
      : []),
    ...(notRun.length > 0 ? [...title('Interrupted before'), ...bullet(list(notRun, 20))] : []),
    ...(missing.length > 0 && shards.present.length > 0 && shards.of > 1
      ? [
          ...title('Shards'),
          ...bullet(
            `not here: ${list(
              missing.map((shard) => `${shard}/${shards.of}`),
              20,
            )}`,
          ),
        ]
      : []),
    ...(shortest === null
      ? []
      : [
          ...title('The shortest failing case'),
          ...wrapped(`Migrated ${shortest.what}: ${shortest.sentence}`, '  '),
          '',
          `  ${shortest.command}`,
        ]),
    '',
  ].join('\n');
}

function headline({ runs, shortest, notRun, problem }: SweepReport, paint: Paint): string {
  const number = (outcome: RunOutcome) => runs.filter((run) => run.outcome === outcome).length;
  const parts = (['failed', 'passed', 'not-reached', 'not-known'] as const)
    .filter((outcome) => number(outcome) > 0)
    .map((outcome) => `${number(outcome)} ${OUTCOMES[outcome].word}`);
  if (problem !== null && runs.length === 0) return paint('unknown', 'Not swept');
  if (runs.length === 0) return paint('unknown', 'Nothing was migrated');
  const all = `migrated at ${count(runs.length, 'point')}: ${list(parts, 4)}`;
  if (shortest !== null) return paint('bad', `Not safe: ${all}`);
  return number('passed') > 0 && notRun.length === 0 && number('not-known') === 0
    ? paint('good', `Safe: ${all}`)
    : paint('unknown', `Not known: ${all}`);
}

function tableOf(runs: readonly SweepRun[], paint: Paint): readonly string[] {
  const width = Math.max(...runs.map(({ at }) => at.length));
  return runs.flatMap(({ at, what, time, outcome, sentence, verdict, printed }) => {
    const { tone, word } = OUTCOMES[outcome];
    const head = `  ${at.padEnd(width)}  ${paint(tone, word.padEnd(OUTCOME_WIDTH))} ${what}, ${duration(time)}`;
    if (outcome === 'passed' || outcome === 'not-reached') return [head];
    const hasEnded = verdict === null || verdict === 'did-not-restart' || outcome === 'not-known';
    const last = hasEnded && printed !== null ? printed.trimEnd().split('\n').slice(-PRINTED_LINES) : [];
    return [head, ...wrapped(sentence, '      '), ...last.flatMap((line) => wrapped(`> ${line}`, '      '))];
  });
}
