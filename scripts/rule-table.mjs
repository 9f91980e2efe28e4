// Writes the table of rules into README.md: `node scripts/rule-table.mjs`; `--check` only says whether it is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { root } from './ensure-installed.mjs';

const readme = join(root, 'README.md');
const SECTION = /(<!-- rules: begin[^\n]*-->\n)[\s\S]*?(<!-- rules: end -->)/;

/** Whether the README's table is what the catalogue says. */
export async function readmeIsCurrent() {
  const text = readFileSync(readme, 'utf8');
  if (text === withTable(text, await catalogue())) return true;
  console.log('The table of rules in README.md is not current: run `node scripts/rule-table.mjs`.');
  return false;
}

/** @param {readonly { id: string, summary: string, defaultSeverity: string, page: string }[]} rules */
export function withTable(text, rules) {
  const rows = [
    ['rule', 'severity', 'what it finds'],
    ...rules.map(({ id, summary, defaultSeverity, page }) => [
      `[\`${id}\`](${page})`,
      defaultSeverity,
      summary.replace(/\.$/, ''),
    ]),
  ];
  const table = aligned(rows).join('\n');
  if (!SECTION.test(text)) throw new Error('README.md has lost the comments between which the table of rules stands.');
  return text.replace(SECTION, (_, begin, end) => `${begin}\n${table}\n\n${end}`);
}

/** A table as the formatter writes it: each column as wide as its widest cell. */
function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const [head, ...body] = rows.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column]))));
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body];
}

function line(cells) {
  return `| ${cells.join(' | ')} |`;
}

/** The catalogue is TypeScript: read from the bundle, so that Node 20 can run it. */
async function catalogue() {
  await build({ quiet: true });
  return createRequire(import.meta.url)(join(root, 'dist', 'core.cjs')).rules();
}

if (argv[1] !== undefined && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  if (argv.includes('--check')) {
    if (!(await readmeIsCurrent())) process.exitCode = 1;
  } else {
    const text = readFileSync(readme, 'utf8');
    writeFileSync(readme, withTable(text, await catalogue()));
  }
}
