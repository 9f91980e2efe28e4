#!/usr/bin/env node
/**
 * Measures `actor-state lint` from a cold process beside oxlint --type-aware and ESLint with typescript-eslint, each with the
 * one rule no-floating-promises, on the same trees, in turns. See README.md for what each is given.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { measure, median } from '../measure.mjs';
import { writeSyntheticActors } from '../synthetic-actors.mjs';
import { table } from '../table.mjs';
import { outcomesOf, ratioOf } from './budgets.mjs';
import { toolsIn } from './tools.mjs';

/** @typedef {import('../measure.mjs').Measured} Measured */
/** @typedef {import('./budgets.mjs').Medians} Medians */
/** @typedef {import('./budgets.mjs').Row} Row */
/** @typedef {import('./budgets.mjs').TreeKind} TreeKind */
/** @typedef {import('./tools.mjs').Tool} Tool */
/** @typedef {{ name: string, kind: TreeKind, folder: string }} Tree */

const ROOT = resolve(import.meta.dirname, '../..');
const PEERS = join(ROOT, 'bench/peers');

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    monorepo: { type: 'string' },
    checkouts: { type: 'string' },
    tools: { type: 'string' },
    trees: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);

/** @param {string} scratch @returns {readonly Tree[]} */
const treesIn = (scratch) => {
  const trees = [
    synthetic(scratch, '200 files', 200, 'synthetic', false),
    synthetic(scratch, '200 files, SDK installed', 200, 'synthetic', true),
    synthetic(scratch, '2,000 files', 2000, 'tenfold', false),
    ...real('monorepo', values.monorepo),
    ...real('checkouts', values.checkouts),
  ];
  const wanted = values.trees?.split(',');
  return trees.filter(({ name }) => wanted === undefined || wanted.some((part) => name.startsWith(part)));
};

/**
 * @param {string} scratch @param {string} name @param {number} files @param {TreeKind} kind
 * @param {boolean} isInstalled whether the SDK is found from it
 * @returns {Tree}
 */
const synthetic = (scratch, name, files, kind, isInstalled) => {
  const folder = join(scratch, name.replaceAll(/\W+/gu, '-'));
  mkdirSync(folder);
  writeSyntheticActors(folder, files);
  if (isInstalled) symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return { name, kind, folder };
};

/** @param {string} name @param {string | undefined} folder @returns {Tree[]} */
const real = (name, folder) => (folder === undefined ? [] : [{ name, kind: 'real', folder: realpathSync(folder) }]);

/** @param {string} scratch @returns {readonly Tool[]} */
const chosenTools = (scratch) => {
  const wanted = values.tools?.split(',');
  const tools = toolsIn(scratch).filter(({ name }) => wanted === undefined || wanted.includes(name));
  if (tools.some(({ name }) => name === 'typescript-eslint') && !existsSync(join(PEERS, 'node_modules'))) {
    console.error('Installing ESLint and typescript-eslint in bench/peers …');
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: PEERS,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
  }
  return tools;
};

/** @param {Tree} tree @param {readonly Tool[]} tools @returns {Promise<Row>} */
const measureTree = async ({ name, kind, folder }, tools) => {
  /** @type {Map<Tool, Measured[]>} */
  const measured = new Map(tools.map((tool) => [tool, []]));
  // The first run of each only fills the disk's cache, and that of compiled code: it is a cold process that is measured.
  for (let run = 0; run <= runs; run += 1) {
    for (const [tool, of] of measured) {
      const one = await measure(tool.command(folder));
      tool.filesOf(one);
      if (run > 0) of.push(one);
    }
  }
  const medians = [...measured].map(([tool, of]) => [tool.name, mediansOf(tool, of)]);
  return { name, kind, tools: Object.fromEntries(medians) };
};

/** @param {Tool} tool @param {readonly Measured[]} of @returns {Medians} */
const mediansOf = (tool, of) => ({
  seconds: median(of.map(({ seconds }) => seconds)),
  processorSeconds: known(of.map(({ processorSeconds }) => processorSeconds)),
  megabytes: known(of.map(({ megabytes }) => megabytes)),
  files: of[0] === undefined ? 0 : tool.filesOf(of[0]),
});

/** @param {readonly (number | undefined)[]} figures */
const known = (figures) => {
  const measured = figures.filter((figure) => figure !== undefined);
  return measured.length === 0 ? undefined : median(measured);
};

/** @param {Row} row */
const rowsOf = ({ name, tools }) =>
  Object.entries(tools).map(([tool, { seconds, processorSeconds, megabytes, files }], index) => [
    index === 0 ? name : '',
    tool,
    String(files),
    seconds.toFixed(2),
    index === 0 ? '' : (ratioOf(tools, tool, (of) => of.seconds)?.toFixed(2) ?? '–'),
    processorSeconds?.toFixed(2) ?? '–',
    megabytes?.toFixed(0) ?? '–',
    index === 0 ? '' : (ratioOf(tools, tool, (of) => of.megabytes)?.toFixed(2) ?? '–'),
  ]);

if (!Number.isInteger(runs) || runs < 1) {
  console.error('--runs takes a whole number from 1.');
  process.exitCode = 2;
} else {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'actor-state-lint-bench-')));
  try {
    const tools = chosenTools(scratch);
    /** @type {Row[]} */
    const rows = [];
    for (const tree of treesIn(scratch)) rows.push(await measureTree(tree, tools));
    const heading = ['tree', 'linter', 'files', 's', 'ours/its', 'processor s', 'MB', 'ours/its'];
    console.log(`Node ${process.version}, medians of ${runs} runs in turns\n`);
    console.log(table([heading, ...rows.flatMap(rowsOf)]).join('\n'));
    const outcomes = outcomesOf(rows);
    console.log(
      `\n${table(outcomes.map(({ budget, figure, isKept }) => [budget, figure, isKept ? 'kept' : 'missed'])).join('\n')}`,
    );
    if (values.check && outcomes.some(({ isKept }) => !isKept)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
