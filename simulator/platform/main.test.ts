import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import {
  buildPlatform,
  closePlatforms,
  ForkedPlatform,
  isAlive,
  PLATFORM_PROGRAM,
  startPlatform,
} from './testing/forked-platform.ts';
import type { ActorProcess } from './testing/actor-process.ts';

beforeAll(buildPlatform);
afterEach(closePlatforms);

const STAY = 'setInterval(() => undefined, 1000);';
/** An Actor that leaves a process behind which belongs to nobody. */
const WITH_ORPHAN = `
  import { spawn } from 'node:child_process';
  const orphan = spawn(process.execPath, ['-e', '${STAY}'], { detached: true, stdio: 'ignore' });
  process.on('SIGTERM', () => undefined);
  await Actor.init();
  console.log('pids', JSON.stringify([process.pid, orphan.pid]));
  ${STAY}`;

describe('when the run is gone', () => {
  test.each([
    ['its channel closes', (platform: ForkedPlatform) => platform.process.disconnect()],
    ['it is told to end', (platform: ForkedPlatform) => platform.process.kill('SIGTERM')],
    ['its terminal is closed', (platform: ForkedPlatform) => platform.process.kill('SIGHUP')],
  ])('%s: the platform kills what the run has started, takes the folder away and ends', async (_name, end) => {
    const platform = await startPlatform();
    const pids = await pidsOf(platform.startActor(WITH_ORPHAN));
    end(platform);
    expect(await platform.exited).toBe(0);
    await expectNothingLeft(platform, pids);
  });

  test('killed without a chance to say so', async () => {
    const platform = new ForkedPlatform({ 'orphan.mjs': STAY });
    platform.process.kill('SIGKILL');
    // A parent of its own, which forks the platform and starts the Actor, and then is killed.
    platform.write(
      'parent.mjs',
      `import { fork, spawn } from 'node:child_process';
      const child = fork(${JSON.stringify(PLATFORM_PROGRAM)}, { detached: true });
      child.send({ id: 1, call: 'start', argument: ${JSON.stringify(platform.optionsFor())} });
      child.on('message', ({ result }) => {
        if (result === undefined) return;
        const env = { ...process.env, ...result.environment };
        const actor = spawn(process.execPath, ['orphan.mjs'], { env, detached: true });
        console.log(JSON.stringify([child.pid, actor.pid]));
      });`,
    );
    const parent = spawn(process.execPath, ['parent.mjs'], {
      cwd: platform.actorFolder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pids: unknown = JSON.parse(String(await new Promise((resolve) => parent.stdout.once('data', resolve))));
    parent.kill('SIGKILL');
    await expectNothingLeft(platform, numbersIn(pids));
  });

  test('a fault of its own does not keep it from that', async () => {
    const platform = await startPlatform({}, {}, 'ignore');
    const pids = await pidsOf(platform.startActor(WITH_ORPHAN));
    platform.process.send(NONSENSE);
    expect(await platform.exited).toBe(1);
    await expectNothingLeft(platform, pids);
  });
});

/** No call of the protocol, and nothing that could be answered. */
const NONSENSE = JSON.parse('null');

test('Ctrl+C, which all of the terminal hears, does not end it: the run decides', async () => {
  const platform = await startPlatform();
  platform.process.kill('SIGINT');
  expect((await platform.fetch('/v2/users/me')).status).toBe(200);
  await platform.call('pause');
  await platform.call('resume');
});

test('when it has finished, no process, port, connection or folder is left', async () => {
  const platform = await startPlatform();
  const pids = await pidsOf(platform.startActor(WITH_ORPHAN));
  await platform.call('finish');
  expect(await platform.exited).toBe(0);
  for (const pid of pids) expect(await isAlive(pid)).toBe(false);
  for (const port of portsOf(platform)) expect(await connects(port)).toBe(false);
  expect(existsSync(platform.runFolder)).toBe(false);
});

test('a kill says how many processes it has killed, and counts what it was for', async () => {
  const platform = await startPlatform();
  const actor = platform.startActor(WITH_ORPHAN);
  await pidsOf(actor);
  const { killedAt } = await platform.call('kill', { why: 'migration' });
  expect(await actor.ended).toEqual({ code: null, signal: 'SIGKILL' });
  expect(await platform.recorded('killed')).toMatchObject({ why: 'migration', processes: 2, process: 1 });
  expect(killedAt).toBeGreaterThan(0);
  await platform.call('processStarts', { number: 2 });
  await platform.call('kill', { why: 'reboot' });
  await platform.call('processStarts', { number: 3 });
  const run = await platform.fetch(`/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`);
  const stats = { migrationCount: 1, rebootCount: 1 };
  expect(await run.json()).toMatchObject({ data: { status: 'RUNNING', stats } });
});

test('no process sees its calls fail before it is killed', async () => {
  const platform = await startPlatform({}, { latencyMs: 600_000 });
  const actor = platform.startActor(`
    import { writeSync } from 'node:fs';
    const url = process.env.APIFY_API_BASE_URL + '/v2/key-value-stores/default/records/A';
    const headers = { authorization: 'Bearer ' + process.env.APIFY_TOKEN };
    const write = () => fetch(url, { method: 'PUT', body: '1', headers }).catch(() => writeSync(1, 'it failed'));
    for (let n = 0; n < 20; n += 1) write();
    ${STAY}`);
  await vi.waitFor(() => expect(platform.events.filter(({ kind }) => kind === 'write')).toHaveLength(20), {
    timeout: 60_000,
  });
  await platform.call('kill', { why: 'migration' });
  await actor.ended;
  expect(actor.output).toBe('');
  const outcomes = platform.events.flatMap((event) => (event.kind === 'write' ? [event.outcome] : []));
  expect(outcomes.filter((outcome) => outcome === 'cut')).toHaveLength(20);
});

describe('what it cannot do it says in a sentence', () => {
  test.each([
    [
      'INPUT that is no JSON',
      { '../storage/key_value_stores/default/INPUT.json': '{ "a": ' },
      /INPUT\.json is no valid JSON: .+ Correct/,
    ],
    ['a schema that is no JSON', { '.actor/INPUT_SCHEMA.json': '{,}' }, /INPUT_SCHEMA\.json is no valid JSON/],
    ['actor.json that is no object', { '.actor/actor.json': '[]' }, /actor\.json must hold a JSON object/],
    ['prices that are none', { '.actor/pay_per_event.json': '{"page":1}' }, /pay_per_event\.json must be an object/],
  ])('%s', async (_name, files, sentence) => {
    const platform = new ForkedPlatform(files);
    await expect(platform.start()).rejects.toThrow(sentence);
  });

  test('a call before the start', async () => {
    const platform = new ForkedPlatform({});
    await expect(platform.call('pause')).rejects.toThrow('The platform was not started: pause came first.');
  });

  test('started by hand', async () => {
    const child = spawn(process.execPath, [PLATFORM_PROGRAM], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => (said += String(text)));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, said }).toEqual({
      code: 2,
      said: 'The local platform is started by a run of actor-state, not by hand.\n',
    });
  });
});

async function pidsOf(actor: ActorProcess): Promise<readonly number[]> {
  return numbersIn(await actor.value('pids'));
}

function numbersIn(value: unknown): readonly number[] {
  if (!Array.isArray(value)) throw new Error('These are no numbers of processes.');
  return value.map(Number);
}

async function expectNothingLeft(platform: ForkedPlatform, pids: readonly number[]): Promise<void> {
  expect(pids).toHaveLength(2);
  await vi.waitFor(
    async () => {
      for (const pid of pids) expect(await isAlive(pid)).toBe(false);
      expect(existsSync(platform.runFolder)).toBe(false);
    },
    { timeout: 60_000 },
  );
  for (const port of portsOf(platform)) expect(await connects(port)).toBe(false);
}

function portsOf({ environment }: ForkedPlatform): readonly number[] {
  const { APIFY_API_BASE_URL: api, APIFY_PROXY_PORT: proxy } = environment;
  return api === undefined ? [] : [Number(new URL(api).port), Number(proxy)];
}

async function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('error', () => resolve(false)).once('connect', () => resolve(true));
    socket.once('connect', () => socket.destroy());
  });
}
