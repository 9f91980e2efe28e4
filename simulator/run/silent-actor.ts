import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toldProcesses } from '../platform/processes.ts';
import type { ProcessExit } from '../recording.ts';
import { fidelityOf } from './fidelity.ts';
import { dependencyOn, manifestIn } from './manifest.ts';
import type { ProcessLife } from './process-life.ts';
import type { RunParts } from './run-processes.ts';

/** What is known of an Actor that made no call to the platform. */
export interface Silence {
  readonly actorFolder: string;
  /** It has printed something; `false` also where nobody can tell. */
  readonly printed: boolean;
  /** A Node process of it has begun. */
  readonly nodeRan: boolean;
}

/** What can be said of a process that is silent. */
export async function silenceOf({ folder, options }: RunParts, { printed }: ProcessLife): Promise<Silence> {
  const nodeRan = (await toldProcesses(folder.path)).length > 0;
  return { actorFolder: options.actorFolder, printed, nodeRan };
}

/** Why a process that has run for `limitMs` cannot be migrated, and what to do. */
export function neverConnected(limitMs: number, silence: Silence): string {
  const ran = silence.nodeRan ? 'It runs' : 'No Node process was started by the command';
  const printed = silence.printed ? ' and has printed something' : '';
  return (
    `The Actor made no call to the platform within ${limitMs / 1000} s, so it cannot be migrated. ` +
    `${ran}${printed}. ${whatIsThere(silence.actorFolder)}`
  );
}

/** Why a process that has ended could not be migrated, and what to do. */
export function endedEarly(exit: ProcessExit, silence: Silence): string {
  const how = exit.code === undefined ? (exit.signal ?? 'no code') : `exit code ${exit.code}`;
  return (
    `The Actor ended with ${how} before it made a call to the platform: there was nothing to migrate. ` +
    `${silence.nodeRan ? '' : 'No Node process was started by the command. '}${whatIsThere(silence.actorFolder)}`
  );
}

function whatIsThere(folder: string): string {
  const manifest = manifestIn(folder);
  if (manifest === undefined) return `There is no readable package.json in ${folder}: is it the Actor's folder?`;
  const version = installedVersion('apify', folder);
  const range = dependencyOn('apify', manifest);
  if (version === undefined && range !== undefined)
    return `\`apify\` ${range} is among its dependencies but is not installed: run \`npm install\` in ${folder}.`;
  if (fidelityOf(folder) === 'local')
    return 'Its package.json names Crawlee but not `apify`, so Crawlee itself is listened to: it was not loaded from `node_modules`. A bundle that holds Crawlee hides it.';
  if (range === undefined)
    return 'Its package.json does not name `apify`: without the SDK an Actor does not hear of a migration.';
  const start = /^[012]\./.test(version ?? '') ? 'Apify.main(…)' : 'await Actor.init()';
  return `\`apify\` ${version} is installed: see what the Actor printed, and whether it gets to \`${start}\`.`;
}

/** As Node finds it: in the nearest `node_modules` upwards. */
function installedVersion(name: string, folder: string): string | undefined {
  const home = join(folder, 'node_modules', name);
  if (existsSync(join(home, 'package.json'))) {
    const manifest = manifestIn(home);
    return manifest !== undefined && 'version' in manifest ? String(manifest.version) : undefined;
  }
  return dirname(folder) === folder ? undefined : installedVersion(name, dirname(folder));
}

/** Something launches the Actor that is not the run. */
export const RESTARTED_ITSELF =
  'The Actor was restarted by something else than this run, such as a watcher or a process manager: after a kill nobody ' +
  'could tell whose restart it is. Start it with a command that runs it once, such as `node src/main.js`.';
