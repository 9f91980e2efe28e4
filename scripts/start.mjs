// `npm start`: opens VS Code on test-workspace/ with the extension: `code` where there is one, else VS Code's own
// server out of npm, to be opened in a browser. `--server` takes the server though there is a `code`.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { argv, exit } from 'node:process';
import { ensureInstalled, root } from './ensure-installed.mjs';

ensureInstalled();
// Only now is there anything to import.
const { addExtension } = await import('./vscode-host/add-extension.mjs');
const { installServer } = await import('./vscode-host/install-server.mjs');
const { leavingNothing } = await import('./vscode-host/leaving.mjs');
const { findProgram, runProgram } = await import('./vscode-host/program.mjs');
const { releaseNamed } = await import('./vscode-host/releases.mjs');
const { pageAddress, startServer } = await import('./vscode-host/server.mjs');
const { Unavailable } = await import('./vscode-host/unavailable.mjs');
const { temporaryFolder } = await import('./vscode-host/workspace-copy.mjs');

const workspacePath = resolve(root, 'test-workspace');

// A program of its own: it says itself what is wrong with the code.
const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' });
if (status !== 0) exit(status ?? 1);

const code = argv.includes('--server') ? undefined : findProgram('code');
if (code !== undefined) {
  await runProgram(code, ['--new-window', `--extensionDevelopmentPath=${root}`, workspacePath]);
  console.log(`VS Code (${code}) opens ${workspacePath} with Actor State in it.`);
} else {
  await serve();
}

/** Runs VS Code's server until Ctrl+C. */
async function serve() {
  try {
    const installed = await installServer(releaseNamed(process.env['ACTOR_STATE_VSCODE_RELEASE']));
    await leavingNothing(async (defer) => {
      const dataFolder = join(await temporaryFolder(defer), 'vscode');
      await addExtension(installed, root, dataFolder);
      const server = await startServer(installed, { dataFolder }, defer);
      console.log('VS Code runs on test-workspace/ with Actor State in it. Open it in a browser:');
      console.log(`\n    ${pageAddress(server, { workspacePath })}\n`);
      console.log('Ctrl+C ends it.');
      let leaving = false;
      defer(() => (leaving = true));
      const [exitCode] = await once(server.process, 'exit');
      if (leaving) return;
      console.log(`VS Code's server ended with ${String(exitCode)}:\n${server.output().slice(-2000)}`);
      process.exitCode = 1;
    });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.error(`VS Code cannot be started: ${error.message}`);
    console.error(`Install VS Code (https://code.visualstudio.com) with \`code\` on the PATH, and run this again.`);
    exit(1);
  }
}
