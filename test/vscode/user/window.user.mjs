import { strict as assert } from 'node:assert';

/**
 * The window itself, driven by keys: proves the host, without the extension's help.
 *
 * @param {import('../../../scripts/vscode-host/run-user-scripts.mjs').User} user
 */
export default async function window({ code, step, screenshot }) {
  await step('Quick Open opens a file', async () => {
    await code.openFile('package.json');
    assert.ok((await code.editor.locator('.view-line').count()) > 0);
  });
  await step('a command of the palette runs', async () => {
    await code.openProblems();
  });
  await screenshot('open');
}
