import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './places.mjs';
import { runSuites } from './run-suites.mjs';
import { runUserScripts } from './run-user-scripts.mjs';

/**
 * Everything that is tested in a real VS Code: the suites of test/vscode/suite, then the user scripts of
 * test/vscode/user.
 *
 * @param {{ extensionPath?: string, workspacePath?: string, only?: string | undefined }} [choice] the built extension of this repository
 *   on its test-workspace by default; `only` is part of a file's name
 * @returns {Promise<import('./run-suites.mjs').Outcome>}
 */
export async function testInVsCode({ extensionPath = root, workspacePath = join(root, 'test-workspace'), only } = {}) {
  const suitesPath = join(root, 'test', 'vscode', 'suite');
  const scriptsPath = join(root, 'test', 'vscode', 'user');
  const has = async (/** @type {string} */ folder, /** @type {string} */ ending) =>
    (await readdir(folder)).some((name) => name.endsWith(ending) && name.includes(only ?? ''));
  const nothing = { passed: 0, failed: 0, skipped: [] };
  const suites = (await has(suitesPath, '.suite.ts'))
    ? await runSuites({ extensionPath, workspacePath, suitesPath, only })
    : nothing;
  const user = (await has(scriptsPath, '.user.mjs'))
    ? await runUserScripts({ extensionPath, workspacePath, scriptsPath, only })
    : nothing;
  return {
    passed: suites.passed + user.passed,
    failed: suites.failed + user.failed,
    skipped: [...suites.skipped, ...user.skipped],
  };
}
