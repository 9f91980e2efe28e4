/** From judged reports to the figures: a row a family, a row a repository, the means, and whether the bar is reached. */

import { FAMILIES, familyOfRule } from './families.mjs';
import { isLoud, judge, outcomes } from './score.mjs';

/** @typedef {import('./families.mjs').Family} Family */
/** @typedef {import('./read.mjs').Label} Label */
/** @typedef {import('./read.mjs').Report} Report */
/** @typedef {import('./score.mjs').Judged} Judged */
/** @typedef {import('./score.mjs').Outcome} Outcome */

/**
 * A family or a repository: its sure mistakes and how they were met, and what its reports at warning or above are worth.
 * @typedef {{
 *   name: string, sure: number, found: number, withRelated: number, loud: number,
 *   right: number, rightRelated: number, falseAlarms: number,
 * }} Row
 */
/** A part of 1, or `undefined` where there was nothing to measure. @typedef {number | undefined} Share */
/**
 * @typedef {{
 *   families: readonly Row[], repos: readonly Row[],
 *   recall: Share, recallWithRelated: Share, precision: Share, precisionWithRelated: Share,
 *   misses: readonly Outcome[], notYet: readonly Outcome[], judged: readonly Judged[], unknownRules: readonly string[],
 *   onFineActors: number,
 * }} Summary
 */

/** The bar: shares of 1, and reports at warning or above on Actors that are fine. */
export const BAR = { precision: 0.95, recall: 0.9, onFineActors: 0 };

/**
 * @param {readonly Label[]} labels
 * @param {ReadonlyMap<string, readonly Report[]>} reportsOf by repository; a repository that is not in it is left out
 * @param {ReadonlySet<Family>} [covered] the families that there are rules for; the others' mistakes are `notYet`
 * @returns {Summary}
 */
export const summarise = (labels, reportsOf, covered = new Set(FAMILIES)) => {
  const results = [...reportsOf].map(([repo, all]) => {
    const own = labels.filter((label) => label.repo === repo);
    const reports = all.filter((report) => isCovered(familyOfRule(report.ruleId), covered));
    const sure = outcomes(own, reports);
    return { repo, fine: fineFiles(own), sure, judged: judge(repo, own, reports) };
  });
  const all = results.flatMap(({ sure }) => sure);
  const counted = all.filter(({ family }) => isCovered(family, covered));
  const loud = results.flatMap(({ judged }) => judged).filter(({ report }) => isLoud(report));
  const repos = results.map(({ repo, sure, judged }) =>
    row(
      repo,
      sure.filter(({ family }) => isCovered(family, covered)),
      judged.filter(({ report }) => isLoud(report)),
    ),
  );
  return {
    families: FAMILIES.filter((family) => covered.has(family)).map((family) =>
      row(
        family,
        counted.filter((outcome) => outcome.family === family),
        loud.filter(({ report }) => familyOfRule(report.ruleId) === family),
      ),
    ),
    repos,
    recall: mean(repos.map(({ found, sure }) => share(found, sure))),
    recallWithRelated: mean(repos.map(({ withRelated, sure }) => share(withRelated, sure))),
    precision: mean(repos.map(({ right, falseAlarms }) => share(right, right + falseAlarms))),
    precisionWithRelated: mean(
      repos.map(({ right, rightRelated, falseAlarms }) =>
        share(right + rightRelated, right + rightRelated + falseAlarms),
      ),
    ),
    misses: counted.filter(({ byLine }) => !byLine),
    notYet: all.filter(({ family }) => !isCovered(family, covered)),
    judged: results.flatMap(({ judged }) => judged),
    unknownRules: [
      ...new Set(
        [...reportsOf.values()]
          .flat()
          .map(({ ruleId }) => ruleId)
          .filter((ruleId) => familyOfRule(ruleId) === undefined),
      ),
    ],
    onFineActors: results.reduce(
      (sum, { fine, judged }) =>
        sum +
        judged.filter(({ report, verdict }) => verdict === 'false-alarm' && isLoud(report) && fine.has(report.file))
          .length,
      0,
    ),
  };
};

/** What of the bar is missed, a sentence each. @param {Summary} summary @returns {string[]} */
export const missedBars = ({ recall, precision, onFineActors }) => [
  ...(precision !== undefined && precision < BAR.precision
    ? [`precision is ${percent(precision)}, below ${percent(BAR.precision)}`]
    : []),
  ...(recall !== undefined && recall < BAR.recall
    ? [`recall is ${percent(recall)}, below ${percent(BAR.recall)}`]
    : []),
  ...(onFineActors > BAR.onFineActors ? [`${onFineActors} reports at warning or above on Actors that are fine`] : []),
];

/** @param {Share} value */
export const percent = (value) => (value === undefined ? '–' : `${(value * 100).toFixed(1)} %`);

/** @param {number} part @param {number} whole @returns {Share} */
export const share = (part, whole) => (whole === 0 ? undefined : part / whole);

/**
 * A rule that no family holds is always counted: its reports are seen by the person too.
 * @param {Family | undefined} family
 * @param {ReadonlySet<Family>} covered
 */
const isCovered = (family, covered) => family === undefined || covered.has(family);

/** The files of Actors without any finding. @param {readonly Label[]} labels @returns {ReadonlySet<string>} */
const fineFiles = (labels) =>
  new Set(labels.filter(({ findings }) => findings.length === 0).flatMap(({ files }) => files));

/** @param {string} name @param {readonly Outcome[]} sure @param {readonly Judged[]} loud @returns {Row} */
const row = (name, sure, loud) => ({
  name,
  sure: sure.length,
  found: sure.filter(({ byLine }) => byLine).length,
  withRelated: sure.filter(({ byRelated }) => byRelated).length,
  loud: sure.filter((outcome) => outcome.loud).length,
  right: loud.filter(({ verdict }) => verdict === 'right').length,
  rightRelated: loud.filter(({ verdict }) => verdict === 'right-related').length,
  falseAlarms: loud.filter(({ verdict }) => verdict === 'false-alarm').length,
});

/** The mean of what could be measured. @param {readonly Share[]} shares @returns {Share} */
const mean = (shares) => {
  const measured = shares.filter((value) => value !== undefined);
  return share(
    measured.reduce((sum, value) => sum + value, 0),
    measured.length,
  );
};
