/** Labels beside reports: which sure mistakes were found, and what each report is worth. Pure: no file, no process. */

import { familyOfLabel, familyOfRule } from './families.mjs';

/** @typedef {import('./families.mjs').Family} Family */
/** @typedef {import('./read.mjs').Label} Label */
/** @typedef {import('./read.mjs').LabelledFinding} LabelledFinding */
/** @typedef {import('./read.mjs').Place} Place */
/** @typedef {import('./read.mjs').Report} Report */

/**
 * A sure mistake and how it was met: `byLine` by a report's own line, `byRelated` by that or by a related location,
 * `loud` by the own line of a report at warning or above.
 * @typedef {{
 *   repo: string, family: Family | undefined, finding: LabelledFinding,
 *   byLine: boolean, byRelated: boolean, loud: boolean,
 * }} Outcome
 */
/** @typedef {'right' | 'right-related' | 'arguable' | 'false-alarm' | 'unlabelled' | 'outside'} Verdict */
/** @typedef {{ repo: string, report: Report, verdict: Verdict, note: string }} Judged */

/** A finding within so many lines of a label is taken for the labelled one. */
const NEAR = 2;
/** A report within so many lines of code that looks wrong and is fine is taken for a report on it. */
const ON = 1;

/** @param {Report} report */
export const isLoud = (report) => report.severity === 'error' || report.severity === 'warning';

/**
 * The sure mistakes of one repository, each once although Actors share files.
 * @param {readonly Label[]} labels of one repository
 * @param {readonly Report[]} reports
 * @returns {Outcome[]}
 */
export const outcomes = (labels, reports) => {
  const sure = new Map(
    labels.flatMap(({ repo, findings }) =>
      findings
        .filter(({ certainty }) => certainty === 'sure')
        .map((finding) => [`${finding.rule} ${finding.file}:${finding.line}`, { repo, finding }]),
    ),
  );
  return [...sure.values()].map(({ repo, finding }) => {
    const met = reports.filter((report) => isMetOnLine(finding, report));
    return {
      repo,
      family: familyOfLabel(finding.rule),
      finding,
      byLine: met.length > 0,
      byRelated: met.length > 0 || reports.some((report) => isMetByRelated(finding, report)),
      loud: met.some(isLoud),
    };
  });
};

/**
 * What each report of one repository is worth. A report in a file that several Actors share is judged once, with the
 * labels of them all, for it is one report to the person who reads it.
 * @param {string} repo
 * @param {readonly Label[]} labels of that repository
 * @param {readonly Report[]} reports
 * @returns {Judged[]}
 */
export const judge = (repo, labels, reports) =>
  reports.map((report) => {
    const owners = labels.filter(({ files }) => files.includes(report.file));
    return { repo, report, ...verdict(owners, report) };
  });

/**
 * The order is the meaning: a report's own line speaks before its related locations, a labelled mistake before the
 * harmless line beside it, and a line before the Actor as a whole.
 * @param {readonly Label[]} owners the Actors that the report's file belongs to
 * @param {Report} report
 * @returns {{ verdict: Verdict, note: string }}
 */
const verdict = (owners, report) => {
  if (owners.length === 0) return { verdict: 'outside', note: '' };
  const findings = owners.flatMap((label) => label.findings);
  const onLine = findings.filter((finding) => isMetOnLine(finding, report));
  const byRelated = findings.filter((finding) => isMetByRelated(finding, report));
  if (onLine.some(isSure)) return { verdict: 'right', note: '' };
  if (onLine.length > 0) return { verdict: 'arguable', note: '' };
  const harmless = owners.flatMap((label) => label.nonFindings).find((at) => isWithin(ON, at, report));
  if (harmless !== undefined) return { verdict: 'false-alarm', note: harmless.why };
  if (byRelated.some(isSure)) return { verdict: 'right-related', note: '' };
  if (byRelated.length > 0) return { verdict: 'arguable', note: '' };
  if (owners.some((label) => label.findings.length === 0)) {
    return { verdict: 'false-alarm', note: 'this Actor has no mistake' };
  }
  const state = owners.flatMap((label) => label.ownState).find((at) => isWithin(ON, at, report));
  return { verdict: 'unlabelled', note: state === undefined ? '' : `${state.name} is ${state.status}` };
};

/** @param {LabelledFinding} finding */
const isSure = (finding) => finding.certainty === 'sure';

/** @param {LabelledFinding} finding @param {Report} report */
const isOneFamily = (finding, report) => {
  const family = familyOfRule(report.ruleId);
  return family !== undefined && family === familyOfLabel(finding.rule);
};

/** @param {LabelledFinding} finding @param {Report} report */
const isMetOnLine = (finding, report) => isOneFamily(finding, report) && isWithin(NEAR, finding, report);

/** @param {LabelledFinding} finding @param {Report} report */
const isMetByRelated = (finding, report) =>
  isOneFamily(finding, report) && report.related.some((at) => isWithin(NEAR, finding, at));

/** @param {number} lines @param {Place} a @param {Place} b */
const isWithin = (lines, a, b) => a.file === b.file && Math.abs(a.line - b.line) <= lines;
