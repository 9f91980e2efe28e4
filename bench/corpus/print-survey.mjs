/** A survey as text: how often each rule spoke, how long each repository took, each report to be read, and the faults last. */

import { SEVERITIES } from './read.mjs';
import { table } from '../table.mjs';

/** @typedef {import('./read.mjs').Output} Output */
/** @typedef {import('./read.mjs').Report} Report */
/**
 * One checkout. Without an output the linter crashed or hung, and `faults` says so.
 * @typedef {{ name: string, seconds: number | undefined, output: Output | undefined, faults: readonly string[] }} Surveyed
 */

/**
 * @param {readonly Surveyed[]} surveyed
 * @param {ReadonlySet<string>} [rules] list only the reports of these; all when it is empty
 * @returns {string}
 */
export const printSurvey = (surveyed, rules = new Set()) => {
  const reports = surveyed.flatMap(({ output }) => output?.reports ?? []);
  const faults = surveyed.flatMap(({ name, faults: found }) => found.map((fault) => `  ${name} ${fault}`));
  return [
    ...table([['rule', ...SEVERITIES], ...countsByRule(reports)]),
    '',
    ...table([['repository', 'Actors', 'files', 'reports', 's'], ...surveyed.map(repoRow)]),
    '',
    `Reports (${reports.length})`,
    ...surveyed.flatMap(({ name, output }) =>
      (output?.reports ?? []).filter(({ ruleId }) => rules.size === 0 || rules.has(ruleId)).map(reportLine(name)),
    ),
    '',
    `${surveyed.length} repositories, ${total(surveyed, 'actors')} Actors, ${total(surveyed, 'files')} files`,
    `Faults (${faults.length}): crashes, hangs, reports without a place`,
    ...faults,
  ].join('\n');
};

/** @param {readonly Report[]} reports */
const countsByRule = (reports) =>
  [...new Set(reports.map(({ ruleId }) => ruleId))]
    .toSorted()
    .map((rule) => [
      rule,
      ...SEVERITIES.map((severity) =>
        String(reports.filter((report) => report.ruleId === rule && report.severity === severity).length),
      ),
    ]);

/** @param {Surveyed} surveyed */
const repoRow = ({ name, output, seconds }) => [
  name,
  String(output?.actors ?? '–'),
  String(output?.files ?? '–'),
  String(output?.reports.length ?? '–'),
  seconds?.toFixed(1) ?? '–',
];

/** @param {string} name @returns {(report: Report) => string} */
const reportLine =
  (name) =>
  ({ file, line, ruleId, severity, message }) =>
    `  ${name}/${file}:${line} ${ruleId} (${severity}) ${message}`;

/** @param {readonly Surveyed[]} surveyed @param {'actors' | 'files'} what */
const total = (surveyed, what) => surveyed.reduce((sum, { output }) => sum + (output?.[what] ?? 0), 0);
