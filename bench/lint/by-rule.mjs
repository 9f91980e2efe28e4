#!/usr/bin/env node
/**
 * Says how long each rule takes on a folder, in milliseconds:
 *
 *   node bench/lint/by-rule.mjs <folder>
 *
 * What several rules ask of an Actor's model is worked out once, for the first that asks. So each rule is asked twice: "first"
 * holds what it is the first to ask for, "alone" does not.
 */

import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

import { table } from '../table.mjs';

/** @typedef {{ id: string, check: (actor: unknown) => unknown }} Rule */
/** @typedef {{ first: number, alone: number, worst: number }} Times `worst`: alone, on one Actor */

const CORE = resolve(import.meta.dirname, '../../dist/core.cjs');

/** @param {Rule} rule @returns {Times} what it has taken so far, as it goes on */
const timed = (rule) => {
  const times = { first: 0, alone: 0, worst: 0 };
  const { check } = rule;
  rule.check = (actor) => {
    const start = performance.now();
    check(actor);
    const between = performance.now();
    const reports = check(actor);
    const alone = performance.now() - between;
    times.first += between - start;
    times.alone += alone;
    times.worst = Math.max(times.worst, alone);
    return reports;
  };
  return times;
};

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Say which folder: node bench/lint/by-rule.mjs <folder>');
  process.exitCode = 2;
} else {
  const core = createRequire(import.meta.url)(CORE);
  /** @type {readonly Rule[]} */
  const rules = await core.ruleList();
  const times = rules.map((rule) => /** @type {const} */ ([rule.id, timed(rule)]));
  const write = process.stdout.write.bind(process.stdout);
  process.argv = [process.execPath, 'actor-state', 'lint', '--quiet', folder];
  // The findings are not what is asked for here.
  process.stdout.write = () => true;
  await core.run(dirname(CORE));
  const rows = times
    .toSorted(([, a], [, b]) => b.first - a.first)
    .map(([id, { first, alone, worst }]) => [id, first.toFixed(0), alone.toFixed(0), worst.toFixed(1)]);
  write(`${table([['rule', 'first', 'alone', 'worst Actor'], ...rows]).join('\n')}\n`);
  process.exitCode = 0;
}
