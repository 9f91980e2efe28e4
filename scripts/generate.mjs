/**
 * Writes what follows from the folders of the catalogue: the list of the rules, their settings in package.json, the tables in
 * README.md and rules/catalogue/releases.md. And what follows from the cases of the platform's tests: simulator/platform/served.md.
 * `--check` changes nothing and fails where one of them is behind.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv } from 'node:process';
import { build } from './build.mjs';
import { root } from './ensure-installed.mjs';
import { allRules } from './generated/all-rules.mjs';
import { releases } from './generated/releases.mjs';
import { ruleSettings } from './generated/rule-settings.mjs';
import { ruleTable } from './generated/rule-table.mjs';
import { servedPage } from './generated/served-methods.mjs';

const isCheck = argv.includes('--check');

write(allRules, []);
// The catalogue is TypeScript: what it says of itself is read from the bundle, which has the list in it.
await build({ quiet: true });
const rules = await createRequire(import.meta.url)(join(root, 'dist', 'core.cjs')).rules();
for (const part of [ruleSettings, ruleTable, releases, servedPage]) write(part, rules);

function write({ name, file, text }, described) {
  const path = join(root, file);
  const before = readText(path);
  const after = text(before, described);
  if (before === after) return;
  if (isCheck) {
    console.error(`${file}: ${name} is behind: run \`npm run generate\`.`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, after);
    console.log(`${file}: ${name} written`);
  }
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}
