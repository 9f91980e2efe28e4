import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath, stdout } from 'node:process';
import { tsImport } from 'tsx/esm/api';
import { root } from '../ensure-installed.mjs';

const { webSite } = await tsImport('../../simulator/testing/web-site.ts', import.meta.url);

const INTERRUPTED = 130;

/** So many, and so slow, that the sample Actors run for some seconds, as real ones run for hours. */
const SHOP = { products: 200, delayMs: 150 };

/**
 * Migrates an Actor in each of the folders with `actor-state migrate`, on the real SDK and a product API of this machine.
 *
 * @param {readonly string[]} folders the same Actor, before and after its fix
 * @param {(folder: string) => void} headline called before each
 * @returns {Promise<number[]>} the exit codes
 */
export async function migrateEach(folders, headline) {
  const shop = await webSite(SHOP);
  // Ctrl+C reaches the migration too, which ends its Actor and says what it knows.
  process.on('SIGINT', () => undefined);
  try {
    const exitCodes = [];
    for (const folder of folders) {
      prepare(folder, { apiUrl: `${shop.url}/api/products` });
      headline(folder);
      const exitCode = await migrate(folder);
      if (exitCode === INTERRUPTED) process.exit(INTERRUPTED);
      exitCodes.push(exitCode);
    }
    return exitCodes;
  } finally {
    await shop.close();
  }
}

/** What an Actor needs to be started: its packages and its input. */
function prepare(folder, input) {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const store = join(folder, 'storage', 'key_value_stores', 'default');
  mkdirSync(store, { recursive: true });
  writeFileSync(join(store, 'INPUT.json'), JSON.stringify(input));
}

async function migrate(cwd) {
  const colour = stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const program = join(root, 'dist', 'actor-state.cjs');
  const child = spawn(execPath, [program, 'migrate', '--', 'npm', 'start', '--silent'], {
    cwd,
    env: { ...process.env, ...colour },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
}
