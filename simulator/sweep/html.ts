import { comparisonAsHtml, producedWords } from '../comparison/index.ts';
import { evidenceAsHtml } from '../verdict/index.ts';
import { code, escaped, list, mark, prose, section } from '../verdict/page/markup.ts';
import { VERDICT_TITLES } from '../verdict/report.ts';
import { duration } from '../verdict/words.ts';
import type { FailedRun, SweepReport, SweepRun } from './report.ts';
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

/**
 * The report of a sweep as the content of a page: the summary, a row for each point, and the shortest failing case with its
 * command, timeline and state.
 *
 * @param failed the run of the shortest failing case, where it is at hand: a report that was read from a file has none
 */
export function sweepAsHtml(report: SweepReport, failed: FailedRun | undefined): string {
  const { command, undisturbed, problem, points, runs, notRun } = report;
  const { tone, words } = headlineOf(report);
  const line = code(command.join(' '));
  return [
    `<h1>${mark(tone)} ${escaped(words)}</h1>`,
    problem === null ? '' : `<p class="sentence">${prose(problem)}</p>`,
    undisturbed === null ? '' : `<p class="sentence">Undisturbed, ${line} makes ${producedWords(undisturbed)}.</p>`,
    section(pointsTitle(report), tableOf(runs)),
    section('What to do', list([notReachedAdvice(report) ?? []].flat().map(escaped))),
    section(
      leftOutTitle(report) ?? '',
      list(points.leftOut.map(({ like, what, count }) => `${count} like ${code(like)}, ${escaped(what)}`)),
    ),
    section('Interrupted before', list(notRun.map(code))),
    section('Shards', list([missingWords(report) ?? []].flat())),
    shortestAsHtml(report, failed),
  ].join('\n');
}

function shortestAsHtml(report: SweepReport, failed: FailedRun | undefined): string {
  const { shortest } = report;
  if (shortest === null) return '';
  const { command, at } = shortest;
  const head =
    `<p>${prose(shortestWords(report, shortest))}</p>` +
    `<p>This repeats it:</p><pre tabindex="0"><code>${escaped(command)}</code></pre>`;
  return [
    section('The shortest failing case', head),
    ...(failed?.at === at ? [evidenceAsHtml(failed), comparisonAsHtml(failed.comparison)] : []),
  ].join('\n');
}

function tableOf(runs: readonly SweepRun[]): string {
  if (runs.length === 0) return '';
  const heads = ['Point', 'Undisturbed it came', 'Outcome', 'Verdict', 'Took'];
  return (
    `<div class="wide" tabindex="0"><table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>` +
    `<tbody>${runs.map(rowOf).join('\n')}</tbody></table></div>`
  );
}

function rowOf(run: SweepRun): string {
  const { at, what, time, outcome, verdict, sentence, tookMs } = run;
  const { tone, word } = OUTCOMES[outcome];
  const last = lastWords(run);
  const cells = [
    `${code(at)} ${escaped(what)}`,
    `after ${duration(time)}`,
    `${mark(tone === 'dim' ? 'unknown' : tone)} ${word}`,
    `${verdict === null ? '' : `<strong>${VERDICT_TITLES[verdict]}</strong>. `}${prose(sentence)}` +
      (last.length === 0 ? '' : `<pre><code>${last.map(escaped).join('\n')}</code></pre>`),
    duration(tookMs),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
