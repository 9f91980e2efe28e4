import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ApifyClient } from 'apify-client';
import { expect, onTestFinished, test } from 'vitest';

import { startTestPlatform } from '../testing/test-platform.ts';

const PROGRAM = path.join(import.meta.dirname, '../testing/storages-program.ts');

/** How many writes of each kind are acknowledged before the kill. */
const ENOUGH = 60;

test('a platform that is killed in the midst of writes has lost none that was acknowledged', async () => {
  const storageFolder = await mkdtemp(path.join(tmpdir(), 'crash-'));
  onTestFinished(async () => await rm(storageFolder, { recursive: true, force: true }));
  const child = fork(PROGRAM, [storageFolder], { execArgv: ['--import', 'tsx'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const acknowledged = await writeUntilKilled(child);

  await using anew = await startTestPlatform({ storageFolder });
  const client = anew.client();
  for (const [key, least] of acknowledged.records) {
    const record = await client.keyValueStore('default').getRecord(key);
    expect(record?.value, key).toMatchObject({ text: TEXT });
    // The one after it may have been stored, and its acknowledgement have been on the way.
    expect(record?.value).toSatisfy(({ n }: { readonly n: number }) => n === least || n === least + 1);
  }
  const items = (await client.dataset('default').listItems()).items.map(({ n }) => n);
  expect(items).toEqual(expect.arrayContaining(acknowledged.items));
  for (const id of acknowledged.requests) expect(await client.requestQueue('default').getRequest(id)).toBeDefined();
  for (const folder of ['key_value_stores', 'datasets', 'request_queues']) {
    const files = await readdir(path.join(storageFolder, folder, 'default'));
    expect(files.filter((name) => !name.endsWith('.json'))).toEqual([]);
  }
});

const TEXT = 'x'.repeat(200_000);

interface Acknowledged {
  /** Key and the last number that was stored under it. */
  readonly records: Map<string, number>;
  readonly items: number[];
  readonly requests: string[];
}

async function writeUntilKilled(child: ChildProcess): Promise<Acknowledged> {
  const [baseUrl]: unknown[] = await once(child, 'message');
  const client = new ApifyClient({ baseUrl: String(baseUrl), token: 'test', maxRetries: 0 });
  const acknowledged: Acknowledged = { records: new Map(), items: [], requests: [] };
  const writers = [
    ...['a', 'b', 'c'].map((key) => async (n: number) => {
      await client.keyValueStore('default').setRecord({ key, value: { n, text: TEXT } });
      acknowledged.records.set(key, n);
    }),
    async (n: number) => {
      await client.dataset('default').pushItems([{ n: n * 2 }, { n: n * 2 + 1 }]);
      acknowledged.items.push(n * 2, n * 2 + 1);
    },
    async (n: number) => {
      const added = await client.requestQueue('default').addRequest({ url: 'http://a', uniqueKey: `r${n}` });
      acknowledged.requests.push(added.requestId);
    },
  ];
  const allWriteOn = writers.map(async (write) => {
    for (let n = 0; ; n += 1) {
      await write(n);
      if (n === ENOUGH) child.kill('SIGKILL');
    }
  });
  // Each of them ends with the platform only.
  await Promise.allSettled(allWriteOn);
  return acknowledged;
}
