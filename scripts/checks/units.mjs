import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../ensure-installed.mjs';
import { runTool } from './tool.mjs';

/**
 * Runs vitest on everything that needs no editor.
 *
 * @param {readonly string[]} [files] parts of file names; all by default
 * @returns {Promise<{ passed: number, failed: number, skipped: string[] }>}
 */
export async function runUnits(files = []) {
  const folder = await mkdtemp(join(tmpdir(), 'actor-state-units-'));
  const report = join(folder, 'report.json');
  try {
    const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files];
    const succeeded = await runTool('vitest', options, { quiet: false });
    const outcome = counts(JSON.parse(await readFile(report, 'utf8')));
    // A file that cannot even be loaded has no test that could fail.
    return succeeded || outcome.failed > 0 ? outcome : { ...outcome, failed: 1 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function counts({ testResults }) {
  const outcome = { passed: 0, failed: 0, skipped: [] };
  for (const { name, status, assertionResults } of testResults) {
    for (const test of assertionResults) {
      if (test.status === 'passed') outcome.passed += 1;
      else if (test.status === 'failed') outcome.failed += 1;
      else outcome.skipped.push(`${relative(root, name)}: ${test.fullName}`);
    }
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) outcome.failed += 1;
  }
  return outcome;
}
