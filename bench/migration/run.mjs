/**
 * Measures migrations of a real Actor on the real SDK: how long the restart takes beside a plain start of the same command,
 * and what is left, lost and grown after many in a row.
 *
 *   node bench/migration/run.mjs [--runs 20] [--migrations 50]
 *
 * Budget: from the end of one process to the first instruction of the next at most 1.5 times a plain start, which is counted
 * from the call that spawns it. Both are told by the same preload.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit, stderr } from 'node:process';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';

const { actorFolder } = await tsImport('../../simulator/testing/actor-folder.ts', import.meta.url);
const { migrateActor, programs } = await tsImport('../../simulator/testing/migrate-actor.ts', import.meta.url);
const { leftovers } = await tsImport('../../simulator/testing/leftovers.ts', import.meta.url);
const { folderOfRun } = await tsImport('../../simulator/run/run-folder.ts', import.meta.url);
const { firstInstructions } = await tsImport('../../simulator/platform/processes.ts', import.meta.url);

const { values } = parseArgs({
  args: argv.slice(2),
  options: { runs: { type: 'string', default: '20' }, migrations: { type: 'string', default: '50' } },
});
const runs = Number(values.runs);
const migrations = Number(values.migrations);
if (!Number.isInteger(runs) || !Number.isInteger(migrations) || runs < 1 || migrations < 1) {
  stderr.write('--runs and --migrations take a whole number from 1.\n');
  exit(2);
}

/** Tells the bench of each item that the platform has acknowledged, until it is killed for the last time. */
const ACTOR = `
import { Actor } from 'apify';
await Actor.init();
const state = await Actor.useState('STATE', { n: 0, processes: 0 });
state.processes += 1;
do {
  state.n += 1;
  const item = process.pid + '-' + state.n;
  await Actor.pushData({ item });
  if (process.env.ACKNOWLEDGED) await fetch(process.env.ACKNOWLEDGED + item);
} while (state.processes <= Number(process.env.MIGRATIONS));
await Actor.exit();
`;

console.log(`Node ${process.version}, ${runs} restarts of each command, then ${migrations} migrations in one run`);
console.log('command              plain start   restart   ratio   (medians, ms)');
for (const command of [
  ['node', 'src/main.js'],
  ['npm', 'start'],
]) {
  const plain = [];
  const restarts = [];
  const actor = await actorFolder({ files: { 'src/main.js': ACTOR } });
  // In turns, so that both meet the same machine.
  for (let run = 0; run < runs; run += 1) {
    plain.push(await plainStart(actor.path, command));
    restarts.push(...(await restartsOf(actor.path, command, 1)));
  }
  await actor.remove();
  const [start, restart] = [median(plain), median(restarts)];
  const ratio = (restart / start).toFixed(2);
  console.log(
    `${command.join(' ').padEnd(20)} ${start.toFixed(0).padStart(11)} ${restart.toFixed(0).padStart(9)} ${ratio.padStart(7)}`,
  );
}
await manyMigrations();

/**
 * Milliseconds from the call that spawns the command to the first instruction of its last Node process.
 *
 * @param {string} folder
 * @param {readonly string[]} command
 */
async function plainStart(folder, [program = '', ...args]) {
  const told = mkdtempSync(join(tmpdir(), 'plain-start-'));
  mkdirSync(join(told, 'processes'));
  const environment = {
    ...process.env,
    ACTOR_STATE_RUN_FOLDER: told,
    NODE_OPTIONS: `--require ${JSON.stringify(programs().preload)}`,
  };
  const spawnedAt = Date.now();
  const child = spawn(program, args, { cwd: folder, env: environment, stdio: 'ignore', detached: true });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const wanted = program === 'npm' ? 2 : 1;
  while (readdirSync(join(told, 'processes')).length < wanted) await new Promise((resolve) => setTimeout(resolve, 5));
  // The file may still be empty: it is named before it is written.
  let first = await latestFirstInstruction(told);
  while (first === undefined) first = await latestFirstInstruction(told);
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await exited;
  rmSync(told, { recursive: true, force: true });
  return first - spawnedAt;
}

/** Under npm it is the Actor's own process, not npm's. @param {string} runFolder */
async function latestFirstInstruction(runFolder) {
  return (await firstInstructions(runFolder)).at(-1);
}

/**
 * Migrates an Actor so many times; gives the milliseconds from the end of each process to the first instruction of the next.
 *
 * @param {string} folder
 * @param {readonly string[]} command
 * @param {number} times
 * @param {Record<string, string>} [environment]
 * @param {(run: { id: string }) => Promise<void>} [act]
 */
async function restartsOf(folder, command, times, environment = {}, act = async () => undefined) {
  /** @type {Map<number, Promise<number>>} */
  const begun = new Map();
  /** @type {string} */
  let runFolder = '';
  const { recording, end } = await migrateActor({
    folder,
    command,
    at: Array.from({ length: times }, () => 'first-write'),
    latencyMs: 5,
    environment: { MIGRATIONS: String(times), ...environment },
    onEvent: (/** @type {{ kind: string, process: number }} */ event) => {
      if (event.kind === 'connected') begun.set(event.process, latestFirstInstruction(runFolder));
    },
    act: async (/** @type {{ id: string }} */ run) => {
      runFolder = folderOfRun(run.id);
      await act(run);
    },
  });
  if (end.how !== 'exit' || end.exit.code !== 0) throw new Error(`The run ended badly: ${JSON.stringify(end)}`);
  /** @type {number[]} */
  const took = [];
  for (const event of recording.events) {
    if (event.kind !== 'process-exited' || !event.killed) continue;
    took.push(((await begun.get(event.process + 1)) ?? Number.NaN) - recording.startedAt - event.at);
  }
  const left = await leftovers(recording.runId);
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  return took;
}

async function manyMigrations() {
  const acknowledged = new Set();
  const server = createServer((request, response) => {
    acknowledged.add((request.url ?? '').slice(1));
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const actor = await actorFolder({ files: { 'src/main.js': ACTOR } });
  /** @type {number[]} */
  const memory = [];
  /** @type {NodeJS.Timeout | undefined} */
  let sampling;
  const took = await restartsOf(
    actor.path,
    ['node', 'src/main.js'],
    migrations,
    { ACKNOWLEDGED: `http://127.0.0.1:${port}/` },
    async (run) => {
      sampling = setInterval(() => memory.push(residentMegabytes(run.id) ?? 0), 500);
    },
  );
  clearInterval(sampling);
  const folder = join(actor.path, 'storage', 'datasets', 'default');
  const stored = new Set(
    readdirSync(folder)
      .filter((name) => !name.startsWith('__'))
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).item),
  );
  const lost = [...acknowledged].filter((item) => !stored.has(item));
  console.log(
    `\n${took.length} migrations in a row: orphans, folders, ports left 0, restart ${median(took).toFixed(0)} ms`,
  );
  console.log(`acknowledged writes   ${acknowledged.size}, lost ${lost.length}`);
  console.log(
    `platform's memory     ${memory[0] ?? '?'} MB at first, ${median(memory)} MB median, ${memory.at(-1) ?? '?'} MB at last`,
  );
  await actor.remove();
  server.close();
  if (lost.length > 0) exit(1);
}

/**
 * Of the platform's process; only Linux tells.
 *
 * @param {string} runId
 */
function residentMegabytes(runId) {
  try {
    const owners = JSON.parse(readFileSync(join(folderOfRun(runId), 'owners.json'), 'utf8'));
    const status = readFileSync(`/proc/${owners[1].pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  } catch {
    return undefined;
  }
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
