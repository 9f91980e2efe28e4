const COUNTER = 'unprotected-counter/src/main.js';

/** A folder that VS Code has not seen before is not trusted. */
export const trust = true;

/**
 * What a person sees who does not trust a folder: findings, and no code that runs.
 *
 * @param {import('../../../scripts/vscode-host/run-user-scripts.mjs').User} user
 */
export default async function restricted({ page, code, step, screenshot }) {
  const lens = page.locator('.codelens-decoration a', { hasText: 'Debug Actor' }).first();
  const notice = code.notifications.filter({ hasText: 'off in Restricted Mode' }).first();

  await step('the folder is not trusted', async () => {
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  });

  await step('its Actors are linted all the same', async () => {
    await code.openFile(COUNTER);
    await code.squiggles.first().waitFor();
  });

  await step('none is debugged, and the person is told why', async () => {
    await lens.click();
    await notice.waitFor();
    await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  });
  await screenshot('refused');

  await step('nor migrated', async () => {
    await code.command('Notifications: Clear All Notifications');
    await code.command('Actor State: Simulate Migration');
    await notice.waitFor();
  });

  await step('and the button leads to where trust is managed', async () => {
    await notice.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.locator('.workspace-trust-editor').waitFor();
  });
  await screenshot('trust');

  await step('once it is trusted, the Actor is debugged', async () => {
    await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).first().click();
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'hidden' });
    await code.openFile(COUNTER);
    await lens.click();
    await code.notifications.filter({ hasText: '"apify" is not installed' }).first().waitFor();
  });
  await screenshot('trusted');
}
