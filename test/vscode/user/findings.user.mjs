import { strict as assert } from 'node:assert';

const COUNTER = 'unprotected-counter/src/main.js';

/**
 * What a person sees: the squiggle and its hover, the light bulb, the file after the fix; in each kind of theme.
 *
 * @param {import('../../../scripts/vscode-host/run-user-scripts.mjs').User} user
 */
export default async function findings({ page, code, step, screenshot }) {
  await step('an Actor that would lose its progress has a squiggle', async () => {
    await code.openFile(COUNTER);
    await code.squiggles.first().waitFor();
  });

  await step('the hover says what is lost', async () => {
    await code.goTo(await lineOf(code, 'while (true)'));
    assert.match(await code.hoverAtCursor(), /migration/);
  });
  await screenshot('hover-dark');

  for (const [theme, name] of [
    ['Light Modern', 'light'],
    ['Dark High Contrast', 'high-contrast'],
    ['Dark Modern', 'dark'],
  ]) {
    await step(`the finding is seen in ${theme}`, async () => {
      await code.command('Preferences: Color Theme');
      await page.keyboard.type(theme);
      await code.quickInput.locator('.monaco-list-row.focused', { hasText: theme }).waitFor();
      await page.keyboard.press('Enter');
      await code.quickInput.waitFor({ state: 'hidden' });
      await code.squiggles.first().waitFor();
      await code.hoverAtCursor();
    });
    await screenshot(`theme-${name}`);
    await page.keyboard.press('Escape');
  }

  await step('the Problems view names the rule', async () => {
    const rows = await code.openProblems();
    await rows.filter({ hasText: 'missing-migrating-handler' }).first().waitFor();
  });
  await screenshot('problems');

  await step('the light bulb offers fixes', async () => {
    await code.openFile(COUNTER);
    await code.goTo(await lineOf(code, 'while (true)'));
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

  await step('the extension is activated in less than 30 ms', async () => {
    await code.command('Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .extension', { hasText: 'Actor State' }).first();
    await row.waitFor();
    const text = await row.locator('.activation-time').innerText();
    console.log(`      ${text.trim()}`);
    assert.ok(Number(/(\d+)\s*ms/.exec(text)?.[1]) < 30, text);
  });
  await screenshot('running-extensions');
}

/**
 * The number of the line that has a text, as the editor shows it: the file is short enough to be on the screen.
 *
 * @param {import('../../../scripts/vscode-host/editor-window.mjs').EditorWindow} code
 * @param {string} text
 */
async function lineOf(code, text) {
  const line = code.editor.locator('.view-line', { hasText: text.replaceAll(' ', '\u00A0') }).first();
  await line.waitFor();
  const top = await line.evaluate((element) => element.style.top);
  const number = code.editor.locator(`.margin-view-overlays > div[style*="top:${top}"], .margin-view-overlays > div[style*="top: ${top}"]`);
  return Number(await number.locator('.line-numbers').innerText());
}
