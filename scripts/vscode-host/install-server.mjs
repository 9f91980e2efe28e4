import { copyFile, cp, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installedOnce } from './installed-once.mjs';
import { nodePackages } from './releases.mjs';
import { firstRun, runNpm } from './program.mjs';
import { Unavailable } from './unavailable.mjs';

const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
const platform = `${process.platform}-${process.arch}`;
const ripgrepPackage = `@vscode/ripgrep-${platform}`;
const standIns = join(import.meta.dirname, 'stand-ins');

/**
 * @typedef {object} InstalledServer
 * @property {string} node the Node that runs it
 * @property {string} main VS Code's server, for that Node
 */

/**
 * VS Code's own server, out of npm alone: `code-server` carries it, Node comes as the package of this platform.
 * No install script runs (npm 10 and 11 alike), nothing is compiled: see stand-ins/.
 *
 * @param {import('./releases.mjs').Release} release
 * @returns {Promise<InstalledServer>}
 * @throws {Unavailable}
 */
export async function installServer(release) {
  const nodePackage = nodePackages[platform];
  if (nodePackage === undefined) throw new Unavailable(`npm has no Node ${release.node} for ${platform}.`);
  const name = `server-${release.codeServer}-node-${release.node}`;
  const folder = await installedOnce(name, `VS Code's server (code-server ${release.codeServer})`, (target) =>
    fill(target, release, nodePackage),
  );
  return { node: nodeIn(folder, nodePackage), main: mainIn(folder, release) };
}

/**
 * @param {string} folder
 * @param {import('./releases.mjs').Release} release
 * @param {string} nodePackage
 */
async function fill(folder, release, nodePackage) {
  const dependencies = {
    'code-server': release.codeServer,
    [nodePackage]: release.node,
    ...(release.ripgrep === undefined ? {} : { [ripgrepPackage]: release.ripgrep }),
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await runNpm(['install', '--ignore-scripts', '--no-package-lock', ...quietly], folder);
  const vscode = vscodeIn(folder);
  // Beside its own dependencies the extensions' (TypeScript, for the editor's JavaScript). The peers do not fit in older
  // releases, which were installed with yarn.
  const install = ['install', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', ...quietly];
  await Promise.all([runNpm(install, vscode), runNpm(install, join(vscode, 'extensions'))]);
  if (release.startsItself !== true) await copyFile(join(standIns, 'start-server.cjs'), mainIn(folder, release));
  await standIn(vscode, '@vscode/spdlog', 'spdlog.cjs');
  await standIn(vscode, '@vscode/native-watchdog', 'native-watchdog.cjs');
  // Its name in older releases.
  await standIn(vscode, 'native-watchdog', 'native-watchdog.cjs');
  if (release.ripgrep !== undefined) {
    const from = join(folder, 'node_modules', ripgrepPackage, 'bin');
    await cp(from, join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin'), { recursive: true });
  }
  await withoutGallery(join(vscode, 'product.json'));
  const check = ['--version', '--server-data-dir', join(folder, 'check')];
  await firstRun(nodeIn(folder, nodePackage), [mainIn(folder, release), ...check]);
}

/**
 * Puts one of our modules in the place of a native one.
 *
 * @param {string} vscode
 * @param {string} name of the package; none of that name is fine
 * @param {string} file in stand-ins/
 */
async function standIn(vscode, name, file) {
  const folder = join(vscode, 'node_modules', name);
  if (existsSync(folder)) await copyFile(join(standIns, file), join(folder, 'index.js'));
}

/**
 * The tests talk to this machine only: VS Code shall not ask its gallery. Empty addresses switch it off; none at all
 * would mean the default one.
 *
 * @param {string} file product.json
 */
async function withoutGallery(file) {
  /** @type {unknown} */
  const product = JSON.parse(await readFile(file, 'utf8'));
  if (typeof product !== 'object' || product === null) throw new Error(`${file} is not an object.`);
  const names = ['serviceUrl', 'itemUrl', 'extensionUrlTemplate', 'resourceUrlTemplate', 'controlUrl', 'nlsBaseUrl'];
  const extensionsGallery = Object.fromEntries(names.map((name) => [name, '']));
  await writeFile(file, JSON.stringify({ ...product, extensionsGallery, enableTelemetry: false }));
}

/** @param {string} folder */
const vscodeIn = (folder) => join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

/**
 * @param {string} folder
 * @param {string} nodePackage
 */
const nodeIn = (folder, nodePackage) =>
  join(folder, 'node_modules', nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * @param {string} folder
 * @param {import('./releases.mjs').Release} release
 */
const mainIn = (folder, release) =>
  join(vscodeIn(folder), 'out', release.startsItself === true ? 'server-main.js' : 'start-server.cjs');
