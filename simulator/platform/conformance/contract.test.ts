import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { actorFolder } from '../../testing/actor-folder.ts';
import { migrateActor, type Migration } from '../../testing/migrate-actor.ts';
import { startRunningPlatform, type RunningPlatform } from '../testing/running-platform.ts';

/**
 * The contract of apify/actor-runtime, the local runtime that needs Docker, line by line (its requirements/api.md and
 * test/integration/migration.test.ts). That test works on its own registries and on a fake of its Docker driver, and cannot
 * be pointed at another platform. Of ours a migration is asked for over the protocol, not over HTTP.
 */

/** Prints how the API shows its run: when it starts, and when it hears that it is migrated. */
const TELLER = `
import { Actor } from 'apify';
await Actor.init(INIT);
const tell = async (when) => {
  const { id, status, stats, finishedAt } = await Actor.apifyClient.run(process.env.ACTOR_RUN_ID).get();
  const { migrationCount, rebootCount } = stats;
  console.log('TOLD ' + JSON.stringify({ when, id, status, migrationCount, rebootCount, finishedAt }));
};
Actor.on('migrating', () => tell('migrating'));
await tell('started');
const processes = ((await Actor.getValue('PROCESSES')) ?? 0) + 1;
await Actor.setValue('PROCESSES', processes);
if (processes === 1) await (WAIT);
await new Promise((resolve) => setTimeout(resolve, LIVES));
// What it prints takes its own way to the log.
let log = '';
while (log.split('"started"').length < 3) log = await Actor.apifyClient.log(process.env.ACTOR_RUN_ID).get();
console.log('LOG ' + JSON.stringify(log));
await Actor.exit();
`;
const FOREVER = 'new Promise(() => setInterval(() => 0, 1000))';

interface Told {
  readonly told: readonly unknown[];
  readonly log: string;
  readonly restarts: number;
}

async function play(
  {
    init = '{}',
    wait = FOREVER,
    lives = 0,
  }: { readonly init?: string; readonly wait?: string; readonly lives?: number },
  migration: Omit<Migration, 'folder'>,
): Promise<Told> {
  const code = TELLER.replace('INIT', init).replace('WAIT', wait).replace('LIVES', String(lives));
  const actor = await actorFolder({ files: { 'src/main.js': code } });
  try {
    const { output, end, recording } = await migrateActor({ latencyMs: 0, ...migration, folder: actor.path });
    expect(end, output).toEqual({ how: 'exit', exit: { code: 0 } });
    const told = [...output.matchAll(/^TOLD (.*)$/gm)].map(([, json = '']): unknown => JSON.parse(json));
    const log: string = JSON.parse(/^LOG (.*)$/m.exec(output)?.[1] ?? '""');
    return { told, log, restarts: recording.events.filter(({ kind }) => kind === 'process-started').length - 1 };
  } finally {
    await actor.remove();
  }
}

const RUNNING = { id: expect.any(String), status: 'RUNNING', finishedAt: null };
/** A loaded machine takes its time. */
const PATIENTLY = { timeout: 60_000 };
const NEVER_REBOOTS = '{ gracefulShutdown: false }';

describe.concurrent('a migration of a real Actor', () => {
  test('leaves the run RUNNING throughout, and counts once its process was killed', async () => {
    const { told, restarts } = await play({ init: NEVER_REBOOTS }, { graceMs: 300 });
    expect(told).toEqual([
      { ...RUNNING, when: 'started', migrationCount: 0, rebootCount: 0 },
      { ...RUNNING, when: 'migrating', migrationCount: 0, rebootCount: 0 },
      { ...RUNNING, when: 'started', migrationCount: 1, rebootCount: 0 },
    ]);
    expect(restarts).toBe(1);
  });

  test('in whose window the SDK reboots counts as a reboot; the window that was left never kills the new process', async () => {
    const { told, restarts } = await play({ lives: 1500 }, { graceMs: 700 });
    expect(told.at(-1)).toEqual({ ...RUNNING, when: 'started', migrationCount: 0, rebootCount: 1 });
    expect(restarts).toBe(1);
  });

  test('leaves a line of the platform in the log, between what the two processes printed', async () => {
    const { log } = await play({ init: NEVER_REBOOTS }, { graceMs: 300 });
    const lines = log.split('\n').filter((line) => /^TOLD|ACTOR:/.test(line));
    expect(lines.map((line) => /"when":"(\w+)"/.exec(line)?.[1] ?? line.replace(/^\S+Z /, ''))).toEqual([
      'started',
      'migrating',
      'ACTOR: The Actor was restarted: process 2 of the same run.',
      'started',
    ]);
  });
});

test('a reboot by itself keeps the run RUNNING, and counts', async () => {
  const { told, restarts } = await play({ wait: 'Actor.reboot()' }, { at: [] });
  expect(told).toEqual([
    { ...RUNNING, when: 'started', migrationCount: 0, rebootCount: 0 },
    // The SDK calls the listeners of migrating before it asks for a reboot.
    { ...RUNNING, when: 'migrating', migrationCount: 0, rebootCount: 0 },
    { ...RUNNING, when: 'started', migrationCount: 0, rebootCount: 1 },
  ]);
  expect(restarts).toBe(1);
});

describe('a call for a reboot', () => {
  test('is answered with the run, which has counted it, once', async () => {
    await using local = await startRunningPlatform();
    for (let call = 0; call < 2; call += 1) {
      const answer = await local.client().run(local.runId).reboot();
      expect(answer).toMatchObject({ id: local.runId, status: 'RUNNING', stats: { rebootCount: 1 } });
    }
    await local.platform.kill({ why: 'reboot' });
    local.platform.processStarts({ number: 2 });
    const next = local.client().run(local.runId);
    await next.reboot();
    expect(await next.get()).toMatchObject({ stats: { rebootCount: 2, migrationCount: 0 } });
  });
});

describe('errors', () => {
  const CALLS = ['GET ', 'PUT ', 'POST /reboot', 'POST /abort', 'POST /charge', 'GET /log'] as const;

  test.each(CALLS)('%s of the run: 401 without a token, 404 for a run that is not there', async (call) => {
    await using local = await startRunningPlatform();
    expect(await ask(local, call, local.runId, '')).toEqual([401, 'token-not-provided']);
    expect(await ask(local, call, 'no-such-run')).toEqual([404, 'record-not-found']);
  });

  test('403 job-finished for the reboot of a run that has finished, which stays as it is', async () => {
    await using local = await startRunningPlatform();
    local.platform.processEnded({ exit: { code: 0, signal: undefined } });
    expect(await ask(local, 'POST /reboot', local.runId)).toEqual([403, 'job-finished']);
    const stats = { rebootCount: 0, migrationCount: 0 };
    expect(await local.client().run(local.runId).get()).toMatchObject({ status: 'SUCCEEDED', stats });
  });

  test('400 invalid-request for the reboot of a run that is being aborted: the abort owns the process', async () => {
    await using local = await startRunningPlatform();
    await local.client().run(local.runId).abort({ gracefully: true });
    expect(await ask(local, 'POST /reboot', local.runId)).toEqual([400, 'invalid-request']);
    expect(await local.client().run(local.runId).get()).toMatchObject({
      status: 'ABORTING',
      stats: { rebootCount: 0 },
    });
  });
});

test('only `migrating` is sent for a migration, once, and never `persistState`, which is the SDK’s own', async () => {
  await using local = await startRunningPlatform();
  const socket = new WebSocket(local.environment['ACTOR_EVENTS_WEBSOCKET_URL'] ?? '');
  const frames: { readonly name: string }[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString())));
  await expect.poll(() => local.events.map(({ kind }) => kind), PATIENTLY).toContain('connected');
  local.platform.sendMigrating({ graceMs: 5000 });
  const told = (): readonly unknown[] => frames.filter(({ name }) => name !== 'systemInfo');
  // A later frame has come: all that belongs to the migration is here.
  await expect.poll(() => frames.findIndex(({ name }) => name === 'migrating'), PATIENTLY).toBeGreaterThan(-1);
  const seen = frames.length;
  await expect.poll(() => frames.slice(seen).map(({ name }) => name), PATIENTLY).toContain('systemInfo');
  expect(told()).toEqual([expect.objectContaining({ name: 'migrating', data: { timeRemainingSecs: 5 } })]);
  socket.terminate();
});

test('a kill does not wait for a call that waits for the end of the run', async () => {
  await using local = await startRunningPlatform();
  const waiting = local
    .client()
    .run(local.runId)
    .waitForFinish({ waitSecs: 60 })
    .catch(() => 'cut');
  await expect.poll(() => local.events.map(({ kind }) => kind), PATIENTLY).toContain('first-call');
  await local.platform.kill({ why: 'migration' });
  expect(await waiting).toBe('cut');
});

/** The status, and the type of the error. */
async function ask(
  { environment }: RunningPlatform,
  call: string,
  runId: string,
  token = environment['APIFY_TOKEN'] ?? '',
): Promise<readonly [number, string]> {
  const [method = '', path = ''] = call.split(' ');
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`${environment['APIFY_API_BASE_URL']}/v2/actor-runs/${runId}${path}`, { method, headers });
  const { error }: { readonly error: { readonly type: string } } = JSON.parse(await answer.text());
  return [answer.status, error.type];
}
