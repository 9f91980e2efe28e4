import { ApifyClient } from 'apify-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { RUN_ID, startRunningPlatform } from '../testing/running-platform.ts';
import { allClasses } from './all-cases.ts';
import type { Check } from './case.ts';
import { methodsOfClient } from './reflection.ts';

const CASES = Object.entries(allClasses).flatMap(([name, methods]) =>
  Object.entries(methods).map(([method, each]) => ({ name: `${name}.${method}`, each })),
);
const served = CASES.flatMap(({ name, each }) => (each.kind === 'served' ? [{ name, ...each }] : []));
const refused = CASES.flatMap(({ name, each }) => (each.kind === 'refused' ? [{ name, ...each }] : []));
const opening = CASES.flatMap(({ name, each }) => (each.kind === 'opens' ? [{ name, ...each }] : []));
const errors = served.flatMap(({ name, errors: all }) =>
  Object.entries(all).map(([wrong, check]) => ({ name, wrong, check })),
);

const PRICES = { page: { eventTitle: 'A page', eventPriceUsd: 0.01 } };

// `setStatusMessage` finds the run by it.
beforeAll(() => void vi.stubEnv('ACTOR_RUN_ID', RUN_ID));
afterAll(() => void vi.unstubAllEnvs());

async function ask(check: Check): Promise<void> {
  await using local = await startRunningPlatform({ '.actor/pay_per_event.json': PRICES });
  await check({ client: local.client(), local, expect });
}

test('each public method of the installed apify-client is either served or refused', () => {
  const classified = Object.entries(allClasses).map(([name, methods]) => [name, Object.keys(methods).toSorted()]);
  const there = [...methodsOfClient()].map(([name, methods]) => [name, methods.toSorted()]);
  expect(Object.fromEntries(classified)).toEqual(Object.fromEntries(there));
});

describe.concurrent('a method that is served', () => {
  test.each(served)('$name', async ({ works }) => await ask(works));

  test.each(errors)('$name: $wrong', async ({ check }) => await ask(check));

  test.each(served)('$name: is not to be had with a wrong token', async ({ call, missing }) => {
    await using local = await startRunningPlatform();
    const calling = call(local.client({ token: 'wrong' }), local.runId);
    if (missing === 'hidden') expect(await calling).toMatchObject({ processedRequests: [] });
    else await expect(calling).rejects.toMatchObject({ statusCode: 401 });
  });

  test.each(served.filter(({ missing }) => missing !== 'never'))(
    '$name: what there is not',
    async ({ call, missing }) => {
      await using local = await startRunningPlatform();
      const calling = call(local.client(), 'nonesuch');
      if (missing === 'error') await expect(calling).rejects.toMatchObject({ statusCode: 404 });
      else if (missing === 'hidden') expect(await calling).toMatchObject({ processedRequests: [] });
      else if (missing === 'undefined') expect(await calling).toBeUndefined();
      else expect(await calling).not.toBeUndefined();
    },
  );
});

describe.concurrent('a method that is refused', () => {
  test.each(refused)('$name: by name, at once, and on record', async ({ call, asked }) => {
    await using local = await startRunningPlatform();
    await expect(call(local.client(), local.runId)).rejects.toMatchObject({
      statusCode: 400,
      type: 'not-served-locally',
      message: expect.stringContaining(asked),
    });
    const sentence = expect.stringContaining(asked);
    expect(local.events).toContainEqual(expect.objectContaining({ kind: 'refused', sentence }));
  });
});

describe.concurrent('a method that opens another client', () => {
  const nowhere = new ApifyClient({ baseUrl: 'http://127.0.0.1:1', token: 'none', maxRetries: 0 });

  test.each(opening)('$name: $opens, which is classified too', ({ open, opens }) => {
    expect(open(nowhere).constructor.name).toBe(opens);
    expect(Object.keys(allClasses)).toContain(opens);
  });
});
