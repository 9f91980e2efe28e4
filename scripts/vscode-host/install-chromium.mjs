import { writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installedOnce } from './installed-once.mjs';
import { chromiumPackage } from './releases.mjs';
import { findProgram, firstRun, runNpm, runProgram } from './program.mjs';
import { Unavailable } from './unavailable.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * A Chromium: the one that CHROME_PATH names, else the one in npm's `@sparticuz/chromium` (Linux on x64), else one that
 * is installed on this machine.
 *
 * @returns {Promise<string>} its path
 * @throws {Unavailable}
 */
export async function installChromium() {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Unavailable(`CHROME_PATH names "${named}", which does not exist.`);
  }
  const npm = await fromNpm();
  if (typeof npm === 'string') return npm;
  const found = names.map(findProgram).find((path) => path !== undefined);
  if (found !== undefined) return found;
  if (process.platform === 'darwin' && existsSync(macChrome)) return macChrome;
  throw new Unavailable(
    `no Chromium: ${npm.reason} Install one (Debian: apt install chromium), or name it in CHROME_PATH.`,
  );
}

/** @returns {Promise<string | { reason: string }>} */
async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { reason: "npm's one is for Linux on x64." };
  try {
    const what = `Chromium (@sparticuz/chromium ${chromiumPackage})`;
    return join(await installedOnce(`chromium-${chromiumPackage}`, what, fill), 'chromium');
  } catch (error) {
    if (error instanceof Unavailable) return { reason: error.message };
    throw error;
  }
}

/** @param {string} folder */
async function fill(folder) {
  const dependencies = { '@sparticuz/chromium': chromiumPackage };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await runNpm(
    ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'],
    folder,
  );
  // The package unpacks itself into the temporary folder: make that ours, so that it is kept.
  const unpack = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  await runProgram(process.execPath, ['--input-type=module', '--eval', unpack], {
    cwd: folder,
    env: { TMPDIR: folder },
  });
  await firstRun(join(folder, 'chromium'), ['--version']);
}
