import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** One of each kind, with the class that the window has then. */
const THEMES = [
  { theme: 'Default Light Modern', kind: 'vs', name: 'light' },
  { theme: 'Default High Contrast', kind: 'hc-black', name: 'high-contrast' },
  { theme: 'Default Dark Modern', kind: 'vs-dark', name: 'dark' },
];

const PROTECTED = 'protected/src/main.js';
const COUNTER = 'unprotected-counter/src/main.js';

/**
 * What a person does: from an open Actor two clicks to a verdict.
 *
 * @param {import('../../../scripts/vscode-host/run-user-scripts.mjs').User} user
 */
export default async function migration(user) {
  const api = await serveProducts();
  try {
    await migrate(user, api);
  } finally {
    await api.close();
  }
}

/**
 * @param {import('../../../scripts/vscode-host/run-user-scripts.mjs').User} user
 * @param {Awaited<ReturnType<typeof serveProducts>>} api
 */
async function migrate({ page, code, workspacePath, step, screenshot }, api) {
  await symlink(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(dirname(workspacePath), 'node_modules'),
  );
  for (const sample of ['protected', 'unprotected-counter'])
    await writeInput(workspacePath, sample, { apiUrl: api.url, pageSize: 5 });

  const lens = (/** @type {string} */ title) => page.locator('.codelens-decoration a', { hasText: title }).first();
  const toolbar = page.locator('.debug-toolbar');
  const notice = (/** @type {RegExp} */ text) => code.notifications.filter({ hasText: text }).first();
  const stop = async () => {
    await page.keyboard.press('Shift+F5');
    await toolbar.waitFor({ state: 'hidden' });
  };

  await step('an Actor has a lens over the line where its work begins', async () => {
    await code.openFile(PROTECTED);
    await lens('Debug Actor').waitFor();
  });
  await screenshot('lens');

  await step('so has the language status', async () => {
    await page.locator('#status\\.languageStatus').click();
    await page.getByText('Apify Actor').first().waitFor();
  });
  await screenshot('status');
  await page.keyboard.press('Escape');

  await step('first click: the Actor runs under the debugger', async () => {
    await lens('Debug Actor').click();
    await toolbar.waitFor();
    await lens('Simulate Migration').waitFor();
  });
  await screenshot('running');

  await step('second click: it is migrated, and the verdict comes', async () => {
    await api.asked(3);
    await toolbar.getByRole('button', { name: /Simulate Migration/ }).click();
    await notice(/Resumed \(protected\): .* went on/).waitFor();
  });
  await screenshot('resumed');

  await step('the verdict is a page with links to the source', async () => {
    await notice(/protected/)
      .getByRole('button', { name: 'Show Verdict' })
      .click();
    await verdictPage(page).getByRole('heading', { name: 'Resumed' }).waitFor();
  });
  await screenshot('page');
  await step('a link leads to the line', async () => {
    await verdictPage(page).getByRole('link', { name: 'src/main.js:12' }).first().click();
    await page.locator('.statusbar-item', { hasText: 'Ln 12' }).waitFor();
  });
  await screenshot('line');
  await stop();
  await code.command('View: Close All Editors');

  await step('an Actor that begins again gets a failing verdict, which leads to the line', async () => {
    await code.openFile(COUNTER);
    await lens('Debug Actor').click();
    await toolbar.waitFor();
    await api.asked(api.count() + 4);
    await page.keyboard.press('ControlOrMeta+Shift+F6');
    await notice(/Restarted from zero \(unprotected-counter\): The restarted/).waitFor();
  });
  for (const { theme, kind, name } of THEMES) {
    await step(`the notice is seen in ${theme}`, async () => {
      await mkdir(join(workspacePath, '.vscode'), { recursive: true });
      const settings = { 'workbench.colorTheme': theme };
      await writeFile(join(workspacePath, '.vscode', 'settings.json'), JSON.stringify(settings));
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      await code.command('Notifications: Show Notifications');
    });
    await screenshot(`failed-${name}`);
  }
  await step('its button shows the page', async () => {
    await page.locator('.notifications-center').getByRole('button', { name: 'Show Verdict' }).first().click();
    await verdictPage(page).getByRole('heading', { name: 'Restarted from zero' }).waitFor();
    await verdictPage(page).getByRole('link', { name: 'src/main.js:13' }).first().waitFor();
  });
  for (const { theme, kind, name } of THEMES) {
    await step(`the page is seen in ${theme}`, async () => {
      const settings = { 'workbench.colorTheme': theme };
      await writeFile(join(workspacePath, '.vscode', 'settings.json'), JSON.stringify(settings));
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
    });
    await screenshot(`failed-page-${name}`);
  }
  await stop();
}

/** @param {import('playwright-core').Page} page */
function verdictPage(page) {
  return page.frameLocator('iframe.webview.ready').first().frameLocator('#active-frame');
}

/**
 * @param {string} workspacePath
 * @param {string} sample
 * @param {object} input
 */
async function writeInput(workspacePath, sample, input) {
  const folder = join(workspacePath, sample, 'storage/key_value_stores/default');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'INPUT.json'), JSON.stringify(input));
}

/** An API of products that takes its time, so that an Actor runs for as long as a person needs for a click. */
async function serveProducts() {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const [limit, skip] = [Number(query.get('limit')), Number(query.get('skip'))];
    const products = Array.from({ length: Math.max(0, Math.min(limit, 400 - skip)) }, (_, index) => ({
      id: skip + index + 1,
      title: `Product ${skip + index + 1}`,
      price: 1,
      stock: index % 2,
    }));
    setTimeout(() => response.end(JSON.stringify({ products, total: 400 })), 300);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The API does not listen.');
  const api = {
    url: `http://127.0.0.1:${address.port}/products`,
    count: () => count,
    async asked(/** @type {number} */ times) {
      while (api.count() < times) await delay(50);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return api;
}
