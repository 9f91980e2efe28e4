import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleSuites } from './bundle-suites.mjs';
import { electronIsPossible, runInElectron } from './electron.mjs';
import { installParts } from './install-parts.mjs';
import { leavingNothing, within } from './leaving.mjs';
import { releaseNamed } from './releases.mjs';
import { followEvents, lastThing } from './suite-events.mjs';
import { runInServer } from './suites-in-server.mjs';
import { Unavailable } from './unavailable.mjs';
import { copyOfWorkspace, temporaryFolder } from './workspace-copy.mjs';

/**
 * @typedef {object} SuitesToRun
 * @property {string} extensionPath the extension under development
 * @property {string} workspacePath the folder of which VS Code opens a copy
 * @property {string} suitesPath folder with `*.suite.ts` and an index.ts that runs them
 * @property {string | undefined} [only] part of the file names of the suites that shall run
 * @property {'current' | 'oldest' | undefined} [release] of VS Code; by default env ACTOR_STATE_VSCODE_RELEASE or current
 * @property {boolean | undefined} [trust] let VS Code ask whether the workspace is trusted
 * @property {Readonly<Record<string, unknown>> | undefined} [settings] of the editor
 * @property {NodeJS.ProcessEnv | undefined} [env] for the extension host
 * @property {number | undefined} [limit] milliseconds after which a hang is ended; twenty minutes by default
 */

/**
 * @typedef {object} PreparedRun
 * @property {import('./releases.mjs').Release} release
 * @property {string} extensionPath
 * @property {string} workspacePath the copy
 * @property {string} suitesIndex compiled
 * @property {string} dataFolder where VS Code keeps what it keeps
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean | undefined} [trust]
 * @property {Readonly<Record<string, unknown>> | undefined} [settings]
 * @property {(line: string) => void} hear takes what VS Code itself prints, shown when a run breaks off
 */

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped by name, with the reason
 */

/**
 * Runs suites in a real VS Code: the desktop's where it can be downloaded, else VS Code's own server and a headless
 * Chromium, both out of npm packages. Prints as it goes. Leaves nothing behind.
 *
 * @param {SuitesToRun} run
 * @returns {Promise<Outcome>} a run that breaks off counts as one failure more
 */
export async function runSuites(run) {
  const release = releaseNamed(run.release ?? process.env['ACTOR_STATE_VSCODE_RELEASE']);
  try {
    const parts = (await electronIsPossible()) ? undefined : await installParts(release);
    return await leavingNothing(async (defer) => {
      const suitesIndex = await bundleSuites(run.suitesPath, run.only, defer);
      const folder = await temporaryFolder(defer);
      const eventsFile = join(folder, 'events.jsonl');
      await writeFile(eventsFile, '');
      /** @type {string[]} */
      const heard = [];
      /** @type {PreparedRun} */
      const prepared = {
        ...run,
        release,
        suitesIndex,
        workspacePath: await copyOfWorkspace(run.workspacePath, folder),
        dataFolder: join(folder, 'vscode'),
        env: { ...run.env, ACTOR_STATE_SUITE_EVENTS: eventsFile },
        hear: (line) => heard.push(line),
      };
      const readEvents = followEvents(eventsFile, defer);
      const ending = parts === undefined ? runInElectron(prepared, defer) : runInServer(parts, prepared, defer);
      try {
        const exitCode = await within(ending, run.limit ?? 1_200_000, 'The suites in VS Code');
        return outcome(await readEvents(), exitCode);
      } catch (error) {
        const events = await readEvents();
        console.log(heard.slice(-40).join('\n'));
        console.log(`✘ ${error instanceof Error ? error.message : String(error)} It was ${lastThing(events)}.`);
        const sofar = counts(events);
        return { ...sofar, failed: sofar.failed + 1 };
      }
    });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return { passed: 0, failed: 0, skipped: [`suites in VS Code: ${error.message}`] };
  }
}

/**
 * @param {readonly import('./suite-events.mjs').SuiteEvent[]} events
 * @param {number} exitCode
 * @returns {Outcome}
 */
function outcome(events, exitCode) {
  const result = counts(events);
  if (events.at(-1)?.event !== 'end') throw new Error(`VS Code ended with ${exitCode} before the suites did.`);
  if (exitCode !== 0 && result.failed === 0) throw new Error(`VS Code ended with ${exitCode}, though no test failed.`);
  return result;
}

/**
 * @param {readonly import('./suite-events.mjs').SuiteEvent[]} events
 * @returns {Outcome}
 */
function counts(events) {
  return {
    passed: events.filter(({ event }) => event === 'passed').length,
    failed: events.filter(({ event }) => event === 'failed').length,
    skipped: events.flatMap((event) => (event.event === 'skipped' ? [event.fullTitle] : [])),
  };
}
