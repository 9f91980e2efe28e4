import { bullet, type Paint, wrapped } from '../verdict/text-lines.ts';
import { duration, list } from '../verdict/words.ts';
import type { SweepReport, SweepRun } from './report.ts';
import {
  headlineOf,
  lastWords,
  leftOutTitle,
  missingWords,
  notReachedAdvice,
  OUTCOMES,
  pointsTitle,
  shortestWords,
} from './words.ts';

const OUTCOME_WIDTH = 12;

/** The report of a sweep for a terminal: the table of its runs, what was left out, and the shortest failing case. */
export function sweepAsText(report: SweepReport, paint: Paint = (_, text) => text): string {
  const { points, runs, shortest, notRun, problem } = report;
  const missing = missingWords(report);
  const headline = headlineOf(report);
  const leftOut = leftOutTitle(report);
  const advice = notReachedAdvice(report);
  const title = (text: string) => ['', paint('strong', text)];
  return [
    paint(headline.tone, headline.words),
    ...(problem === null ? [] : wrapped(problem)),
    ...(runs.length > 0 ? [...title(pointsTitle(report)), ...tableOf(runs, paint)] : []),
    ...(advice === undefined ? [] : [...title('What to do'), ...bullet(advice)]),
    ...(leftOut !== undefined
      ? [
          ...title(leftOut),
          ...points.leftOut.flatMap(({ like, what, count: number }) => bullet(`${number} like ${like}, ${what}`)),
        ]
      : []),
    ...(notRun.length > 0 ? [...title('Interrupted before'), ...bullet(list(notRun, 20))] : []),
    ...(missing === undefined ? [] : [...title('Shards'), ...bullet(missing)]),
    ...(shortest === null
      ? []
      : [
          ...title('The shortest failing case'),
          ...wrapped(shortestWords(report, shortest), '  '),
          '',
          `  ${shortest.command}`,
        ]),
    '',
  ].join('\n');
}

function tableOf(runs: readonly SweepRun[], paint: Paint): readonly string[] {
  const width = Math.max(...runs.map(({ at }) => at.length));
  return runs.flatMap((run) => {
    const { at, what, time, outcome, sentence } = run;
    const { tone, word } = OUTCOMES[outcome];
    const head = `  ${at.padEnd(width)}  ${paint(tone, word.padEnd(OUTCOME_WIDTH))} ${what}, ${duration(time)}`;
    if (outcome === 'passed' || outcome === 'not-reached') return [head];
    return [head, ...wrapped(sentence, '      '), ...lastWords(run).flatMap((line) => wrapped(`> ${line}`, '      '))];
  });
}
