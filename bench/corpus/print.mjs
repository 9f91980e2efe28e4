/** The summary as text: the tables first, then what to look at, each as `repo file:line rule message`. */

import { isLoud } from './score.mjs';
import { missedBars, percent, share } from './summary.mjs';
import { table } from '../table.mjs';

/** @typedef {import('./score.mjs').Judged} Judged */
/** @typedef {import('./score.mjs').Outcome} Outcome */
/** @typedef {import('./summary.mjs').Summary} Summary */

/** @param {Summary} summary @returns {string} */
export const print = (summary) => {
  const loud = summary.judged.filter(({ report }) => isLoud(report));
  const quiet = summary.judged.filter(({ report, verdict }) => !isLoud(report) && verdict !== 'outside');
  /** @param {import('./score.mjs').Verdict} verdict */
  const of = (verdict) => loud.filter((judged) => judged.verdict === verdict).map(judgedLine);
  return [
    ...familyTable(summary),
    '',
    ...repoTable(summary),
    '',
    ...totals(summary),
    ...section('Misses: sure mistakes that no report is on', summary.misses.map(missLine)),
    ...section('Not yet: sure mistakes of families without a rule', summary.notYet.map(missLine)),
    ...section('False alarms', of('false-alarm')),
    ...section('Right by a related location only', of('right-related')),
    ...section('On arguable lines, counted neither way', of('arguable')),
    ...section('Unlabelled: to be judged by hand', of('unlabelled')),
    ...section('Outside the labelled Actors', of('outside')),
    ...section('Information and hints, not in the precision', quiet.map(judgedLine)),
    ...section('Rules that no family holds: add them to families.mjs', summary.unknownRules),
    ...section('Below the bar', missedBars(summary)),
    '',
  ].join('\n');
};

/** @param {Summary} summary */
const familyTable = ({ families }) =>
  table([
    ['family', 'sure', 'found', '+ related', 'at warning', 'recall', 'right', '+ related', 'false', 'precision'],
    ...families.map((row) => [
      row.name,
      String(row.sure),
      String(row.found),
      String(row.withRelated),
      String(row.loud),
      percent(share(row.found, row.sure)),
      ...precisionCells(row),
    ]),
  ]);

/** @param {Summary} summary */
const repoTable = ({ repos }) =>
  table([
    ['repository', 'sure', 'found', '+ related', 'recall', 'right', '+ related', 'false', 'precision'],
    ...repos.map((row) => [
      row.name,
      String(row.sure),
      String(row.found),
      String(row.withRelated),
      percent(share(row.found, row.sure)),
      ...precisionCells(row),
    ]),
  ]);

/** @param {import('./summary.mjs').Row} row */
const precisionCells = ({ right, rightRelated, falseAlarms }) => [
  String(right),
  String(right + rightRelated),
  String(falseAlarms),
  percent(share(right, right + falseAlarms)),
];

/** @param {Summary} summary */
const totals = (summary) => [
  `mean recall     ${percent(summary.recall)} (${percent(summary.recallWithRelated)} with related locations)`,
  `mean precision  ${percent(summary.precision)} (${percent(summary.precisionWithRelated)} with related locations)`,
  `at warning or above on Actors that are fine: ${summary.onFineActors}`,
];

/** @param {string} title @param {readonly string[]} lines */
const section = (title, lines) =>
  lines.length === 0 ? [] : ['', `${title} (${lines.length})`, ...lines.map((line) => `  ${line}`)];

/** @param {Outcome} outcome */
const missLine = ({ repo, finding, byRelated }) =>
  `${repo} ${finding.file}:${finding.line} ${finding.rule} ${finding.why}${byRelated ? ' [a related location is on it]' : ''}`;

/** @param {Judged} judged */
const judgedLine = ({ repo, report, note }) =>
  `${repo} ${report.file}:${report.line} ${report.ruleId} ${report.message}${note === '' ? '' : ` [${note}]`}`;
