/** What must never be in the linter's output, whatever code it is given. Pure: no file, no process. */

/** @typedef {import('./read.mjs').Notice} Notice */
/** @typedef {import('./read.mjs').Output} Output */
/** @typedef {import('./read.mjs').Report} Report */

/** How a notice begins that says that a rule of ours threw. */
const RULE_FAILED = /^rule (\S+) failed/;

/**
 * A sentence for each fault.
 *
 * @param {Output} output of one repository
 * @param {(file: string) => string | undefined} textOf the text of a file, by its path in the repository
 * @returns {string[]}
 */
export const faultsOf = ({ reports, notices }, textOf) => [
  ...notices.filter(({ reason }) => RULE_FAILED.test(reason)).map(({ file, reason }) => `${file}: ${reason}`),
  ...reports.flatMap((report) => {
    const fault = misplaced(report, textOf(report.file));
    return fault === undefined ? [] : [`${report.file}:${report.line} ${report.ruleId}: ${fault}`];
  }),
];

/**
 * @param {Report} report
 * @param {string | undefined} text
 * @returns {string | undefined}
 */
const misplaced = ({ range: { start, end } }, text) => {
  if (text === undefined) return 'there is no such file';
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/u);
  for (const { line, column } of [start, end]) {
    const length = lines[line - 1]?.length;
    if (length === undefined || line < 1) return `the file has ${lines.length} lines, not ${line}`;
    if (column < 1 || column > length + 1) return `line ${line} has ${length} characters, not ${column - 1}`;
  }
  const isBackwards = end.line < start.line || (end.line === start.line && end.column <= start.column);
  return isBackwards ? 'its range holds no text' : undefined;
};
