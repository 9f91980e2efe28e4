import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const PROGRAM = path.join(import.meta.dirname, '../testing/queue-worker.mjs');
const NAMES = Array.from({ length: 60 }, (_, n) => `r${n}`);

/** A process that has Crawlee's own RequestQueue open. */
class Worker {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit');
  }

  static async start(url: string, { lockSecs = 600, queueClass = 'RequestQueue' } = {}): Promise<Worker> {
    const child = fork(PROGRAM, [url, String(lockSecs), queueClass], {
      env: { ...process.env, APIFY_LOG_LEVEL: 'ERROR' },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const worker = new Worker(child);
    await worker.#answer();
    return worker;
  }

  async ask(
    call: 'add' | 'fetch' | 'handle' | 'reclaim' | 'isFinished' | 'migrating',
    argument: object = {},
  ): Promise<unknown> {
    this.#child.send({ call, ...argument });
    return await this.#answer();
  }

  async #answer(): Promise<unknown> {
    const [message]: unknown[] = await Promise.race([once(this.#child, 'message'), this.#ended]);
    return typeof message === 'object' && message !== null && 'answer' in message ? message.answer : undefined;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Handles all that it gets, until there is nothing for it. */
  async handleAll(): Promise<readonly unknown[]> {
    const handled: unknown[] = [];
    for (;;) {
      const name = await this.ask('fetch');
      if (name === undefined) return handled;
      await this.ask('handle', { name });
      handled.push(name);
    }
  }
}

test('a crawler’s process gets what no other has locked, and all the rest once the other is killed and unlocked', async () => {
  await using platform = await startTestPlatform();
  const first = await Worker.start(platform.url);
  // One batch after the other: Crawlee sends several at once.
  for (const start of [0, 20, 40]) await first.ask('add', { names: NAMES.slice(start, start + 20) });
  expect(await first.ask('fetch')).toBe('r0');
  await first.ask('handle', { name: 'r0' });
  expect(await first.ask('fetch')).toBe('r1');

  const second = await Worker.start(platform.url);
  const handled = await second.handleAll();
  expect(handled).toEqual(NAMES.slice(25));
  // What the first has locked keeps the second from ending.
  expect(await second.ask('isFinished')).toBe(false);

  await first.kill();
  expect(platform.services.storages.unlockAll()).toBe(24);
  expect(await second.handleAll()).toEqual(NAMES.slice(1, 25));
  expect(await second.ask('isFinished')).toBe(true);
  const counts = { handledRequestCount: 60, pendingRequestCount: 0, hadMultipleClients: true };
  expect(await platform.client().requestQueue('default').get()).toMatchObject(counts);
});

test('without that, the locks of a process that was killed end with their time', async () => {
  await using platform = await startTestPlatform();
  const first = await Worker.start(platform.url, { lockSecs: 0.3 });
  await first.ask('add', { names: ['a', 'b'] });
  expect(await first.ask('fetch')).toBe('a');
  await first.kill();
  const second = await Worker.start(platform.url);
  const fetched = new Set<unknown>();
  const fetchOn = async (): Promise<ReadonlySet<unknown>> => fetched.add(await second.ask('fetch'));
  await expect.poll(fetchOn, { timeout: 60_000 }).toEqual(new Set(['a', 'b', undefined]));
});

test('requests at the forefront are the next ones, also for another process', async () => {
  await using platform = await startTestPlatform();
  const first = await Worker.start(platform.url);
  const second = await Worker.start(platform.url);
  await first.ask('add', { names: ['a', 'b', 'c'] });
  await second.ask('add', { names: ['first'], forefront: true });
  expect(await second.ask('fetch')).toBe('first');
  await second.ask('reclaim', { name: 'first', forefront: true });
  expect(await first.ask('fetch')).toBe('first');
  expect(await second.handleAll()).toEqual(['a', 'b', 'c']);
});

test('the queue of older crawlers, which takes no locks, is worked on from its head', async () => {
  await using platform = await startTestPlatform();
  const worker = await Worker.start(platform.url, { queueClass: 'RequestQueueV1' });
  await worker.ask('add', { names: ['a', 'b', 'c'] });
  await worker.ask('add', { names: ['first'], forefront: true });
  expect(await worker.ask('fetch')).toBe('first');
  await worker.ask('reclaim', { name: 'first' });
  await worker.kill();
  const next = await Worker.start(platform.url, { queueClass: 'RequestQueueV1' });
  expect(await next.handleAll()).toEqual(['a', 'b', 'c', 'first']);
  expect(await platform.client().requestQueue('default').get()).toMatchObject({ handledRequestCount: 4 });
});

test('a request that is fetched has its lock prolonged, as those that wait beside it have not', async () => {
  await using platform = await startTestPlatform();
  const first = await Worker.start(platform.url);
  await first.ask('add', { names: ['a', 'b'] });
  expect(await first.ask('fetch')).toBe('a');
  const [a, b] = await locked(platform);
  expect([a?.uniqueKey, b?.uniqueKey]).toEqual(['a', 'b']);
  expect(a?.lockExpiresAt?.getTime()).toBeGreaterThan(b?.lockExpiresAt?.getTime() ?? Infinity);
  expect(a?.lockByClient).toBe(b?.lockByClient);
});

test('a process does not think the queue finished while another one still works on a request of it', async () => {
  await using platform = await startTestPlatform();
  const first = await Worker.start(platform.url);
  const second = await Worker.start(platform.url);
  await first.ask('add', { names: ['a'] });
  expect(await first.ask('fetch')).toBe('a');
  expect(await second.ask('fetch')).toBeUndefined();
  expect(await second.ask('isFinished')).toBe(false);
  await first.ask('handle', { name: 'a' });
  const isFinished = async (): Promise<unknown> => {
    await second.ask('fetch');
    return await second.ask('isFinished');
  };
  await expect.poll(isFinished, { timeout: 60_000 }).toBe(true);
});

test('when it is migrated, Crawlee’s queue unlocks what waits, and keeps what is in flight', async () => {
  await using platform = await startTestPlatform();
  const first = await Worker.start(platform.url);
  await first.ask('add', { names: ['a', 'b', 'c'] });
  expect(await first.ask('fetch')).toBe('a');
  await first.ask('migrating');
  const keys = async (): Promise<unknown> => (await locked(platform)).map(({ uniqueKey }) => uniqueKey);
  await expect.poll(keys, { timeout: 60_000 }).toEqual(['a']);
  const second = await Worker.start(platform.url);
  expect(new Set(await second.handleAll())).toEqual(new Set(['b', 'c']));
  expect(await second.ask('isFinished')).toBe(false);
});

/** What the API adds to a request that is listed; the client's types leave it out. */
interface Locked {
  readonly uniqueKey: string;
  readonly lockExpiresAt?: Date;
  readonly lockByClient?: string;
}

/** The requests that are locked, in the order of their unique keys. */
async function locked(platform: TestPlatform): Promise<readonly Locked[]> {
  const { items } = await platform
    .client()
    .requestQueue('default')
    .listRequests({ filter: ['locked'] });
  const requests: readonly Locked[] = items;
  return requests.toSorted((a, b) => (a.uniqueKey < b.uniqueKey ? -1 : 1));
}
