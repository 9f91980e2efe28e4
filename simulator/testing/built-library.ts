import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { repository } from './installed-sdk.ts';

const PARTS = ['platform', 'preload', 'simulator', 'index.d.ts'];
const BUILD = `import { build } from './scripts/build.mjs'; await build({ quiet: true, only: ${JSON.stringify(PARTS)} });`;

/** Builds `actor-state/simulator` as it is published: the library, its types, and the programs that it starts. */
export async function buildLibrary(): Promise<void> {
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', BUILD], { cwd: repository });
}
