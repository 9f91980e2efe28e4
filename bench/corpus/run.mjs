#!/usr/bin/env node
/** Runs the linter on the labelled checkouts and prints the score. See README.md for the options. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { familyOfRule } from './families.mjs';
import { lint } from './linter.mjs';
import { print } from './print.mjs';
import { readLabels, readReports } from './read.mjs';
import { missedBars, summarise } from './summary.mjs';

/** @typedef {import('./read.mjs').Report} Report */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** In seconds: what one repository may take. */
const LIMIT = 180;

/** Bad usage: the sentence goes to stderr, and the exit code is 2. */
class UsageError extends Error {}

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        labels: { type: 'string', default: join(ROOT, '../shared/corpus/labels.jsonl') },
        checkouts: { type: 'string', default: process.env['ACTOR_STATE_CORPUS'] ?? '' },
        linter: { type: 'string', default: join(ROOT, 'dist/actor-state.cjs') },
        rules: { type: 'string' },
        check: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
};

/** @param {ReturnType<typeof readOptions>} options */
const checkOptions = ({ labels, checkouts, linter }) => {
  if (checkouts === '') {
    throw new UsageError(
      'Say where the checkouts are: --checkouts <dir>, or the variable ACTOR_STATE_CORPUS. The folder holds one <owner>+<name> for each repository (see bench/corpus/README.md).',
    );
  }
  if (!existsSync(checkouts)) throw new UsageError(`There is no folder ${checkouts} with checkouts.`);
  if (!existsSync(labels)) throw new UsageError(`There is no file ${labels} with labels: say --labels <file>.`);
  if (!existsSync(linter)) throw new UsageError(`There is no linter at ${linter}: run "npm run build" first.`);
};

/** @param {string | undefined} rules */
const coveredFamilies = (rules) =>
  rules === undefined
    ? undefined
    : new Set(
        rules.split(',').map((name) => {
          const family = familyOfRule(name.trim());
          if (family === undefined) throw new UsageError(`--rules: no family holds the rule "${name.trim()}".`);
          return family;
        }),
      );

const main = async () => {
  const options = readOptions();
  checkOptions(options);
  const covered = coveredFamilies(options.rules);
  const labels = readLabels(readFileSync(options.labels, 'utf8'));
  /** @type {Map<string, Report[]>} */
  const reportsOf = new Map();
  /** @type {string[]} */
  const left = [];
  for (const repo of new Set(labels.map((label) => label.repo))) {
    const checkout = join(options.checkouts, repo.replace('/', '+'));
    if (!existsSync(checkout)) left.push(`${repo}: not checked out`);
    else {
      await lint(options.linter, checkout, LIMIT)
        .then(({ stdout }) => reportsOf.set(repo, readReports(stdout)))
        .catch((error) => left.push(`${repo}: the linter failed: ${error.message}`));
    }
  }
  const summary = summarise(labels, reportsOf, covered);
  console.log(print(summary));
  if (left.length > 0) console.log(`Not scored (${left.length})\n${left.map((line) => `  ${line}`).join('\n')}\n`);
  if (options.check && (left.length > 0 || missedBars(summary).length > 0)) process.exitCode = 1;
};

main().catch((error) => {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
});
