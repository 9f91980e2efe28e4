import { addExtension, runServerCommand } from './add-extension.mjs';
import { installServer } from './install-server.mjs';
import { leavingNothing } from './leaving.mjs';
import { releaseNamed } from './releases.mjs';
import { temporaryFolder } from './workspace-copy.mjs';

/**
 * Installs a packaged extension in VS Code's own server, as `code --install-extension` does, in a folder that goes.
 *
 * @param {string} vsix path
 * @returns {Promise<readonly string[]>} the extensions that are installed then, as `publisher.name@version`
 * @throws {Error} when VS Code refuses it; the message has what it said
 * @throws {import('./unavailable.mjs').Unavailable} when there is no server
 */
export async function installVsix(vsix) {
  const server = await installServer(releaseNamed(process.env['ACTOR_STATE_VSCODE_RELEASE']));
  return leavingNothing(async (defer) => {
    const dataFolder = await temporaryFolder(defer);
    await addExtension(server, vsix, dataFolder);
    const listed = await runServerCommand(server, dataFolder, ['--list-extensions', '--show-versions']);
    return listed.split(/\r?\n/).filter((line) => /^[\w-]+\.[\w-]+@\S+$/.test(line));
  });
}
