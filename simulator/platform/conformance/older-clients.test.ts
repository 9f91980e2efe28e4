import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { ApifyClient } from 'apify-client';
import { beforeAll, describe, expect, test } from 'vitest';

import { installed } from '../../testing/installed-sdk.ts';
import { RUN_ID, startRunningPlatform } from '../testing/running-platform.ts';
import { classesOfRun } from './all-cases.ts';
import { methodsOf } from './reflection.ts';

/** What a method is called on: a storage that is there, or the run. */
const idFor = (name: string): string =>
  /^(?:KeyValueStore|Dataset|RequestQueue)Client$/.test(name) ? 'default' : RUN_ID;

const PRICES = { '.actor/pay_per_event.json': { page: { eventTitle: 'A page', eventPriceUsd: 0.01 } } };

/** The apify-client that comes with an SDK of before 3. */
async function olderClient(sdk: '0' | '1'): Promise<typeof ApifyClient> {
  return createRequire(import.meta.url)(join(await installed(sdk), 'apify-client'));
}

describe.each(['0', '1'] as const)('the client that comes with SDK %s', (sdk) => {
  let Client: typeof ApifyClient;
  /** Its methods of the classes that a run may use. */
  let there: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    Client = await olderClient(sdk);
    const client = new Client({ token: 'none' });
    const opened = methodsOf(Client).flatMap((method) => {
      const open = classesOfRun['ApifyClient']?.[method];
      return open?.kind === 'opens' ? [open.open(client).constructor] : [];
    });
    there = new Map(opened.map((each) => [each.name, methodsOf(each)]));
  });

  test('has no method that is not classified', () => {
    const unknown = [...there].flatMap(([name, methods]) => {
      const known = classesOfRun[name];
      return known === undefined ? [] : methods.filter((method) => !Object.hasOwn(known, method));
    });
    expect(unknown).toEqual([]);
  });

  test('is answered by every method that is served', async () => {
    const answers: Record<string, unknown> = {};
    for (const [name, methods] of Object.entries(classesOfRun)) {
      for (const [method, each] of Object.entries(methods)) {
        if (each.kind !== 'served' || there.get(name)?.includes(method) !== true) continue;
        await using local = await startRunningPlatform(PRICES);
        const baseUrl = local.environment['APIFY_API_BASE_URL'] ?? '';
        const client = new Client({ baseUrl, token: local.environment['APIFY_TOKEN'] ?? '', maxRetries: 0 });
        answers[`${name}.${method}`] = await each.call(client, idFor(name)).then(() => 'answered', statusOf);
      }
    }
    const names = Object.keys(answers);
    expect(names.length).toBeGreaterThan(30);
    // The call of a lock is made for a request that is not there.
    const missing = names.filter((name) => name.endsWith('RequestLock')).map((name) => [name, 404] as const);
    expect(answers).toEqual({
      ...Object.fromEntries(names.map((name) => [name, 'answered'])),
      ...Object.fromEntries(missing),
    });
  });
});

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error ? error.statusCode : error;
}
