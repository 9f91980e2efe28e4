#!/usr/bin/env node
/**
 * Runs the linter on checkouts that nobody labelled: it must not crash, hang or report a place that is not there. What it
 * says of them is printed to be read. See README.md for the options.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { faultsOf } from './faults.mjs';
import { lint } from './linter.mjs';
import { printSurvey } from './print-survey.mjs';
import { readOutput } from './read.mjs';

/** @typedef {import('./print-survey.mjs').Surveyed} Surveyed */

const USAGE = 'node bench/corpus/survey.mjs <dir> [--linter <file>] [--limit <seconds>] [--rule <id>]…';
const LINTER = fileURLToPath(new URL('../../dist/actor-state.cjs', import.meta.url));

const readArguments = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        linter: { type: 'string', default: LINTER },
        limit: { type: 'string', default: '120' },
        rule: { type: 'string', multiple: true, default: [] },
      },
    });
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1) throw new Error('Say which folder holds the checkouts.');
    const limit = Number(values.limit);
    if (!(limit > 0)) throw new Error('--limit takes a number of seconds.');
    return { linter: values.linter, limit, rules: values.rule, folder, checkouts: foldersIn(folder) };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return undefined;
  }
};

/** @param {string} folder */
const foldersIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() || (entry.isSymbolicLink() && statSync(join(folder, entry.name)).isDirectory()),
    )
    .map(({ name }) => name)
    .toSorted();

/** @param {string} file */
const textOf = (file) => {
  try {
    // As the linter reads it: a byte order mark is not part of the text.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
};

/**
 * @param {string} name
 * @param {string} checkout
 * @param {{ linter: string, limit: number }} options
 * @returns {Promise<Surveyed>}
 */
const survey = async (name, checkout, { linter, limit }) => {
  try {
    const { stdout, seconds } = await lint(linter, checkout, limit);
    const output = readOutput(stdout);
    return { name, seconds, output, faults: faultsOf(output, (file) => textOf(join(checkout, file))) };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { name, seconds: undefined, output: undefined, faults: [fault] };
  }
};

const options = readArguments();
if (options === undefined) process.exitCode = 2;
else {
  /** @type {Surveyed[]} */
  const surveyed = [];
  for (const name of options.checkouts) surveyed.push(await survey(name, join(options.folder, name), options));
  console.log(printSurvey(surveyed, new Set(options.rules)));
  if (surveyed.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
}
