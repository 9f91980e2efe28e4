import { openPage } from './browser.mjs';
import { pageAddress, startServer } from './server.mjs';

/**
 * Runs compiled suites in VS Code's own server and a headless Chromium, as VS Code's integration tests do.
 *
 * @param {{ server: import('./install-server.mjs').InstalledServer, chromium: string }} parts
 * @param {import('./run-suites.mjs').PreparedRun} run
 * @param {import('./leaving.mjs').Defer} defer
 * @returns {Promise<number>} the suites' exit code
 */
export async function runInServer(parts, run, defer) {
  const server = await startServer(parts.server, { ...run, automation: true }, defer);
  const page = await openPage(parts.chromium, defer);
  await page.exposeFunction('codeAutomationLog', (/** @type {unknown} */ _type, /** @type {unknown} */ args) => {
    run.hear(Array.isArray(args) ? args.join(' ') : String(args));
  });
  const exited = new Promise((resolve, reject) => {
    page.on('crash', () => reject(new Error('The page of VS Code crashed.')));
    void page.exposeFunction('codeAutomationExit', resolve).catch(reject);
  });
  const { workspacePath, extensionPath, suitesIndex } = run;
  await page.goto(pageAddress(server, { workspacePath, suites: { extensionPath, index: suitesIndex } }));
  const code = await exited;
  return typeof code === 'number' ? code : 1;
}
