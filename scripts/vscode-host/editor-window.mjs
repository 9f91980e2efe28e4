/**
 * VS Code's window as a person uses it: keys, clicks and what is on the screen. Every step waits for what it brings.
 */
export class EditorWindow {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    /** The text editor that has the focus or had it last. */
    this.editor = page.locator('.editor-group-container.active .monaco-editor[role="code"]').first();
    this.squiggles = this.editor.locator('.squiggly-error, .squiggly-warning, .squiggly-info');
    this.lightBulb = this.editor.locator('[class*="codicon-light-bulb"], [class*="codicon-gutter-lightbulb"]');
    this.hover = page.locator('.monaco-hover:visible').first();
    this.notifications = page.locator('.notification-toast');
    this.quickInput = page.locator('.quick-input-widget:visible');
    this.actionList = page.locator('.action-widget:visible');
  }

  /** Waits until the workbench is there and its extensions are started. */
  async ready() {
    await this.page.locator('.monaco-workbench .part.editor').waitFor();
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
  }

  /**
   * Opens a file with Quick Open (Ctrl+P).
   *
   * @param {string} path in the workspace, or its end
   */
  async openFile(path) {
    await this.#ask('ControlOrMeta+KeyP', path);
    const [name = path, ...folders] = path.split('/').toReversed();
    // What was open before stands first until the search is done: another file of the same name, perhaps.
    const focused = this.quickInput.locator('.monaco-list-row.focused', { hasText: name });
    await focused.filter({ hasText: folders.toReversed().join('/') }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.editor-group-container.active .tab.active', { hasText: name }).waitFor();
    await this.editor.locator('.view-line').first().waitFor();
  }

  /**
   * Runs a command from the command palette (F1). The command may ask on: see {@link pick}.
   *
   * @param {string} title as the palette shows it, with its category
   */
  async command(title) {
    await this.#ask('F1', `>${title}`);
    const row = this.quickInput.locator('.monaco-list-row.focused', { hasText: title });
    await row.waitFor();
    await this.page.keyboard.press('Enter');
    await row.waitFor({ state: 'hidden' });
  }

  /**
   * Picks from the list that a command shows, by keyboard: while it fades in, what lies below takes the clicks.
   *
   * @param {string} label or a part of it
   */
  async pick(label) {
    await this.quickInput.locator('.monaco-list-row', { hasText: label }).first().waitFor();
    // What stands there already, such as "debug ", says which list it is.
    await this.page.keyboard.type(label);
    const row = this.quickInput.locator('.monaco-list-row.focused', { hasText: label });
    await row.waitFor();
    await this.page.keyboard.press('Enter');
    await row.waitFor({ state: 'hidden' });
  }

  /**
   * Shows an output channel.
   *
   * @param {string} name
   * @returns {Promise<import('playwright-core').Locator>} its text
   */
  async openOutput(name) {
    await this.command('Output: Show Output Channels...');
    await this.pick(name);
    const text = this.page.locator('.part.panel .output-view .view-lines, .part.panel .view-lines').first();
    await text.waitFor();
    return text;
  }

  /** Shows the Problems panel and gives its rows. */
  async openProblems() {
    await this.command('Problems: Focus on Problems View');
    const panel = this.page.locator('.part.panel .markers-panel');
    await panel.waitFor();
    return panel.locator('.monaco-list-row');
  }

  /**
   * Puts the cursor somewhere in the open file (Ctrl+G).
   *
   * @param {number} line from 1
   * @param {number} [column] from 1
   */
  async goTo(line, column = 1) {
    await this.#ask('Control+KeyG', `:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Shows the hover at the cursor (Ctrl+K Ctrl+I) and gives its text. */
  async hoverAtCursor() {
    await this.page.keyboard.press('ControlOrMeta+KeyK');
    await this.page.keyboard.press('ControlOrMeta+KeyI');
    await this.hover.waitFor();
    return this.hover.innerText();
  }

  /** Opens the list of fixes at the cursor (Ctrl+.) and gives their titles. */
  async quickFixes() {
    await this.page.keyboard.press('ControlOrMeta+Period');
    const rows = this.actionList.locator('.monaco-list-row.action');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.trim());
  }

  /**
   * Takes a fix from the list that {@link quickFixes} opened, by keyboard: an older VS Code lays something over the list
   * that keeps the mouse of a test away.
   *
   * @param {string} title or a part of it
   */
  async chooseFix(title) {
    const rows = this.actionList.locator('.monaco-list-row.action');
    const focused = rows.and(this.page.locator('.focused'));
    for (let left = await rows.count(); left > 0; left -= 1) {
      await focused.waitFor();
      if ((await focused.innerText()).includes(title)) break;
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
    await this.actionList.waitFor({ state: 'hidden' });
  }

  /** Saves the open file (Ctrl+S) and waits until it is on the disk. */
  async save() {
    await this.page.keyboard.press('ControlOrMeta+KeyS');
    await this.page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
  }

  /**
   * @param {string} keys that open the quick input
   * @param {string} text
   */
  async #ask(keys, text) {
    await this.page.keyboard.press(keys);
    const input = this.quickInput.locator('.quick-input-box input');
    await input.waitFor();
    await input.fill(text);
  }
}
