import { alignedTable } from './aligned-table.mjs';

const UNRELEASED = /(## Unreleased\n)[\s\S]*?(?=\n## |$)/;
const ROW = /^\| `(?<id>[\w-]+)` /gm;

/**
 * The table of releases: which rule came with which version, and with which severity. What was released stays as it is;
 * what is new since stands under "Unreleased".
 */
export const releases = {
  name: 'the table of releases',
  file: 'rules/catalogue/releases.md',
  /** @param {string} before @param {readonly import('./rule-table.mjs').Described[]} rules */
  text(before, rules) {
    const released = new Set([...before.replace(UNRELEASED, '').matchAll(ROW)].map(({ groups }) => groups?.id));
    const rows = rules
      .filter(({ id }) => !released.has(id))
      .map(({ id, group, defaultSeverity }) => [`\`${id}\``, group, defaultSeverity]);
    const body = rows.length === 0 ? 'Nothing.' : alignedTable([['rule', 'about', 'severity'], ...rows]);
    return before.replace(UNRELEASED, (_, head) => `${head}\n${body}\n`);
  },
};
