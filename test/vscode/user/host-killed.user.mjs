import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * VS Code's extension host is killed while an Actor is debugged: nothing of the run is left. Looks at `/proc`, so on Linux only.
 *
 * @param {import('../../../scripts/vscode-host/run-user-scripts.mjs').User} user
 */
export default async function hostKilled({ page, code, workspacePath, step }) {
  if (process.platform !== 'linux') return;
  await symlink(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(dirname(workspacePath), 'node_modules'),
  );
  const lens = (/** @type {string} */ title) => page.locator('.codelens-decoration a', { hasText: title }).first();

  await step('an Actor is debugged', async () => {
    await code.openFile('stateless-crawler/src/main.js');
    await lens('Debug Actor').click();
    await lens('Simulate Migration').waitFor();
    while (processesOf(workspacePath).length === 0) await delay(100);
  });

  await step('the extension host is killed: no process of the run is left', async () => {
    const all = processes();
    const platform = all.find(({ pid, line }) => line.endsWith('dist/platform.cjs ') && isOurs(pid, all));
    assert.ok(platform, 'the platform runs in a process of its own');
    process.kill(platform.parent, 'SIGKILL');
    while (processesOf(workspacePath).length > 0 || processes().some(({ pid }) => pid === platform.pid))
      await delay(100);
  });
}

/** Started by this run of the tests: nobody else's editor is to be killed. */
function isOurs(pid, all) {
  const parent = all.find((each) => each.pid === pid)?.parent;
  return parent !== undefined && (parent === process.pid || isOurs(parent, all));
}

/** The processes that run in a folder of the workspace. */
function processesOf(workspacePath) {
  return processes().filter(
    ({ environment }) =>
      environment.includes(`\0PWD=${workspacePath}`) && environment.includes('ACTOR_STATE_RUN_FOLDER='),
  );
}

function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const read = (/** @type {string} */ file) => readFileSync(`/proc/${name}/${file}`, 'utf8');
      try {
        const stat = read('stat');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z') return [];
        const line = read('cmdline').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: Number(parent), line, environment: read('environ') }];
      } catch {
        // It ended while it was looked at.
        return [];
      }
    });
}
