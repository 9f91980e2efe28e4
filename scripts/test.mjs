// `npm test`: everything that is checked. `npm run test:unit` (--unit): the quick part, without an editor.
// The last line is `N passed, N failed` or `N passed, N failed, N skipped`; each check counts as a test.
import { spawnSync } from 'node:child_process';
import { argv } from 'node:process';
import { ensureInstalled, root } from './ensure-installed.mjs';

ensureInstalled();
// Only now is there anything to import.
const { build } = await import('./build.mjs');
const { runScript, runTool } = await import('./checks/tool.mjs');
const { runUnits } = await import('./checks/units.mjs');

const before = changedFiles();
/** @type {{ passed: number, failed: number, skipped: string[] }} */
const total = { passed: 0, failed: 0, skipped: [] };

if (argv.includes('--unit')) {
  await step('build', () => check(() => build({ quiet: true })));
  await step('units', runUnits);
} else {
  await step('format (oxfmt)', () => check(() => runTool('oxfmt', ['--check', '.'])));
  await step('lint (oxlint, with types)', () => check(() => runTool('oxlint', ['--type-aware', '--deny-warnings'])));
  await step('types (tsc)', () => check(() => runTool('typescript', ['-b'], { program: 'tsc' })));
  await step('build', () => check(() => build({ quiet: true })));
  await step('what is generated from the catalogue', () => check(() => runScript('scripts/generate.mjs', ['--check'])));
  await step('units', runUnits);
  await step('package (VSIX)', vsix);
  await step('suites in a real VS Code', async () => {
    const { testInVsCode } = await import('./vscode-host/test-in-vscode.mjs');
    return testInVsCode();
  });
  await step('the checkout is as clean as before', () => check(leftClean));
}

for (const name of total.skipped) console.log(`Skipped: ${name}`);
const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Runs one step, says how it went and adds to the sum. A step that throws is a failed one; the others still run. */
async function step(name, work) {
  console.log(`▸ ${name}`);
  const start = Date.now();
  let outcome = { passed: 0, failed: 1, skipped: [] };
  try {
    outcome = await work();
  } catch (error) {
    console.log(error instanceof Error ? error.stack : `It failed: ${String(error)}`);
  }
  const { passed, failed, skipped: left } = outcome;
  console.log(
    `  ${failed > 0 ? '✘' : '✔'} ${passed} passed, ${failed} failed (${((Date.now() - start) / 1000).toFixed(1)} s)`,
  );
  total.passed += passed;
  total.failed += failed;
  total.skipped.push(...left);
}

/** One test out of something that says `false` or throws when it fails. */
async function check(work) {
  const succeeded = (await work()) !== false;
  return { passed: Number(succeeded), failed: Number(!succeeded), skipped: [] };
}

async function vsix() {
  const { faultsOfVsix } = await import('./checks/vsix.mjs');
  const skippedHere = [];
  const faults = await faultsOfVsix((file) => faultsWhenInstalled(file, skippedHere));
  for (const fault of faults) console.log(`    ${fault}`);
  const succeeded = faults.length === 0;
  return { passed: Number(succeeded), failed: Number(!succeeded), skipped: skippedHere };
}

async function faultsWhenInstalled(file, skippedHere) {
  const { installVsix } = await import('./vscode-host/install-vsix.mjs');
  const { Unavailable } = await import('./vscode-host/unavailable.mjs');
  try {
    const installed = await installVsix(file);
    return installed.some((name) => name.startsWith('actor-state.actor-state@')) ? [] : ['VS Code did not install it'];
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    skippedHere.push(`the package is installed in VS Code: ${error.message}`);
    return [];
  }
}

function leftClean() {
  const after = changedFiles();
  if (after === before) return true;
  console.log(`    git status was:\n${before}    and is:\n${after}`);
  return false;
}

/** What git says of the checkout; empty where there is no git. */
function changedFiles() {
  const { status, stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout : '';
}
