/** The command line of this project, run on one checkout as a person would run it there. */

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** In bytes: the findings of one repository. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/**
 * @typedef {{ stdout: string, seconds: number }} Run
 *
 * @param {string} linter the built command line
 * @param {string} checkout
 * @param {number} limit in seconds: a linter that takes longer hangs, and that is a result too
 * @returns {Promise<Run>}
 * @throws {Error} with a sentence, when it hangs or ends as the command line never should
 */
export const lint = (linter, checkout, limit) =>
  new Promise((done, fail) => {
    const start = performance.now();
    const args = [resolve(linter), 'lint', '--format', 'json', '.'];
    const options = { cwd: checkout, timeout: limit * 1000, maxBuffer: MAX_OUTPUT };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      // 1 says that there are findings, 2 that something could not be read: what could be is still printed.
      const isExit = error === null || error.code === 1 || error.code === 2;
      if (error?.killed === true) fail(new Error(`did not end within ${limit} s`));
      else if (!isExit || stdout === '') fail(new Error(`ended with ${error?.code ?? 0}: ${firstLines(stderr)}`));
      else done({ stdout, seconds: (performance.now() - start) / 1000 });
    });
  });

/** @param {string} text */
const firstLines = (text) => text.trim().split('\n').slice(0, 5).join(' | ');
