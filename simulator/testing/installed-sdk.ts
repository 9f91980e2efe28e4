import { execFile } from 'node:child_process';
import { mkdir, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * `latest`: what this repository has installed. `3.6`: the last without the reboot on migrating. `3.1`: also with a request
 * queue without locks. `2`, `1`, `0`: `Apify.main`, with the crawlers in the package itself and no `crawlee`.
 */
export type SdkVersion = 'latest' | '3.6' | '3.1' | '2' | '1' | '0';

/** Of before SDK 3: CommonJS, `Apify.main`. */
export function isOldSdk(version: string | undefined): version is '2' | '1' | '0' {
  return version === '2' || version === '1' || version === '0';
}

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Gives the `node_modules` folder with `apify`, and `crawlee`, of that time. */
export async function installedSdk(version: SdkVersion): Promise<string> {
  return version === 'latest' ? join(repository, 'node_modules') : await installed(version);
}

/** Gives the `node_modules` of a folder of `test/sdk/`; installed by npm, once, where it is not there. */
export async function installed(name: string): Promise<string> {
  const folder = join(repository, 'test', 'sdk', name);
  // npm writes this file last, so that an install which was cut short is not taken for one.
  const stamp = join(folder, 'node_modules', '.package-lock.json');
  const lock = join(folder, 'node_modules.installing');
  while (!existsSync(stamp)) {
    if (await isMine(lock)) {
      try {
        await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
          cwd: folder,
          shell: process.platform === 'win32',
        });
      } finally {
        await rm(lock, { recursive: true });
      }
    } else await delay(200);
  }
  return join(folder, 'node_modules');
}

/** Of several at the same time one makes the folder; one that is five minutes old was left by a crash. */
async function isMine(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch {
    const age = Date.now() - ((await stat(lock).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > 300_000) await rm(lock, { recursive: true, force: true });
    return false;
  }
}
