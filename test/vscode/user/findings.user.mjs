import { strict as assert } from 'node:assert';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One of each kind, with the class that the window has then. */
const THEMES = [
  { theme: 'Default Light Modern', kind: 'vs', name: 'light' },
  { theme: 'Default High Contrast', kind: 'hc-black', name: 'high-contrast' },
  { theme: 'Default Dark Modern', kind: 'vs-dark', name: 'dark' },
];

const COUNTER = 'unprotected-counter/src/main.js';
const HALF_SAVED = 'half-saved/src/main.js';

/**
 * What a person sees: the squiggle and its hover, the light bulb, the file after the fix; in each kind of theme.
 *
 * @param {import('../../../scripts/vscode-host/run-user-scripts.mjs').User} user
 */
export default async function findings({ page, code, workspacePath, step, screenshot }) {
  await step('an Actor that would lose its progress has a squiggle', async () => {
    await code.openFile(COUNTER);
    await code.squiggles.first().waitFor();
  });

  await step('the Problems view names the rule', async () => {
    const rows = await code.openProblems();
    await rows.filter({ hasText: 'missing-migrating-handler' }).first().waitFor();
  });
  await screenshot('problems');

  await step('the hover says what is lost', async () => {
    await code.openFile(COUNTER);
    await page.keyboard.press('Alt+F8');
    await page.getByText(/\d of \d problems?/).waitFor();
    await screenshot('next-problem');
    await page.keyboard.press('Escape');
    assert.match(await code.hoverAtCursor(), /`?page`? restarts from 1 after a migration/);
  });
  await screenshot('hover');
  await page.keyboard.press('Escape');

  await step('the hover on a key says where it is saved, on which events, and where it is restored', async () => {
    await code.openFile(HALF_SAVED);
    await code.squiggles.first().waitFor();
    await code.goTo(18, 30);
    assert.match(
      await code.hoverAtCursor(),
      /saved in main\.js:18 on migrating and on persistState\s+restored in main\.js:13/,
    );
  });
  await screenshot('key-hover');

  await step('and its links lead there', async () => {
    await code.hover.getByText('main.js:13').click();
    await page.locator('.statusbar-item', { hasText: 'Ln 13, Col 1' }).waitFor();
    await code.openFile(COUNTER);
    await code.squiggles.first().waitFor();
  });

  for (const { theme, kind, name } of THEMES) {
    await step(`the finding is seen in ${theme}`, async () => {
      const settings = { 'workbench.colorTheme': theme };
      await mkdir(join(workspacePath, '.vscode'), { recursive: true });
      await writeFile(join(workspacePath, '.vscode', 'settings.json'), JSON.stringify(settings));
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      await code.squiggles.first().waitFor();
      await code.hoverAtCursor();
    });
    await screenshot(name);
    await page.keyboard.press('Escape');
  }

  await step('the light bulb offers fixes', async () => {
    const titles = await code.quickFixes();
    assert.ok(
      titles.some((title) => /useState/.test(title)),
      titles.join('\n'),
    );
  });
  await screenshot('light-bulb');

  await step('the fix leaves a file without squiggles', async () => {
    await code.chooseFix('useState');
    await code.squiggles.first().waitFor({ state: 'hidden' });
    await code.save();
  });
  await screenshot('fixed');

  await step('VS Code tells how long the activation took', async () => {
    await code.command('Developer: Show Running Extensions');
    const rows = page.locator('.runtime-extensions-editor .extension');
    const row = rows.filter({ hasText: 'Actor State' }).first();
    await rows.first().hover();
    // The slowest extension stands first, and only the rows in view are there: ours may be further down.
    while (!(await row.isVisible())) {
      const before = await rows.allInnerTexts();
      await page.mouse.wheel(0, 300);
      await page.waitForFunction(
        ([selector, seen]) => [...document.querySelectorAll(selector)].map((each) => each.innerText).join() !== seen,
        ['.runtime-extensions-editor .extension', before.join()],
      );
    }
    // Printed and not held to a limit: on a busy machine it says more of the machine. The bench has a peer beside it.
    const [activation] = /Activation: \d+ms/.exec(await row.innerText()) ?? [];
    assert.ok(activation);
    console.log(`      ${activation}`);
  });
  await screenshot('running-extensions');
}
