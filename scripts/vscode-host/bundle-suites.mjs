import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { compiledSuites } from './places.mjs';

/**
 * Bundles every `*.suite.ts` of a folder, and its index.ts that runs them, for VS Code's extension host.
 *
 * @param {string} suitesPath
 * @param {string | undefined} only part of the file names of the suites that shall run
 * @param {import('./leaving.mjs').Defer} defer
 * @returns {Promise<string>} the compiled index
 */
export async function bundleSuites(suitesPath, only, defer) {
  const names = (await readdir(suitesPath)).filter((name) => name.endsWith('.suite.ts'));
  const chosen = names.filter((name) => only === undefined || name.includes(only));
  if (chosen.length === 0) throw new Error(`No suite in ${suitesPath} has "${only ?? '.suite.ts'}" in its name.`);
  // A folder for this run alone: two runs at the same time do not mix.
  const outdir = join(compiledSuites, `${basename(suitesPath)}-${process.pid}-${Date.now()}`);
  await mkdir(outdir, { recursive: true });
  defer(() => rm(outdir, { recursive: true, force: true }));
  await build({
    entryPoints: ['index.ts', ...chosen].map((name) => join(suitesPath, name)),
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.cjs');
}
