/**
 * Builds what is shipped: `dist/actor-state.cjs` and `dist/core.cjs` (server and command line), `dist/extension.cjs` (the client, with
 * `dist/client.cjs` and `dist/debugging.cjs`, which it loads when they are needed),
 * `dist/platform.cjs` (the local platform's process), `dist/preload.cjs` (required by the processes of a simulated run),
 * `dist/simulator.cjs` with `dist/types/` (the simulator for the tests of an Actor).
 * A bundle is built again when one of its inputs has changed since the last time.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { argv, exit, hrtime, pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build as esbuild } from 'esbuild';

/** The folder of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

/** `import text from './x.d.ts?raw'`: the file as a string. The same words work in the test runner. */
export const rawText = {
  name: 'raw-text',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?raw$/ }, (args) => ({
      path: resolve(args.resolveDir, args.path.slice(0, -'?raw'.length)),
      namespace: 'raw-text',
    }));
    onLoad({ filter: /.*/, namespace: 'raw-text' }, (args) => ({
      contents: readFileSync(args.path, 'utf8'),
      loader: 'text',
      watchFiles: [args.path],
    }));
  },
};

/**
 * Of ts-morph the analysis needs the compiler in it and JavaScript's declarations. The rest, its wrappers and the browser's
 * declarations, is more than half of its code: it would be read and compiled at each start.
 */
const compilerOnly = {
  name: 'compiler-only',
  setup({ onResolve, onLoad }) {
    const require = createRequire(createRequire(import.meta.url).resolve('ts-morph'));
    onResolve({ filter: /^(?:ts-morph|@ts-morph\/common)$/ }, () => ({ path: 'compiler', namespace: 'compiler-only' }));
    onLoad({ filter: /.*/, namespace: 'compiler-only' }, () => {
      const common = require.resolve('@ts-morph/common');
      const libs = require(common)
        .getLibFiles()
        .filter(({ fileName }) => /^lib\.(?:es|decorators)/.test(fileName));
      return {
        contents: `
          import ts from './typescript.js';
          export { ts };
          export const getLibFiles = () => ${JSON.stringify(libs)};`,
        resolveDir: dirname(common),
        watchFiles: [common],
      };
    });
  },
};

/** What the extension loads when it is first needed, each in a bundle of its own: activation must stay quick. */
const lazyBundles = new Map([
  ['client/language-client.ts', './client.cjs'],
  ['client/debugging/index.ts', './debugging.cjs'],
]);

/** `await import('./language-client.ts')` loads the bundle of that module. */
const lazyImports = {
  name: 'lazy-imports',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      const bundle = lazyBundles.get(relative(root, resolve(resolveDir, path)).replaceAll('\\', '/'));
      return kind === 'dynamic-import' && bundle !== undefined ? { path: bundle, external: true } : undefined;
    });
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  treeShaking: true,
  legalComments: 'none',
  // For a readable stack while developing; .vscodeignore keeps the maps out of the package.
  sourcemap: 'external',
  sourcesContent: false,
  metafile: true,
  write: false,
  logLevel: 'silent',
  plugins: [rawText, compilerOnly, lazyImports],
};

const bundles = [
  { entryPoints: ['scripts/entry/actor-state.cjs'], outfile: 'dist/actor-state.cjs', external: ['./core.cjs'] },
  { entryPoints: ['scripts/entry/core.mjs'], outfile: 'dist/core.cjs' },
  { entryPoints: ['client/extension.ts'], outfile: 'dist/extension.cjs', external: ['vscode'] },
  ...[...lazyBundles].map(([entry, bundle]) => ({
    entryPoints: [entry],
    outfile: join('dist', bundle),
    external: ['vscode'],
  })),
  // proxy-chain knows its own errors by the names of their classes.
  { entryPoints: ['simulator/platform/main.ts'], outfile: 'dist/platform.cjs', keepNames: true },
  // It runs in whatever Node the Actor is started with.
  { entryPoints: ['simulator/preload/preload.ts'], outfile: 'dist/preload.cjs', target: 'node16' },
  {
    entryPoints: ['simulator/library/index.ts'],
    outfile: 'dist/simulator.cjs',
    define: { 'import.meta.dirname': '__dirname' },
  },
  { declarations: 'simulator/library/index.ts', outfile: 'dist/types/simulator/library/index.d.ts' },
];

/**
 * Builds the bundles whose inputs have changed.
 *
 * @param {{ quiet?: boolean, force?: boolean, only?: string[] }} [options] `only`: names such as `platform`; all without
 * @returns {Promise<{ fresh: boolean }>} whether something was built
 * @throws {Error} with esbuild's messages when a bundle cannot be built
 */
export async function build({ quiet = false, force = false, only } = {}) {
  const say = quiet ? () => undefined : (/** @type {string} */ line) => console.log(line);
  const wanted = bundles.filter(({ outfile }) => only === undefined || only.includes(basename(outfile, '.cjs')));
  const stale = wanted.filter((options) => force || !isUpToDate(options));
  if (stale.length === 0) {
    say('dist/ is up to date');
    return { fresh: false };
  }
  const start = hrtime.bigint();
  mkdirSync(dist, { recursive: true });
  for (const line of await Promise.all(stale.map(buildOne))) say(line);
  say(`built in ${Number((hrtime.bigint() - start) / 1_000_000n)} ms`);
  return { fresh: true };
}

async function buildOne(options) {
  const startedAt = Date.now();
  const stampFile = stampFileOf(options);
  rmSync(stampFile, { force: true });
  const { outputFiles, inputs } = await ('declarations' in options ? declared(options) : bundled(options));
  for (const file of outputFiles) replaceFile(file.path, file.contents);
  if (options.outfile === 'dist/actor-state.cjs') chmodSync(join(root, options.outfile), 0o755);
  // An input that was edited meanwhile may have been read before the edit: then the next build runs again.
  if (inputs.every((input) => (statSync(join(root, input), { throwIfNoEntry: false })?.mtimeMs ?? 0) < startedAt)) {
    replaceFile(stampFile, JSON.stringify(stamp(inputs), undefined, 1));
  }
  const { contents } = outputFiles.find((file) => file.path === join(root, options.outfile));
  return `${options.outfile}  ${kilobytes(contents)} (gzip ${kilobytes(gzipSync(contents))})`;
}

async function bundled(options) {
  const { outputFiles, metafile } = await esbuild({ ...shared, ...options });
  return { outputFiles, inputs: inputsOf(metafile) };
}

async function declared({ declarations }) {
  // The compiler takes a while to load: only where there is something to declare.
  const { declarationsOf } = await import('./declarations.mjs');
  const { files, inputs } = declarationsOf(root, declarations);
  return {
    outputFiles: files.map(({ path, contents }) => ({ path: join(dist, 'types', path), contents })),
    inputs: ['scripts/build.mjs', ...inputs],
  };
}

/** Two builds at a time (the test runner's workers) must not read each other's half-written files. */
function replaceFile(path, contents) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${pid}.tmp`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

function inputsOf(metafile) {
  const read = Object.keys(metafile.inputs).filter((input) => !input.startsWith('compiler-only:'));
  const files = read.map((input) => resolve(root, input.replace(/^raw-text:/, '')));
  return ['scripts/build.mjs', 'package-lock.json', ...new Set(files.map((file) => relative(root, file)))];
}

function stamp(inputs) {
  return Object.fromEntries(inputs.map((input) => [input, fingerprint(join(root, input))]));
}

function fingerprint(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs} ${stats.size}` : 'missing';
}

function stampFileOf({ outfile }) {
  return join(dist, `.${basename(outfile, '.cjs')}.stamp.json`);
}

function isUpToDate(options) {
  const stampFile = stampFileOf(options);
  if (!existsSync(stampFile) || !existsSync(join(root, options.outfile))) return false;
  const before = JSON.parse(readFileSync(stampFile, 'utf8'));
  return Object.entries(before).every(([input, print]) => fingerprint(join(root, input)) === print);
}

function kilobytes(contents) {
  return `${Math.round(contents.length / 1024)} KB`;
}

if (argv[1] && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await build({ force: argv.includes('--force'), quiet: argv.includes('--quiet') });
  } catch (error) {
    const messages = error?.errors?.map((e) => `${e.location?.file ?? ''}:${e.location?.line ?? ''}: ${e.text}`) ?? [
      error?.stack ?? error,
    ];
    console.error(`The build failed:\n${messages.join('\n')}`);
    exit(1);
  }
}
