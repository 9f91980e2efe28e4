import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addExtension } from './add-extension.mjs';
import { openPage } from './browser.mjs';
import { EditorWindow } from './editor-window.mjs';
import { electronIsPossible } from './electron.mjs';
import { installParts } from './install-parts.mjs';
import { leavingNothing, within } from './leaving.mjs';
import { screenshots } from './places.mjs';
import { releaseNamed } from './releases.mjs';
import { pageAddress, startServer } from './server.mjs';
import { Unavailable } from './unavailable.mjs';
import { copyOfWorkspace, temporaryFolder } from './workspace-copy.mjs';

/**
 * What a user script (`*.user.mjs`) gets: its default export is a function of it. It may export `settings` too, and
 * `trust`: then VS Code asks whether the folder is trusted.
 *
 * @typedef {object} User
 * @property {import('playwright-core').Page} page
 * @property {EditorWindow} code VS Code as a person uses it
 * @property {string} workspacePath the copy that is open
 * @property {(title: string, act: () => Promise<void>) => Promise<void>} step one test: printed and counted
 * @property {(name: string) => Promise<void>} screenshot writes `.screenshots/<script>-<name>.png`
 */

/**
 * @typedef {object} ScriptsToRun
 * @property {string} extensionPath the built extension, a folder or a `.vsix`
 * @property {string} workspacePath the folder of which VS Code opens a copy
 * @property {string} scriptsPath folder with `*.user.mjs`
 * @property {string | undefined} [only] part of the file names of the scripts that shall run
 * @property {'current' | 'oldest' | undefined} [release]
 * @property {number | undefined} [limit] milliseconds after which a script is ended; ten minutes by default
 */

/**
 * Drives VS Code as a person does, in the npm-only host: each script in a window, a server and a workspace of its own.
 * Prints as it goes. Leaves nothing behind but the screenshots.
 *
 * @param {ScriptsToRun} run
 * @returns {Promise<import('./run-suites.mjs').Outcome>}
 */
export async function runUserScripts(run) {
  const release = releaseNamed(run.release ?? process.env['ACTOR_STATE_VSCODE_RELEASE']);
  const names = (await readdir(run.scriptsPath)).filter((name) => name.endsWith('.user.mjs')).toSorted();
  const chosen = names.filter((name) => run.only === undefined || name.includes(run.only));
  try {
    if (await electronIsPossible()) throw new Unavailable("the desktop's VS Code has no page to drive.");
    const parts = await installParts(release);
    let passed = 0;
    let failed = 0;
    for (const name of chosen) {
      const result = await leavingNothing((defer) => runScript(run, name, parts, defer));
      passed += result.passed;
      failed += result.failed;
    }
    return { passed, failed, skipped: [] };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return { passed: 0, failed: 0, skipped: chosen.map((name) => `${name}: ${error.message}`) };
  }
}

/**
 * @param {ScriptsToRun} run
 * @param {string} name of the script's file
 * @param {{ server: import('./install-server.mjs').InstalledServer, chromium: string }} parts
 * @param {import('./leaving.mjs').Defer} defer
 */
async function runScript(run, name, parts, defer) {
  console.log(`  ${name}`);
  let passed = 0;
  /** @type {import('playwright-core').Page | undefined} */
  let page;
  const screenshot = async (/** @type {string} */ title) => {
    await mkdir(screenshots, { recursive: true });
    await page?.screenshot({ path: join(screenshots, `${basename(name, '.user.mjs')}-${title}.png`) });
  };
  /** @type {User['step']} */
  const step = async (title, work) => {
    const start = Date.now();
    try {
      await work();
    } catch (error) {
      throw new Error(title, { cause: error });
    }
    passed += 1;
    console.log(`    ✔ ${title} (${Date.now() - start} ms)`);
  };
  const whole = async () => {
    const { act, ...options } = await loadScript(join(run.scriptsPath, name));
    const window = await openWindow(run, options, parts, defer);
    const { workspacePath } = window;
    page = window.page;
    const code = new EditorWindow(page);
    await code.ready();
    await act({ page, code, workspacePath, step, screenshot });
  };
  try {
    await within(whole(), run.limit ?? 600_000, name);
    return { passed, failed: 0 };
  } catch (error) {
    await screenshot('failed').catch(() => console.log('    (the window gave no screenshot)'));
    console.log(`    ✘ ${error instanceof Error ? error.message : String(error)}`);
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    console.log(String(cause instanceof Error ? cause.stack : cause).replaceAll(/^/gm, '        '));
    return { passed, failed: 1 };
  }
}

/**
 * @param {ScriptsToRun} run
 * @param {{ settings: Readonly<Record<string, unknown>>, trust: boolean }} options
 * @param {{ server: import('./install-server.mjs').InstalledServer, chromium: string }} parts
 * @param {import('./leaving.mjs').Defer} defer
 */
async function openWindow(run, options, parts, defer) {
  const folder = await temporaryFolder(defer);
  const workspacePath = await copyOfWorkspace(run.workspacePath, folder);
  const dataFolder = join(folder, 'vscode');
  await addExtension(parts.server, run.extensionPath, dataFolder);
  const server = await startServer(parts.server, { dataFolder, ...options }, defer);
  const page = await openPage(parts.chromium, defer);
  await page.goto(pageAddress(server, { workspacePath }));
  return { page, workspacePath };
}

/**
 * @param {string} file
 * @returns {Promise<{ act: (user: User) => Promise<void>, settings: Readonly<Record<string, unknown>>, trust: boolean }>}
 */
async function loadScript(file) {
  /** @type {{ default?: unknown, settings?: Readonly<Record<string, unknown>>, trust?: boolean }} */
  const script = await import(pathToFileURL(file).href);
  const act = script.default;
  if (typeof act !== 'function') throw new Error(`${file} exports no function as its default.`);
  return { act: async (user) => void (await act(user)), settings: script.settings ?? {}, trust: script.trust === true };
}
