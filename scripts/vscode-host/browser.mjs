import { chromium } from 'playwright-core';

const loopbackOnly = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const quiet = ['--disable-component-update', '--disable-sync', loopbackOnly];

/**
 * Opens a page in a headless Chromium that reaches nothing but this machine.
 *
 * @param {string} executablePath
 * @param {import('./leaving.mjs').Defer} defer
 */
export async function openPage(executablePath, defer) {
  const browser = await chromium.launch({
    executablePath,
    args: [...flags, ...quiet],
    // leaving.mjs answers these: everything is ended in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  defer(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Ends a hang, and nothing else: a busy machine may take its time.
  context.setDefaultTimeout(120_000);
  return context.newPage();
}
