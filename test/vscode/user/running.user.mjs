import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SLOW = 'slow-listener/src/main.js';

/** Needs some seconds of the grace period, as a listener does that uploads something. */
const SLOW_LISTENER = `import { setTimeout as delay } from 'node:timers/promises';
import { Actor } from 'apify';

await Actor.init();
const { page = 1 } = (await Actor.getValue('POSITION')) ?? {};
Actor.on('migrating', async () => {
    await delay(90_000);
    await Actor.setValue('POSITION', { page });
});
while (true) {
    await Actor.pushData({ page });
    await delay(200);
}
`;

/** Long enough for a person on a busy machine. */
export const settings = { 'actorState.migration.graceSeconds': 90 };

/**
 * The other ways to start an Actor, and what can be asked of those that run.
 *
 * @param {import('../../../scripts/vscode-host/run-user-scripts.mjs').User} user
 */
export default async function running({ page, code, workspacePath, step, screenshot }) {
  await symlink(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(dirname(workspacePath), 'node_modules'),
  );
  for (const name of ['slow-listener', 'other']) {
    const manifest = { name, type: 'module', main: 'src/main.js', dependencies: { apify: '*' } };
    await mkdir(join(workspacePath, name, 'src'), { recursive: true });
    await writeFile(join(workspacePath, name, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(workspacePath, name, 'src/main.js'), SLOW_LISTENER);
  }
  await writeFile(join(workspacePath, 'plain.js'), 'setInterval(() => {}, 1000);\n');

  const lens = (/** @type {string} */ title) => page.locator('.codelens-decoration a', { hasText: title }).first();
  const toolbar = page.locator('.debug-toolbar');
  const debugConsole = page.locator('.repl');
  const notice = (/** @type {RegExp} */ text) => code.notifications.filter({ hasText: text }).first();
  const countdown = notice(/s left to save the state/);
  const stop = async () => {
    await page.keyboard.press('Shift+F5');
    await toolbar.waitFor({ state: 'hidden' });
  };

  await step('F5 without a launch.json: the debugger is chosen once', async () => {
    await code.openFile(SLOW);
    await lens('Debug Actor').waitFor();
    await page.keyboard.press('F5');
    await code.quickInput.locator('.monaco-list-row', { hasText: 'Apify Actor' }).first().waitFor();
    await screenshot('f5');
    await code.pick('Apify Actor');
    await toolbar.waitFor();
    await lens('Simulate Migration').waitFor();
  });

  await step('the grace period is counted down', async () => {
    await lens('Simulate Migration').click();
    await countdown.waitFor();
    await page.locator('.statusbar-item', { hasText: /Migrating:\s\d+\ss/ }).waitFor();
  });
  await screenshot('countdown');
  await step('and called off', async () => {
    await countdown.getByRole('button', { name: 'Cancel' }).click();
    await notice(/was called off/).waitFor();
    await toolbar.waitFor();
  });
  await screenshot('called-off');
  await step('or ended now', async () => {
    await lens('Simulate Migration').click();
    await countdown.waitFor();
    await code.command('Actor State: End the Grace Period Now');
    await debugConsole.getByText('the grace period was ended').waitFor();
    await debugConsole.getByText('process 2 started').waitFor();
  });
  await stop();
  await code.command('Notifications: Clear All Notifications');

  await step('nothing runs: the person is told, and offered to start one', async () => {
    await code.command('Actor State: Simulate Migration');
    await notice(/No Actor is running/).waitFor();
  });
  await screenshot('nothing-runs');
  await code.command('Notifications: Clear All Notifications');

  await step('VS Code offers a configuration for each Actor', async () => {
    await code.command('Debug: Select and Start Debugging');
    await code.quickInput.locator('.monaco-list-row', { hasText: 'Apify Actor' }).first().click();
    await code.quickInput.locator('.monaco-list-row', { hasText: 'Debug Actor: other' }).waitFor();
    await screenshot('dynamic');
    await code.pick('Debug Actor: other');
    await toolbar.waitFor();
  });
  await stop();

  await step('plain Node cannot be migrated: a button starts it as an Apify Actor', async () => {
    await code.openFile('plain.js');
    await code.command('Debug: Select and Start Debugging');
    await code.quickInput.locator('.monaco-list-row', { hasText: 'Node.js...' }).first().click();
    await code.pick('Run Current File');
    await toolbar.waitFor();
    await code.command('Actor State: Simulate Migration');
    await screenshot('plain');
    await notice(/was started by plain Node/)
      .getByRole('button', { name: 'Restart as an Apify Actor' })
      .click();
  });
  await step('which one is asked, where the active file tells nothing', async () => {
    await code.quickInput.getByPlaceholder('Which Actor shall be debugged?').waitFor();
    await screenshot('pick-actor');
    await code.pick('slow-listener');
    await page.locator('.statusbar-item', { hasText: 'Simulate Migration' }).waitFor();
  });

  await stop();

  await step('of several that run, the one is chosen that is migrated', async () => {
    // The session that was first keeps the focus: with plain Node in it, none of the Actors is meant.
    await code.openFile('plain.js');
    await page.keyboard.press('F5');
    // It has the focus only once it runs.
    await toolbar.locator('[aria-label^="Pause"]:not(.disabled)').first().waitFor();
    for (const file of [SLOW, 'other/src/main.js']) {
      await code.openFile(file);
      await lens('Debug Actor').click();
      await lens('Simulate Migration').waitFor();
    }
    await code.command('Actor State: Simulate Migration');
    await code.quickInput.getByPlaceholder('Which Actor shall be migrated?').waitFor();
    await screenshot('pick-run');
    await code.pick('other');
    await notice(/Migrating other/).waitFor();
  });
}
