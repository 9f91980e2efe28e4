/**
 * Migrates public Actors, unchanged but for their input, against a web site on this machine, and holds each verdict and comparison
 * against what a reading of the code says. See README.md.
 *
 *   npm run build
 *   node bench/actors/run.mjs --checkouts dir… [--into dir] [--only id…]
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, execPath, exit, stderr } from 'node:process';
import { parseArgs } from 'node:util';
import { CASES } from './cases.mjs';
import { installed, sdkVersion } from './install.mjs';
import { serveSite } from './web-site.mjs';

const PROGRAM = resolve(import.meta.dirname, '../../dist/actor-state.cjs');
/** So long a page takes: a migration then comes while others are under way. */
const DELAY_MS = 200;

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    checkouts: { type: 'string', multiple: true, default: [] },
    into: { type: 'string' },
    only: { type: 'string', multiple: true },
  },
});
const cases = CASES.filter(({ id }) => values.only?.includes(id) ?? true);
if (values.checkouts.length === 0 || cases.length === 0) {
  stderr.write('--checkouts names a folder of <owner>+<name>, --only an id of cases.mjs.\n');
  exit(2);
}
const into = resolve(values.into ?? mkdtempSync(join(tmpdir(), 'actors-')));

const site = await serveSite(DELAY_MS);
const rows = [];
for (const actor of cases) rows.push(await rowOf(actor));
site.close();
console.log(`\nNode ${process.version}; what the Actors printed is in ${into}\n`);
console.log('| Actor | SDK | migrated at | verdict | compared | by the code | agree | why |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const { cells } of rows) console.log(`| ${cells.join(' | ')} |`);
exit(rows.every(({ agrees }) => agrees) ? 0 : 1);

/** @param {import('./cases.mjs').Case} actor */
async function rowOf(actor) {
  const { id, repository, commit, sdk, options, expected, why } = actor;
  const folder = installed(actor, values.checkouts, into);
  writeStorage(folder, actor);
  stderr.write(`${id}: ${options.join(' ')}\n`);
  const output = await migrated(folder, actor, [...options, '--compare']);
  const found = { verdict: output.verdict ?? 'none', comparison: output.comparison?.outcome ?? 'none' };
  stderr.write(`  ${output.sentence ?? ''} ${output.comparison?.sentence ?? ''}\n`);
  const agrees = found.verdict === expected.verdict && isAsExpected(found.comparison, expected.comparison);
  const cells = [
    `${repository}@${commit.slice(0, 7)} (${id})`,
    `${sdk}: ${sdkVersion(folder)}`,
    options.join(' '),
    found.verdict,
    found.comparison,
    `${expected.verdict}, ${expected.comparison}`,
    agrees ? 'yes' : 'NO',
    why,
  ];
  return { cells, agrees };
}

/**
 * What is under way at a kill is a matter of milliseconds: no repeat is as right as an allowed one.
 *
 * @param {string} found
 * @param {string} expected
 */
function isAsExpected(found, expected) {
  return found === expected || (expected === 'repeats-allowed' && found === 'same');
}

/**
 * @param {string} folder
 * @param {import('./cases.mjs').Case} actor
 */
function writeStorage(folder, { input, datasets = {} }) {
  const store = join(folder, 'storage', 'key_value_stores', 'default');
  mkdirSync(store, { recursive: true });
  writeFileSync(join(store, 'INPUT.json'), JSON.stringify(input(site.url)));
  for (const [name, items] of Object.entries(datasets)) {
    const dataset = join(folder, 'storage', 'datasets', name);
    mkdirSync(dataset, { recursive: true });
    for (const [index, item] of items.entries())
      writeFileSync(join(dataset, `${String(index + 1).padStart(9, '0')}.json`), JSON.stringify(item));
  }
}

/**
 * @param {string} folder
 * @param {import('./cases.mjs').Case} actor
 * @param {readonly string[]} options
 */
async function migrated(folder, { id, command }, options) {
  const args = [PROGRAM, 'migrate', ...options, '--json', '--', ...command];
  const child = spawn(execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, log] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (log += chunk));
  await new Promise((done) => child.once('close', done));
  writeFileSync(join(into, `${id}.log`), `${log}\n${out}`);
  try {
    return JSON.parse(out);
  } catch {
    return { sentence: `It could not be migrated: ${log.trim().split('\n').at(-1) ?? ''}` };
  }
}
