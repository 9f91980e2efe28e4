import { installChromium } from './install-chromium.mjs';
import { installServer } from './install-server.mjs';

/**
 * Both parts of the npm-only host: VS Code's server, and the Chromium that shows it.
 *
 * @param {import('./releases.mjs').Release} release
 * @throws {import('./unavailable.mjs').Unavailable}
 */
export async function installParts(release) {
  const both = /** @type {const} */ ([installServer(release), installChromium()]);
  // Neither goes on behind the back of who was told that the other failed.
  await Promise.allSettled(both);
  const [server, chromium] = await Promise.all(both);
  return { server, chromium };
}
