import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Settings of the editor in the tests: nothing moves by itself, nothing asks, nothing reaches out. */
const quiet = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'editor.cursorBlinking': 'solid',
  'files.autoSave': 'off',
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'typescript.disableAutomaticTypeAcquisition': true,
};

/**
 * Writes the settings of a test's editor.
 *
 * @param {string} folder that VS Code reads its settings.json from
 * @param {Readonly<Record<string, unknown>>} own settings of this test, over ours
 */
export async function writeSettings(folder, own) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...quiet, ...own }, undefined, 4));
}
