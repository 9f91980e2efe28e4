/**
 * Measures what an Actor waits for its storages on the local platform, beside the SDK's own local storage: the same Actor, no
 * latency, in turns.
 *
 *   node bench/platform/run.mjs [--runs 5] [--calls 300]
 *
 * Calls a second of an Actor that awaits each one. On the platform a call goes over HTTP to another process and is
 * acknowledged when it is on the disk; the SDK's own storage writes from within the process.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit, stderr } from 'node:process';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';
import { measure, median } from '../measure.mjs';
import { table } from '../table.mjs';

const { actorFolder } = await tsImport('../../simulator/testing/actor-folder.ts', import.meta.url);
const { migrateActor } = await tsImport('../../simulator/testing/migrate-actor.ts', import.meta.url);

const { values } = parseArgs({
  args: argv.slice(2),
  options: { runs: { type: 'string', default: '5' }, calls: { type: 'string', default: '300' } },
});
const runs = Number(values.runs);
const calls = Number(values.calls);
if (!Number.isInteger(runs) || !Number.isInteger(calls) || runs < 1 || calls < 1) {
  stderr.write('--runs and --calls take a whole number from 1.\n');
  exit(2);
}

/** Prints the milliseconds that so many calls of each kind took. */
const ACTOR = `
import { Actor } from 'apify';
await Actor.init();
const store = await Actor.openKeyValueStore();
const dataset = await Actor.openDataset();
const queue = await Actor.openRequestQueue();
const calls = Number(process.env.CALLS);
const KINDS = {
  'setValue': async (n) => await store.setValue('K' + (n % 10), { n, text: 'x'.repeat(500) }),
  'getValue': async (n) => await store.getValue('K' + (n % 10)),
  'pushData': async (n) => await dataset.pushData({ n, text: 'x'.repeat(500) }),
  'addRequest': async (n) => await queue.addRequest({ url: 'http://example.com/' + n }),
  'fetch and mark handled': async () => await queue.markRequestHandled(await queue.fetchNextRequest()),
};
const took = {};
for (const [kind, call] of Object.entries(KINDS)) {
  const start = performance.now();
  for (let n = 0; n < calls; n += 1) await call(n);
  took[kind] = performance.now() - start;
}
console.log('TOOK ' + JSON.stringify(took));
await Actor.exit();
`;

const actor = await actorFolder({ files: { 'src/main.js': ACTOR } });
/** @type {Record<'platform' | 'local', Record<string, number>[]>} */
const took = { platform: [], local: [] };
// In turns, so that both meet the same machine.
for (let run = 0; run < runs; run += 1) {
  took.local.push(await onLocalStorage());
  took.platform.push(await onPlatform());
}
await actor.remove();

const kinds = Object.keys(took.local[0] ?? {});
console.log(
  `Node ${process.version}, ${runs} runs of each in turns, ${calls} calls of each kind: calls a second, medians`,
);
const rows = kinds.map((kind) => {
  const [local, platform] = [perSecond(took.local, kind), perSecond(took.platform, kind)];
  return [kind, local.toFixed(0), platform.toFixed(0), (platform / local).toFixed(2)];
});
for (const line of table([['call', 'local storage', 'platform', 'ratio'], ...rows])) console.log(line);

async function onPlatform() {
  const { output, end } = await migrateActor({
    folder: actor.path,
    at: [],
    latencyMs: 0,
    storage: { kind: 'fresh' },
    environment: { CALLS: String(calls) },
  });
  if (end.how !== 'exit') throw new Error(`The run ended badly: ${JSON.stringify(end)}`);
  return timesIn(output);
}

async function onLocalStorage() {
  const folder = mkdtempSync(join(tmpdir(), 'local-storage-'));
  const env = { ...process.env, CALLS: String(calls), CRAWLEE_STORAGE_DIR: folder };
  const { stdout, stderr: errors } = await measure({ command: 'node', args: ['src/main.js'], cwd: actor.path, env });
  rmSync(folder, { recursive: true, force: true });
  return timesIn(stdout + errors);
}

/** @param {string} output @returns {Record<string, number>} */
function timesIn(output) {
  const line = /^TOOK (.*)$/m.exec(output)?.[1];
  if (line === undefined) throw new Error(output);
  return JSON.parse(line);
}

/** @param {readonly Record<string, number>[]} times @param {string} kind */
function perSecond(times, kind) {
  return (1000 * calls) / median(times.map((each) => each[kind] ?? Number.NaN));
}
