import { tsImport } from 'tsx/esm/api';

const { migrateActor } = await tsImport('../../simulator/testing/migrate-actor.ts', import.meta.url);
const { leftovers } = await tsImport('../../simulator/testing/leftovers.ts', import.meta.url);
const { folderOfRun } = await tsImport('../../simulator/run/run-folder.ts', import.meta.url);
const { firstInstructions } = await tsImport('../../simulator/platform/processes.ts', import.meta.url);

/**
 * Migrates an Actor so many times.
 *
 * @param {string} folder
 * @param {readonly string[]} command
 * @param {number} times
 * @param {{ environment?: Record<string, string>, programs?: { platform: string, preload: string } }} [options]
 * @returns {Promise<{ took: number[], left: readonly string[], output: string }>} the milliseconds from the end of each process
 *   to the first instruction of the next, what the run has left behind, and all that the Actor printed
 * @throws {Error} when the run ends badly
 */
export async function restartsOf(folder, command, times, { environment = {}, ...options } = {}) {
  /** @type {Map<number, Promise<number>>} */
  const begun = new Map();
  /** @type {string} */
  let runFolder = '';
  const { recording, end, output } = await migrateActor({
    folder,
    command,
    at: Array.from({ length: times }, () => 'first-write'),
    latencyMs: 5,
    environment: { MIGRATIONS: String(times), ...environment },
    onEvent: (/** @type {{ kind: string, process: number }} */ event) => {
      if (event.kind === 'connected') begun.set(event.process, latestFirstInstruction(runFolder));
    },
    act: async (/** @type {{ id: string }} */ run) => void (runFolder = folderOfRun(run.id)),
    ...options,
  });
  if (end.how !== 'exit' || end.exit.code !== 0) throw new Error(`The run ended badly: ${JSON.stringify(end)}`);
  /** @type {number[]} */
  const took = [];
  for (const event of recording.events) {
    if (event.kind !== 'process-exited' || !event.killed) continue;
    took.push(((await begun.get(event.process + 1)) ?? Number.NaN) - recording.startedAt - event.at);
  }
  return { took, left: await leftovers(recording.runId), output };
}

/** Under npm it is the Actor's own process, not npm's. @param {string} runFolder */
export async function latestFirstInstruction(runFolder) {
  return (await firstInstructions(runFolder)).at(-1);
}
