import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { buildPlatform, closePlatforms, startPlatform } from './testing/forked-platform.ts';

beforeAll(buildPlatform);
afterEach(closePlatforms);

describe('who may call', () => {
  test('a call without a token, or with a wrong one, is answered 401 in the shape of the Apify API', async () => {
    const platform = await startPlatform();
    const without = await platform.fetch('/v2/users/me', { token: '' });
    expect(without.status).toBe(401);
    expect(await without.json()).toEqual({ error: { type: 'token-not-provided', message: expect.any(String) } });
    const wrong = await platform.fetch('/v2/users/me', { token: 'wrong' });
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toMatchObject({ error: { type: 'user-or-token-not-found' } });
    await platform.call('pause');
    expect(platform.events).toEqual([]);
  });

  test('the token counts in the query too, where older SDKs have it', async () => {
    const platform = await startPlatform();
    const token = platform.environment['APIFY_TOKEN'];
    expect((await platform.fetch(`/v2/users/me?token=${token}`, { token: '' })).status).toBe(200);
  });

  test('a record can be read without a token, as its public URL does, but not written', async () => {
    const platform = await startPlatform();
    const record = '/v2/key-value-stores/default/records/PAGE';
    expect((await platform.fetch(record, { method: 'PUT', body: '{}', token: '' })).status).toBe(401);
    expect((await platform.fetch(record, { method: 'PUT', body: '{"page":1}' })).status).toBe(201);
    expect(await (await platform.fetch(record, { token: '' })).json()).toEqual({ page: 1 });
  });

  test('whoever does not know the segment of the path finds nothing, token or not', async () => {
    const platform = await startPlatform();
    const { origin } = new URL(platform.environment['APIFY_API_BASE_URL'] ?? '');
    const headers = { authorization: `Bearer ${platform.environment['APIFY_TOKEN']}` };
    for (const path of ['/v2/users/me', '/guess/v2/users/me', '/']) {
      expect((await fetch(`${origin}${path}`, { headers })).status).toBe(404);
    }
  });

  test('nothing listens on an address that others can reach', async () => {
    const platform = await startPlatform();
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const reachable = addresses.filter(({ internal, family }) => !internal && family === 'IPv4');
    const ports = [
      new URL(platform.environment['APIFY_API_BASE_URL'] ?? '').port,
      platform.environment['APIFY_PROXY_PORT'],
    ];
    for (const { address } of reachable) {
      for (const port of ports) expect(await connects(address, Number(port))).toBe(false);
    }
    for (const port of ports) expect(await connects('127.0.0.1', Number(port))).toBe(true);
  });
});

describe('what is not served', () => {
  test.each([
    ['POST', '/v2/acts/apify~web-scraper/runs', 'a run of an Actor'],
    ['POST', '/v2/actors/apify~web-scraper/run-sync-get-dataset-items', 'a run of an Actor'],
    ['GET', '/v2/acts/me~mine', 'Actors'],
    ['POST', '/v2/actor-tasks/task/runs', 'Actor tasks'],
    ['GET', '/v2/actor-builds/build', 'builds of Actors'],
    ['POST', '/v2/actor-runs/abcdefghijklmnopq/metamorph', 'a metamorph'],
    ['POST', '/v2/webhooks', 'webhooks'],
    ['GET', '/v2/schedules', 'schedules'],
    ['GET', '/v2/store', 'Apify Store'],
    ['GET', '/v2/users/me/limits', 'the account'],
    ['GET', '/v2/actor-runs', 'the list of runs'],
    ['GET', '/v2/tomorrow', 'something else'],
  ])('%s %s is refused by name, and recorded', async (method, path, what) => {
    const platform = await startPlatform();
    const answer = await platform.fetch(path, { method });
    expect(answer.status).toBe(400);
    const { sentence, ...refused } = await platform.recorded('refused');
    expect(await answer.json()).toEqual({ error: { type: 'not-served-locally', message: sentence } });
    expect(sentence).toContain(`The Actor asked for ${what}`);
    expect(refused).toMatchObject({ method, path, process: 1 });
  });

  test('a run that is not this one is not there', async () => {
    const platform = await startPlatform();
    for (const [method, path] of [
      ['GET', '/v2/actor-runs/other'],
      ['POST', '/v2/actor-runs/other/reboot'],
      ['GET', '/v2/logs/other'],
    ] as const) {
      const answer = await platform.fetch(path, { method });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { type: 'record-not-found' } });
    }
  });
});

test('the first call of each process is recorded once', async () => {
  const platform = await startPlatform();
  await platform.fetch('/v2/users/me');
  await platform.fetch('/v2/users/me');
  await platform.call('kill', { why: 'migration' });
  await platform.call('processStarts', { number: 2 });
  await platform.fetch('/v2/users/me');
  // An answer over IPC comes after all that was recorded before.
  await platform.call('pause');
  const calls = platform.events.filter(({ kind }) => kind === 'first-call');
  expect(calls.map(({ process }) => process)).toEqual([1, 2]);
});

test('between the kill and the next process nobody is answered', async () => {
  const platform = await startPlatform();
  await platform.call('kill', { why: 'migration' });
  await expect(platform.fetch('/v2/users/me')).rejects.toThrow();
  const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
  await expect(platform.fetch(`${run}/reboot`, { method: 'POST' })).rejects.toThrow();
  expect(platform.events.map(({ kind }) => kind)).toEqual(['killed']);
  await platform.call('processStarts', { number: 2 });
  expect((await platform.fetch('/v2/users/me')).status).toBe(200);
});

test("the run's own storages are its default ones", async () => {
  const platform = await startPlatform();
  const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
  await platform.fetch('/v2/datasets/default/items', { method: 'POST', body: '{"n":1}' });
  expect(await (await platform.fetch(`${run}/dataset/items`)).json()).toEqual([{ n: 1 }]);
  expect(await (await platform.fetch(`${run}/key-value-store`)).json()).toMatchObject({ data: { id: 'default' } });
  expect((await platform.fetch('/v2/actor-runs/other/dataset/items')).status).toBe(404);
});

async function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
