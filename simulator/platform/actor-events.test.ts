import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import type { RecordedEvent } from '../recording.ts';
import { buildPlatform, closePlatforms, startPlatform, type ForkedPlatform } from './testing/forked-platform.ts';

beforeAll(buildPlatform);
afterEach(closePlatforms);

const STAY = 'setInterval(() => undefined, 1000);';

describe('a migration', () => {
  test('is told to the SDK once, with the time that remains, and the SDK asks for a reboot', async () => {
    const platform = await startPlatform();
    const actor = platform.startActor(`await Actor.init();
      Actor.on('migrating', (data) => console.log('migrating', JSON.stringify(data)));
      console.log('ready');
      ${STAY}`);
    await actor.printed('ready');
    await platform.recorded('connected');
    await platform.call('sendMigrating', { graceMs: 7000 });
    expect(await platform.recorded('reboot-requested')).toMatchObject({ process: 1 });
    // apify 3.7.2 calls each listener again, with nothing, before it asks for the reboot.
    expect(actor.output.match(/migrating .*/g)).toEqual(['migrating {"timeRemainingSecs":7}', 'migrating {}']);
    expect(kinds(platform, 'frame-sent')).toHaveLength(1);
    expect(actor.process.exitCode).toBe(null);
  });

  test('that was called off refuses the reboot, and the process lives on', async () => {
    const platform = await startPlatform();
    const actor = platform.startActor(`await Actor.init();
      console.log('ready');
      ${STAY}`);
    await actor.printed('ready');
    await platform.recorded('connected');
    await platform.call('refuseReboots');
    await platform.call('sendMigrating', { graceMs: 1000 });
    await actor.printed('Failed to reboot on migration');
    expect(await platform.recorded('refused')).toMatchObject({ path: '/v2/actor-runs/abcdefghijklmnopq/reboot' });
    expect(kinds(platform, 'reboot-requested')).toEqual([]);
    await platform.call('kill', { why: 'migration' });
    await platform.call('processStarts', { number: 2 });
    const reboot = await platform.fetch('/v2/actor-runs/abcdefghijklmnopq/reboot', { method: 'POST' });
    expect(reboot.status).toBe(200);
  });

  test('cannot be told where nobody listens', async () => {
    const platform = await startPlatform();
    await expect(platform.call('sendMigrating', { graceMs: 1000 })).rejects.toThrow('No process of the Actor listens');
    expect(platform.events).toEqual([]);
  });
});

describe('a graceful abort', () => {
  test('is told by two events, on the first of which the SDK ends the process', async () => {
    const platform = await startPlatform();
    const actor = platform.startActor(`await Actor.init();
      for (const name of ['migrating', 'aborting', 'persistState'])
        Actor.on(name, (data) => console.log(name, JSON.stringify(data)));
      console.log('ready');
      ${STAY}`);
    await actor.printed('ready');
    await platform.recorded('connected');
    await platform.call('sendAborting');
    expect(await actor.ended).toEqual({ code: 0, signal: null });
    // The SDK says persistState once more as it ends.
    const [first, second] = actor.output.match(/(?:migrating|aborting|persistState) .*/g) ?? [];
    expect([first, second]).toEqual(['aborting {}', 'persistState {"isMigrating":false}']);
    expect(actor.output).not.toContain('migrating');
    expect(kinds(platform, 'frame-sent')).toMatchObject([{ name: 'aborting' }, { name: 'persistState' }]);
    const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
    expect(await (await platform.fetch(run)).json()).toMatchObject({ data: { status: 'ABORTING' } });
  });

  test('cannot be told where nobody listens, and does not begin then', async () => {
    const platform = await startPlatform();
    await expect(platform.call('sendAborting')).rejects.toThrow('listens for events, so aborting cannot be sent');
    const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
    expect(await (await platform.fetch(run)).json()).toMatchObject({ data: { status: 'RUNNING' } });
  });
});

test('each second the Actor hears how the machine is, in what autoscaling reads', async () => {
  const platform = await startPlatform();
  const actor = platform.startActor(`await Actor.init();
    Actor.on('systemInfo', (info) => console.log('info', JSON.stringify(info)));
    ${STAY}`);
  const info = await actor.value('info');
  expect(info).toEqual({
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    memCurrentBytes: expect.any(Number),
    cpuCurrentUsage: expect.any(Number),
    isCpuOverloaded: expect.any(Boolean),
  });
  if (process.platform === 'linux')
    expect(info).toHaveProperty(
      'memCurrentBytes',
      expect.toSatisfy((bytes) => bytes > 10e6),
    );
});

describe('what restarts the Actor by itself is seen', () => {
  test('a watcher that starts it again', async () => {
    const platform = await startPlatform();
    const watcher = platform.startActor(`import { spawn } from 'node:child_process';
      const code = ${JSON.stringify(`import('ws').then(({ WebSocket }) => new WebSocket(process.env.ACTOR_EVENTS_WEBSOCKET_URL))`)};
      const start = () => spawn(process.execPath, ['-e', code], { cwd: ${JSON.stringify(import.meta.dirname)} });
      const first = start();
      process.once('SIGUSR2', () => first.kill());
      first.once('exit', start);
      ${STAY}`);
    const first = await platform.recorded('connected');
    expect(first).not.toHaveProperty('restartedItself');
    watcher.process.kill('SIGUSR2');
    await vi.waitFor(() => expect(kinds(platform, 'connected')).toHaveLength(2), { timeout: 60_000 });
    expect(kinds(platform, 'connected')[1]).toMatchObject({ restartedItself: true, process: 1 });
  });

  test('a process that connects though none was launched', async () => {
    const platform = await startPlatform();
    await platform.call('kill', { why: 'migration' });
    await connection(platform);
    expect(await platform.recorded('connected')).toMatchObject({ restartedItself: true });
  });

  test('but not a process that connects again, or twice', async () => {
    const platform = await startPlatform();
    await platform.startActor(`console.log('ready'); ${STAY}`).printed('ready');
    const first = await connection(platform);
    first.close();
    await once(first, 'close');
    await connection(platform);
    await connection(platform);
    await vi.waitFor(() => expect(kinds(platform, 'connected')).toHaveLength(3), { timeout: 60_000 });
    expect(kinds(platform, 'connected').filter((event) => 'restartedItself' in event)).toEqual([]);
  });
});

test('whoever does not know the path gets no connection', async () => {
  const platform = await startPlatform();
  const { host } = new URL(platform.environment['ACTOR_EVENTS_WEBSOCKET_URL'] ?? '');
  const socket = new WebSocket(`ws://${host}/events`);
  const [error] = await once(socket, 'error');
  expect(String(error)).toContain('404');
});

test('an upgrade that is no URL, from a client that never closes, disturbs neither the run nor its end', async () => {
  const platform = await startPlatform();
  const { port } = new URL(platform.environment['ACTOR_EVENTS_WEBSOCKET_URL'] ?? '');
  const socket = createConnection({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write('GET // HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain('404');
  await platform.call('finish');
  expect(await platform.exited).toBe(0);
  socket.destroy();
});

test('a kill ends the connections, so that no frame reaches what comes next by mistake', async () => {
  const platform = await startPlatform();
  const socket = await connection(platform);
  const closed = once(socket, 'close');
  await platform.call('kill', { why: 'migration' });
  await closed;
  await platform.call('processStarts', { number: 2 });
  await expect(platform.call('sendMigrating', { graceMs: 1000 })).rejects.toThrow('No process of the Actor listens');
});

async function connection(platform: ForkedPlatform): Promise<WebSocket> {
  const socket = new WebSocket(platform.environment['ACTOR_EVENTS_WEBSOCKET_URL'] ?? '');
  await once(socket, 'open');
  return socket;
}

function kinds(platform: ForkedPlatform, kind: RecordedEvent['kind']): readonly RecordedEvent[] {
  return platform.events.filter((event) => event.kind === kind);
}
