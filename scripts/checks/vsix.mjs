import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX, listFiles } from '@vscode/vsce';
import { root } from '../ensure-installed.mjs';

const MOST_BYTES = 3_000_000;

/** What a person gets who installs the extension; anything else in the package is a mistake. */
const WANTED = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'cli/lint-output.schema.json',
  'simulator/platform/served.md',
  'simulator/sweep/sweep-output.schema.json',
  'simulator/verdict/migrate-output.schema.json',
  'dist/actor-state.cjs',
  'dist/client.cjs',
  'dist/core.cjs',
  'dist/debugging.cjs',
  'dist/extension.cjs',
  'dist/platform.cjs',
  'dist/preload.cjs',
];

/**
 * Packages the extension as it would be published and looks at what is in it.
 *
 * @param {(vsix: string) => Promise<string[]>} [look] more to look at; gives a sentence for each fault
 * @returns {Promise<string[]>} a sentence for each fault
 */
export async function faultsOfVsix(look = async () => []) {
  const folder = await mkdtemp(join(tmpdir(), 'actor-state-vsix-'));
  const vsix = join(folder, 'actor-state.vsix');
  try {
    const rulePages = (await readdir(join(root, 'rules', 'catalogue'), { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map((entry) => `rules/catalogue/${entry.name}/rule.md`);
    const wanted = new Set([...WANTED, ...rulePages]);
    const packed = (await listFiles({ cwd: root, dependencies: false })).map((file) => file.replaceAll('\\', '/'));
    await createVSIX({ cwd: root, packagePath: vsix, dependencies: false, allowMissingRepository: true });
    const { size } = await stat(vsix);
    console.log(`    ${(size / 1e6).toFixed(2)} MB, ${packed.length} files`);
    return [
      ...[...wanted].filter((file) => !packed.includes(file)).map((file) => `${file} is missing in the package`),
      ...packed
        .filter((file) => !wanted.has(file))
        .map((file) => `${file} must not be packaged: name it in .vscodeignore`),
      ...(size > MOST_BYTES ? [`the package has ${size} bytes, more than ${MOST_BYTES}`] : []),
      ...(await look(vsix)),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
