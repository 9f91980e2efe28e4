#!/usr/bin/env node
/** Writes programs in other forms, and prints how many of the variants keep their findings. See README.md for the options. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

import { rawText, root } from '../../scripts/build.mjs';

// In the project, so that the packages are found.
const outfile = join(root, '.build/metamorphic.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['test/metamorphic/command.ts'],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  outfile,
  logLevel: 'warning',
  plugins: [rawText],
});
const { command } = await import(pathToFileURL(outfile).href);
process.exitCode = await command(process.argv.slice(2), root);
