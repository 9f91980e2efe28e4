// `npm run demo`: what Actor State is for, in the terminal: sample Actors that a migration would harm, the fixes on a
// copy of them, the linter quiet afterwards; and one of them migrated for real, before its fix and after it. Ends with 0
// only when all that is so.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, stdout } from 'node:process';
import { ensureInstalled, root } from './ensure-installed.mjs';

ensureInstalled();
// Only now is there anything to import.
const { build } = await import('./build.mjs');
const { takeEveryFirstFix } = await import('./demo/editor.mjs');
const { migrateEach } = await import('./demo/migrations.mjs');

const samples = join(root, 'test-workspace');
const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'actor-state-demo-')));
const copy = join(temporary, 'fixed');
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));
await build({ quiet: true });
process.exitCode = (await demo()) ? 0 : 1;

async function demo() {
  headline('1. What a migration would lose', 'actor-state lint test-workspace');
  console.log(actorState(['lint', '.'], samples).stdout);
  const before = report(samples);

  headline('2. The fixes, taken on a copy as with the light bulb of an editor');
  cpSync(samples, copy, { recursive: true });
  const files = before.actors.flatMap(({ root: folder }) => sourcesOf(join(copy, folder)));
  const taken = await takeEveryFirstFix(copy, files);
  for (const title of taken) console.log(`  ✔ ${title}`);
  const changed = files.filter((file) => showChange(file));

  headline('3. The copy, linted again', 'actor-state lint');
  const again = actorState(['lint', '.'], copy);
  const after = report(copy);
  console.log(again.stdout || '  Nothing to report.\n');

  const [unprotected, fixed] = await migrateEach([unfixedCopy(), join(copy, 'unprotected-counter')], (folder) =>
    headline(
      folder.startsWith(copy)
        ? '5. The same Actor after the fix, migrated'
        : '4. unprotected-counter without the fix, migrated for real',
      'actor-state migrate -- npm start',
    ),
  );

  const harmed = new Set(before.findings.map(({ file }) => file.split('/')[0]));
  console.log(
    `\nBefore: ${before.findings.length} findings in ${harmed.size} of ${before.actors.length} Actors. ` +
      `Fixes taken: ${taken.length}. Left: ${after.findings.length}.`,
  );
  console.log(`Migrated without the fix: ${verdictOf(unprotected)}. With it: ${verdictOf(fixed)}.`);
  const mended = before.findings.length > 0 && changed.length > 0 && after.findings.length === 0 && again.status === 0;
  return mended && unprotected === 1 && fixed === 0;
}

/** As `actor-state migrate --help` tells its exit codes. */
function verdictOf(exitCode) {
  return { 0: 'resumed', 1: 'lost its progress' }[exitCode] ?? `could not be migrated (exit code ${exitCode})`;
}

function unfixedCopy() {
  const folder = join(temporary, 'unfixed', 'unprotected-counter');
  cpSync(join(samples, 'unprotected-counter'), folder, { recursive: true });
  return folder;
}

function headline(title, command) {
  console.log(`\n${bold(title)}${command === undefined ? '' : `\n$ ${command}`}\n`);
}

function bold(text) {
  return stdout.isTTY ? `\u001B[1m${text}\u001B[0m` : text;
}

function actorState(options, cwd) {
  const colour = stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const program = join(root, 'dist', 'actor-state.cjs');
  return spawnSync(execPath, [program, ...options], { cwd, encoding: 'utf8', env: { ...process.env, ...colour } });
}

function report(cwd) {
  const { stdout: output, stderr } = actorState(['lint', '--format', 'json', '.'], cwd);
  if (output === '') throw new Error(`actor-state printed nothing but: ${stderr}`);
  return JSON.parse(output);
}

function sourcesOf(folder) {
  const files = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /\.[jt]s$/.test(file)).map((file) => join(folder, 'src', file));
}

/** Prints how a file of the copy differs from the sample; says whether it does. */
function showChange(file) {
  const original = join(samples, file.slice(copy.length));
  if (readFileSync(original, 'utf8') === readFileSync(file, 'utf8')) return false;
  const options = [
    'diff',
    '--no-index',
    '--no-ext-diff',
    `--color=${stdout.isTTY ? 'always' : 'never'}`,
    original,
    file,
  ];
  const diff = spawnSync('git', options, { encoding: 'utf8' });
  // The first four lines name temporary files; without git the whole new file is shown.
  const shown = diff.error ? readFileSync(file, 'utf8') : diff.stdout.split('\n').slice(4).join('\n');
  console.log(`\n${bold(file.slice(copy.length + 1))}\n${shown}`);
  return true;
}
