import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { buildPlatform, closePlatforms, startPlatform } from './testing/forked-platform.ts';

beforeAll(buildPlatform);
afterEach(closePlatforms);

const print = (name: string, value: string): string => `console.log('${name}', JSON.stringify(${value}));\n`;
const STAY = "console.log('ready');\nsetInterval(() => undefined, 1000);\n";
const PRICES = { '.actor/pay_per_event.json': { page: { eventTitle: 'A page', eventPriceUsd: 0.01 } } };

describe('an Actor on the real SDK is at home', () => {
  test('it reads its input with the defaults of the schema, and its own run', async () => {
    const platform = await startPlatform({
      '.actor/actor.json': { name: 'my-actor', defaultMemoryMbytes: 512, environmentVariables: { MODE: 'fast' } },
      '.actor/input_schema.json': { properties: { pages: { default: 3 }, query: { default: 'all' }, note: {} } },
      '../storage/key_value_stores/default/INPUT.json': { query: 'some' },
    });
    const actor = platform.startActor(`await Actor.init();
      ${print('input', 'await Actor.getInput()')}
      ${print('env', 'Actor.getEnv()')}
      ${print('mode', 'process.env.MODE')}
      ${print('run', 'await Actor.apifyClient.run(process.env.ACTOR_RUN_ID).get()')}
      await Actor.exit('Done');`);
    expect(await actor.value('input')).toEqual({ query: 'some', pages: 3 });
    expect(await actor.value('env')).toMatchObject({
      isAtHome: '1',
      memoryMbytes: 512,
      actorRunId: 'abcdefghijklmnopq',
      defaultKeyValueStoreId: 'default',
    });
    expect(await actor.value('mode')).toBe('fast');
    expect(await actor.value('run')).toMatchObject({
      id: 'abcdefghijklmnopq',
      status: 'RUNNING',
      options: { memoryMbytes: 512 },
      stats: { migrationCount: 0, rebootCount: 0 },
      startedAt: platform.environment['ACTOR_STARTED_AT'],
    });
    expect(await actor.ended).toEqual({ code: 0, signal: null });
    expect(await platform.recorded('status-message')).toMatchObject({ text: 'Done', process: 1 });
    expect(platform.events.map(({ kind }) => kind)).toContain('connected');
  });

  test('it hears nothing of what its person has set for runs without a platform', async () => {
    const platform = await startPlatform({ '../storage/key_value_stores/default/INPUT.json': { query: 'some' } });
    const inherited = {
      ACTOR_TEST_PAY_PER_EVENT: '1',
      ACTOR_USE_CHARGING_LOG_DATASET: '1',
      APIFY_LOCAL_STORAGE_DIR: 'elsewhere',
      CRAWLEE_DEFAULT_KEY_VALUE_STORE_ID: 'other',
      CRAWLEE_INPUT_KEY: 'OTHER',
      CRAWLEE_MEMORY_MBYTES: '1',
      APIFY_ACTOR_PRICING_INFO: '{"pricingModel":"PAY_PER_EVENT","pricingPerEvent":{"actorChargeEvents":{}}}',
      APIFY_CHARGED_ACTOR_EVENT_COUNTS: '{"old":1}',
    };
    const kept = Object.entries(inherited).filter(([name]) => !platform.takenOut.includes(name));
    const actor = platform.startActor(
      `await Actor.init();
      ${print('input', 'await Actor.getInput()')}
      ${print('pricing', 'Actor.getChargingManager().getPricingInfo().isPayPerEvent')}
      ${print('memory', "Actor.config.get('memoryMbytes')")} await Actor.exit();`,
      Object.fromEntries(kept),
    );
    expect(await actor.value('input')).toEqual({ query: 'some' });
    expect(await actor.value('pricing')).toBe(false);
    expect(await actor.value('memory')).toBe(1024);
  });

  test('what it writes as INPUT itself it reads, without defaults', async () => {
    const platform = await startPlatform({
      '.actor/input_schema.json': { properties: { pages: { default: 3 } } },
      '../storage/key_value_stores/default/INPUT.json': {},
    });
    const input = '/v2/key-value-stores/default/records/INPUT';
    expect(await (await platform.fetch(input)).json()).toEqual({ pages: 3 });
    const headers = { 'content-type': 'application/json' };
    await platform.fetch(input, { method: 'PUT', body: '{"own":true}', headers });
    expect(await (await platform.fetch(input)).json()).toEqual({ own: true });
  });

  test('what it charges counts, once for each idempotency key, and is there after a restart', async () => {
    const platform = await startPlatform(PRICES);
    const actor = platform.startActor(`await Actor.init();
      ${print('charged', "await Actor.charge({ eventName: 'page', count: 2 })")}
      const run = Actor.apifyClient.run(process.env.ACTOR_RUN_ID);
      await Promise.all([1, 2].map(() => run.charge({ eventName: 'page', idempotencyKey: 'same' })));
      await run.charge({ eventName: 'page', idempotencyKey: 'same' });
      ${print('refused', "await run.charge({ eventName: 'other' }).catch((error) => [error.statusCode, error.message])")}
      ${STAY}`);
    expect(await actor.value('charged')).toMatchObject({ chargedCount: 2 });
    expect(await actor.value('refused')).toEqual([400, expect.stringContaining('no event other')]);
    await actor.printed('ready');
    // An answer over IPC comes after all that was recorded before.
    await platform.call('appendLog', { text: '' });
    const charges = platform.events.filter((event) => event.kind === 'write');
    expect(
      charges.map(({ change, outcome }) => ({ change, outcome })).filter(({ outcome }) => outcome !== 'pending'),
    ).toEqual([
      { change: { type: 'charge', event: 'page', count: 2 }, outcome: 'landed' },
      { change: { type: 'charge', event: 'page', count: 1 }, outcome: 'landed' },
      { change: { type: 'charge', event: 'other', count: 1 }, outcome: 'refused' },
    ]);
    await platform.call('kill', { why: 'migration' });
    await platform.call('processStarts', { number: 2 });
    const again = platform.startActor(`await Actor.init();
      ${print('count', "Actor.getChargingManager().getChargedEventCount('page')")} await Actor.exit();`);
    expect(await again.value('count')).toBe(3);
  });

  test('without prices there is nothing to charge', async () => {
    const platform = await startPlatform();
    const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
    const answer = await platform.fetch(`${run}/charge`, { method: 'POST', body: '{"eventName":"page","count":1}' });
    expect(answer.status).toBe(400);
    expect(await (await platform.fetch(run)).json()).not.toHaveProperty('data.pricingInfo');
  });

  test('a charge that the kill cut is not counted', async () => {
    const platform = await startPlatform(PRICES, { latencyMs: 600_000 });
    const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
    const charging = platform.fetch(`${run}/charge`, { method: 'POST', body: '{"eventName":"page","count":1}' });
    charging.catch(() => undefined);
    await platform.recorded('write');
    await platform.call('kill', { why: 'migration' });
    await expect(charging).rejects.toThrow();
    const outcomes = platform.events.flatMap((event) => (event.kind === 'write' ? [event.outcome] : []));
    expect(outcomes).toEqual(['pending', 'cut']);
    await platform.call('processStarts', { number: 2 });
    expect(await (await platform.fetch(run)).json()).toMatchObject({ data: { chargedEventCounts: { page: 0 } } });
  });
});

describe('the run ends', () => {
  test.each([
    [0, 'SUCCEEDED'],
    [1, 'FAILED'],
  ])('with code %i it has %s, and cannot be rebooted any more', async (code, status) => {
    const platform = await startPlatform();
    await platform.call('processEnded', { exit: { code, signal: undefined } });
    const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
    expect(await (await platform.fetch(run)).json()).toMatchObject({ data: { status, exitCode: code } });
    const reboot = await platform.fetch(`${run}/reboot`, { method: 'POST' });
    expect(reboot.status).toBe(403);
    expect(await reboot.json()).toMatchObject({ error: { type: 'job-finished' } });
  });

  test('by its own wish, which is recorded', async () => {
    const platform = await startPlatform();
    const actor = platform.startActor(`await Actor.init();
      await Actor.abort(process.env.ACTOR_RUN_ID, { gracefully: true });
      Actor.on('aborting', () => console.log('heard aborting'));
      ${STAY}`);
    expect(await platform.recorded('abort-requested')).toMatchObject({ gracefully: true, process: 1 });
    // The SDK ends the process on the frame.
    expect(await actor.ended).toEqual({ code: 0, signal: null });
    const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
    expect((await platform.fetch(`${run}/reboot`, { method: 'POST' })).status).toBe(400);
    await platform.call('processEnded', { exit: { code: 0, signal: undefined } });
    expect(await (await platform.fetch(run)).json()).toMatchObject({ data: { status: 'ABORTED' } });
  });
});

describe('a run that was ended and is started again is resurrected', () => {
  test.each([
    ['abort', 'ABORTED'],
    ['graceful-abort', 'ABORTED'],
    ['timeout', 'TIMED-OUT'],
  ] as const)('after %s, by which it is %s', async (why, status) => {
    const platform = await startPlatform();
    const path = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
    const run = async (query = ''): Promise<unknown> => await (await platform.fetch(`${path}${query}`)).json();
    await platform.call('kill', { why });
    // In between nobody is there who could ask, and no connection is taken.
    await platform.call('processStarts', { number: 2 });
    const log = await (await platform.fetch(`${path}/log`)).text();
    expect(log).toContain(`The run was ${status} and is resurrected: process 2 of the same run.`);
    const stats = { resurrectCount: 1, rebootCount: 0, migrationCount: 0 };
    expect(await run()).toMatchObject({ data: { status: 'RUNNING', finishedAt: null, stats } });
    // Who waits for its end waits for that of the resurrected run.
    const waiting = run('?waitForFinish=60');
    await run();
    await platform.call('processEnded', { exit: { code: 4, signal: undefined } });
    expect(await waiting).toMatchObject({ data: { status: 'FAILED', exitCode: 4 } });
  });
});

test('a wish to be aborted gracefully counts also where nobody listens for the event', async () => {
  const platform = await startPlatform();
  const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
  const answer = await platform.fetch(`${run}/abort?gracefully=true`, { method: 'POST' });
  expect(await answer.json()).toMatchObject({ data: { status: 'ABORTING' } });
  expect(await platform.recorded('abort-requested')).toMatchObject({ gracefully: true });
});

test('the log is what the Actor printed over all its processes, with a line between them', async () => {
  const platform = await startPlatform();
  const run = `/v2/actor-runs/${platform.environment['ACTOR_RUN_ID']}`;
  await platform.call('appendLog', { text: 'one\n' });
  await platform.call('kill', { why: 'migration' });
  await platform.call('processStarts', { number: 2 });
  await platform.call('appendLog', { text: 'two\n' });
  const log = await (await platform.fetch(`${run}/log`)).text();
  expect(log).toMatch(/^one\n\S+ ACTOR: The Actor was restarted: process 2 of the same run\.\ntwo\n$/);
  expect(await (await platform.fetch('/v2/logs/abcdefghijklmnopq')).text()).toBe(log);
});
