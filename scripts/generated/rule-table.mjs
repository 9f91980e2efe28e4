import { alignedTable } from './aligned-table.mjs';

const SECTION = /(<!-- rules: begin[^\n]*-->\n)[\s\S]*?(<!-- rules: end -->)/;

/** The README's table of the rules, between two comments. */
export const ruleTable = {
  name: 'the table of the rules',
  file: 'README.md',
  /** @param {string} readme @param {readonly Described[]} rules */
  text(readme, rules) {
    if (!SECTION.test(readme))
      throw new Error('README.md has lost the comments between which the table of rules stands.');
    const rows = rules.map(({ id, group, summary, defaultSeverity, page }) => [
      `[\`${id}\`](${page})`,
      group,
      defaultSeverity,
      summary.replace(/\.$/, ''),
    ]);
    const table = alignedTable([['rule', 'about', 'severity', 'what it finds'], ...rows]);
    return readme.replace(SECTION, (_, begin, end) => `${begin}\n${table}\n\n${end}`);
  },
};

/** @typedef {{ id: string, group: string, summary: string, always: string | undefined, defaultSeverity: string, page: string }} Described */
