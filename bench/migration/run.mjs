/**
 * Measures migrations of a real Actor on the real SDK: how long the restart takes beside a plain start of the same command,
 * and what is left, lost and grown after many in a row.
 *
 *   node bench/migration/run.mjs [--runs 20] [--migrations 200]
 *
 * Budget: from the end of one process to the first instruction of the next at most 1.5 times a plain start, which is counted
 * from the call that spawns it. Both are told by the same preload.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit, stderr } from 'node:process';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';
import { median } from '../measure.mjs';
import { ACTOR } from './actor.mjs';
import { inARow } from './in-a-row.mjs';
import { latestFirstInstruction, restartsOf } from './restarts.mjs';

const { actorFolder } = await tsImport('../../simulator/testing/actor-folder.ts', import.meta.url);
const { programs } = await tsImport('../../simulator/testing/migrate-actor.ts', import.meta.url);

const { values } = parseArgs({
  args: argv.slice(2),
  options: { runs: { type: 'string', default: '20' }, migrations: { type: 'string', default: '200' } },
});
const runs = Number(values.runs);
const migrations = Number(values.migrations);
if (!Number.isInteger(runs) || !Number.isInteger(migrations) || runs < 1 || migrations < 1) {
  stderr.write('--runs and --migrations take a whole number from 1.\n');
  exit(2);
}

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
    restarts.push(...(await restartsOf(actor.path, command, 1)).took);
  }
  await actor.remove();
  const [start, restart] = [median(plain), median(restarts)];
  const ratio = (restart / start).toFixed(2);
  console.log(
    `${command.join(' ').padEnd(20)} ${start.toFixed(0).padStart(11)} ${restart.toFixed(0).padStart(9)} ${ratio.padStart(7)}`,
  );
}
exit((await inARow(migrations)) ? 0 : 1);

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
