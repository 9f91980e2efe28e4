/** The linters that are measured: how each is called on a tree, and how many files it says it looked at. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {import('../measure.mjs').Command} Command */
/** @typedef {import('../measure.mjs').Measured} Measured */
/**
 * @typedef {{ name: string, command: (tree: string) => Command, filesOf: (run: Measured) => number }} Tool
 * `filesOf` throws where the run was no success
 */

const ROOT = resolve(import.meta.dirname, '../..');
/** The part of oxlint that knows types; it looks for it from the tree, where it is not installed. */
const TSGOLINT = join(ROOT, 'node_modules/.bin', process.platform === 'win32' ? 'tsgolint.cmd' : 'tsgolint');
/** Nobody lints what is installed or built. */
const SKIPPED = ['**/node_modules/**', '**/dist/**'];

/** @type {Tool} */
const ours = {
  name: 'actor-state',
  command: (tree) => node(join(ROOT, 'dist/actor-state.cjs'), ['lint', '--format', 'json', '.'], tree),
  filesOf: ({ code, stdout, stderr }) => {
    if (code !== 0 && code !== 1) throw new Error(`actor-state ended with ${code}: ${stderr}`);
    return JSON.parse(stdout).summary.files;
  },
};

/** With the tree's own tsconfig.json where it has one, as it comes. @param {string} scratch @returns {Tool} */
const oxlint = (scratch) => {
  const config = join(scratch, 'oxlintrc.json');
  const rules = { 'typescript/no-floating-promises': 'error' };
  writeFileSync(config, JSON.stringify({ plugins: ['typescript'], categories: { correctness: 'off' }, rules }));
  const ignored = SKIPPED.flatMap((pattern) => ['--ignore-pattern', pattern]);
  return {
    name: 'oxlint',
    command: (tree) => ({
      ...node(join(ROOT, 'node_modules/oxlint/bin/oxlint'), ['--type-aware', '-c', config, ...ignored, '.'], tree),
      env: { ...process.env, OXLINT_TSGOLINT_PATH: TSGOLINT },
    }),
    filesOf: ({ code, stdout, stderr }) => {
      const files = /on (\d+) files/u.exec(stdout)?.[1];
      if (files === undefined || code > 1) throw new Error(`oxlint ended with ${code}: ${stderr}${stdout.slice(-300)}`);
      return Number(files);
    },
  };
};

/** With one tsconfig.json for the whole tree, which it cannot do without. @param {string} scratch @returns {Tool} */
const typescriptEslint = (scratch) => ({
  name: 'typescript-eslint',
  command: (tree) => {
    const config = eslintConfig(scratch, tree);
    const args = ['--no-inline-config', '--config', config, '--format', 'json', '.'];
    return node(join(ROOT, 'bench/peers/node_modules/eslint/bin/eslint.js'), args, tree, '--max-old-space-size=8192');
  },
  filesOf: ({ code, stdout, stderr }) => {
    if (code !== 0 && code !== 1) throw new Error(`eslint ended with ${code}: ${stderr}`);
    return JSON.parse(stdout).length;
  },
});

/** @param {string} scratch @param {string} tree @returns {string} */
const eslintConfig = (scratch, tree) => {
  const folder = join(scratch, tree.replaceAll(/[^\w]+/gu, '-'));
  mkdirSync(folder, { recursive: true });
  const compilerOptions = {
    allowJs: true,
    module: 'preserve',
    target: 'es2022',
    moduleResolution: 'bundler',
    noEmit: true,
    skipLibCheck: true,
    jsx: 'preserve',
    experimentalDecorators: true,
  };
  const tsconfig = {
    compilerOptions,
    include: [`${tree}/**/*`],
    exclude: SKIPPED.map((pattern) => `${tree}/${pattern}`),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  const plugin = pathToFileURL(join(ROOT, 'bench/peers/node_modules/typescript-eslint/dist/index.js')).href;
  writeFileSync(
    join(folder, 'eslint.config.mjs'),
    `import tseslint from ${JSON.stringify(plugin)};
     export default [
       { ignores: ${JSON.stringify(SKIPPED)} },
       {
         files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
         languageOptions: { parser: tseslint.parser, parserOptions: { project: [${JSON.stringify(join(folder, 'tsconfig.json'))}] } },
         plugins: { ts: tseslint.plugin },
         rules: { 'ts/no-floating-promises': 'error' },
       },
     ];`,
  );
  return join(folder, 'eslint.config.mjs');
};

/**
 * @param {string} script @param {readonly string[]} args @param {string} cwd @param {readonly string[]} options of Node
 * @returns {Command}
 */
const node = (script, args, cwd, ...options) => ({
  command: process.execPath,
  args: [...options, script, ...args],
  cwd,
});

/** @param {string} scratch where their configurations go @returns {readonly Tool[]} ours first */
export const toolsIn = (scratch) => [ours, oxlint(scratch), typescriptEslint(scratch)];
