import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { downloads } from './places.mjs';
import { startTree, stopTree } from './process-tree.mjs';
import { writeSettings } from './settings.mjs';

const releasesAddress = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * Whether the desktop's VS Code can be had: its update server answers, and there is a screen to show it on.
 * ACTOR_STATE_VSCODE=electron or =server decides without asking.
 *
 * @returns {Promise<boolean>}
 */
export async function electronIsPossible() {
  const forced = process.env['ACTOR_STATE_VSCODE'];
  if (forced === 'electron' || forced === 'server') return forced === 'electron';
  if (forced !== undefined && forced !== '') {
    throw new Error(`ACTOR_STATE_VSCODE is "${forced}": write "electron" or "server".`);
  }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return false;
  try {
    return (await fetch(releasesAddress, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    // Not reachable, for whatever reason: the server out of npm is the way.
    return false;
  }
}

/**
 * Runs compiled suites in the desktop's VS Code.
 *
 * @param {import('./run-suites.mjs').PreparedRun} run
 * @param {import('./leaving.mjs').Defer} defer
 * @returns {Promise<number>} VS Code's exit code
 */
export async function runInElectron(run, defer) {
  const executable = await executableOf(run.release);
  const userData = join(run.dataFolder, 'user-data');
  await writeSettings(join(userData, 'User'), run.settings ?? {});
  const child = startTree(
    executable,
    [
      run.workspacePath,
      `--extensionDevelopmentPath=${run.extensionPath}`,
      `--extensionTestsPath=${run.suitesIndex}`,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${join(run.dataFolder, 'extensions')}`,
      ...(run.trust === true ? [] : ['--disable-workspace-trust']),
      '--no-sandbox',
      '--disable-gpu-sandbox',
      '--disable-updates',
      '--disable-telemetry',
      '--skip-welcome',
      '--skip-release-notes',
    ],
    { env: { ...run.env, ELECTRON_RUN_AS_NODE: undefined } },
  );
  defer(() => stopTree(child));
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', run.hear);
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : 1;
}

/**
 * @param {import('./releases.mjs').Release} release
 * @returns {Promise<string>} the desktop's VS Code: the one that ACTOR_STATE_VSCODE_EXECUTABLE names, else a download
 */
async function executableOf(release) {
  const named = process.env['ACTOR_STATE_VSCODE_EXECUTABLE'];
  if (named !== undefined && named !== '') return named;
  return downloadAndUnzipVSCode({ version: release.electron, cachePath: downloads });
}
