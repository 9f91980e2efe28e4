import { opens, refused, served, type Asked, type Methods } from './case.ts';

/** The run has ended by itself. */
function end({ local }: Asked, code = 0): void {
  local.platform.processEnded({ exit: { code, signal: undefined } });
}

const DEFAULTS = { defaultKeyValueStoreId: 'default', defaultDatasetId: 'default', defaultRequestQueueId: 'default' };

export const runMethods: Methods = {
  get: served(
    async (client, id) => await client.run(id).get(),
    'undefined',
    async (asked) => {
      const { client, local, expect } = asked;
      expect(await client.run(local.runId).get()).toMatchObject({
        id: local.runId,
        status: 'RUNNING',
        startedAt: expect.any(Date),
        options: { memoryMbytes: expect.any(Number), timeoutSecs: expect.any(Number) },
        stats: { migrationCount: 0, rebootCount: 0 },
        ...DEFAULTS,
      });
      end(asked, 3);
      const finished = { status: 'FAILED', exitCode: 3, finishedAt: expect.any(Date) };
      expect(await client.run(local.runId).get()).toMatchObject(finished);
    },
  ),
  update: served(
    async (client, id) => await client.run(id).update({ statusMessage: 'Working' }),
    'error',
    async ({ client, local, expect }) => {
      const run = client.run(local.runId);
      expect(await run.update({ statusMessage: 'one' })).toMatchObject({ statusMessage: 'one' });
      await run.update({ statusMessage: 'two', isStatusMessageTerminal: true });
      await run.update({ statusMessage: 'three' });
      expect(await run.get()).toMatchObject({ statusMessage: 'two', isStatusMessageTerminal: true });
    },
  ),
  abort: served(
    async (client, id) => await client.run(id).abort({ gracefully: true }),
    'error',
    async ({ client, local, expect }) => {
      expect(await client.run(local.runId).abort({ gracefully: true })).toMatchObject({ status: 'ABORTING' });
      expect(local.events).toContainEqual(expect.objectContaining({ kind: 'abort-requested', gracefully: true }));
    },
  ),
  reboot: served(
    async (client, id) => await client.run(id).reboot(),
    'error',
    async ({ client, local, expect }) => {
      expect(await client.run(local.runId).reboot()).toMatchObject({ id: local.runId, status: 'RUNNING' });
      expect(local.events).toContainEqual(expect.objectContaining({ kind: 'reboot-requested' }));
    },
    {
      'a run that has finished': async (asked) => {
        end(asked);
        const rebooting = asked.client.run(asked.local.runId).reboot();
        await asked.expect(rebooting).rejects.toMatchObject({ statusCode: 403, type: 'job-finished' });
      },
      'a run that is being aborted': async ({ client, local, expect }) => {
        await client.run(local.runId).abort({ gracefully: true });
        const rebooting = client.run(local.runId).reboot();
        await expect(rebooting).rejects.toMatchObject({ statusCode: 400, type: 'invalid-request' });
      },
    },
  ),
  charge: served(
    async (client, id) => await client.run(id).charge({ eventName: 'page', idempotencyKey: 'once' }),
    'error',
    async ({ client, local, expect }) => {
      const run = client.run(local.runId);
      await run.charge({ eventName: 'page', count: 2 });
      for (let time = 0; time < 2; time += 1) await run.charge({ eventName: 'page', idempotencyKey: 'once' });
      expect(await run.get()).toMatchObject({
        chargedEventCounts: { page: 3 },
        pricingInfo: { pricingModel: 'PAY_PER_EVENT' },
      });
    },
    {
      'an event without a price': async ({ client, local, expect }) => {
        const charging = client.run(local.runId).charge({ eventName: 'other' });
        await expect(charging).rejects.toMatchObject({ statusCode: 400 });
      },
    },
  ),
  delete: served(
    async (client, id) => await client.run(id).delete().catch(whileItRuns),
    'undefined',
    async ({ client, local, expect }) => {
      const deleting = client.run(local.runId).delete();
      await expect(deleting).rejects.toMatchObject({ statusCode: 400, type: 'cannot-remove-running-run' });
    },
    {
      'a run that has finished': async (asked) => {
        end(asked);
        const deleting = asked.client.run(asked.local.runId).delete();
        await asked.expect(deleting).rejects.toMatchObject({ statusCode: 400, type: 'not-served-locally' });
      },
    },
    'a run that has finished',
  ),
  waitForFinish: served(
    async (client, id) => await client.run(id).waitForFinish({ waitSecs: 1 }),
    'never',
    async (asked) => {
      const { client, local, expect } = asked;
      let calls = 0;
      const countingClient = local.client({ requestInterceptors: [(request) => ((calls += 1), request)] });
      const waiting = countingClient.run(local.runId).waitForFinish({ waitSecs: 60 });
      await client.run(local.runId).get();
      end(asked);
      expect(await waiting).toMatchObject({ status: 'SUCCEEDED' });
      expect(await client.run(local.runId).waitForFinish()).toMatchObject({ status: 'SUCCEEDED' });
      // One call waits for all the time: the client would ask again as soon as it is answered.
      expect(calls).toBe(1);
    },
    {
      'a run that is not there': async ({ client, expect }) => {
        await expect(client.run('none').waitForFinish({ waitSecs: 0 })).rejects.toThrow('Cannot fetch actor run');
      },
    },
  ),
  metamorph: refused(
    'a metamorph into another Actor',
    async (client, id) => await client.run(id).metamorph('apify/hello-world', {}),
  ),
  resurrect: refused('the resurrection of a run', async (client, id) => await client.run(id).resurrect()),
  getStreamedLog: served(
    async (client, id) => await client.run(id).getStreamedLog(),
    'never',
    async ({ client, local, expect }) => {
      local.platform.appendLog({ text: '2026-01-01T00:00:00.000Z one\n2026-01-01T00:00:00.000Z two\n' });
      const { Log } = await import('crawlee');
      const lines: string[] = [];
      const log = new Log();
      log.info = (line) => void lines.push(line);
      const streamed = await client.run(local.runId).getStreamedLog({ toLog: log });
      streamed?.start();
      await streamed?.stop();
      expect(lines.map((line) => line.replace(/^.*Z /s, ''))).toEqual(['one', 'two']);
    },
    {
      'the default log, which asks for the name of the Actor': async ({ client, local, expect }) => {
        const streaming = client.run(local.runId).getStreamedLog();
        await expect(streaming).rejects.toMatchObject({ statusCode: 400, type: 'not-served-locally' });
      },
    },
    'without `toLog`; what is printed after the call',
  ),
  dataset: opens('DatasetClient', (client) => client.run('x').dataset()),
  keyValueStore: opens('KeyValueStoreClient', (client) => client.run('x').keyValueStore()),
  requestQueue: opens('RequestQueueClient', (client) => client.run('x').requestQueue()),
  log: opens('LogClient', (client) => client.run('x').log()),
};

export const runCollectionMethods: Methods = {
  list: refused('the list of runs', async (client) => await client.runs().list()),
};

export const logMethods: Methods = {
  get: served(
    async (client, id) => await client.log(id).get(),
    'undefined',
    async ({ client, local, expect }) => {
      local.platform.appendLog({ text: 'one\n' });
      local.platform.appendLog({ text: 'two é\n' });
      expect(await client.log(local.runId).get()).toBe('one\ntwo é\n');
      expect(await client.run(local.runId).log().get()).toBe('one\ntwo é\n');
    },
  ),
  stream: served(
    async (client, id) => await client.log(id).stream(),
    'error',
    async ({ client, local, expect }) => {
      local.platform.appendLog({ text: 'one\n' });
      const parts: string[] = [];
      for await (const part of (await client.log(local.runId).stream()) ?? []) parts.push(String(part));
      expect(parts.join('')).toBe('one\n');
    },
    {},
    'what is printed after the call',
  ),
};

/** The API does not delete a run that goes on. */
function whileItRuns(error: unknown): void {
  if (!(error instanceof Error && 'type' in error && error.type === 'cannot-remove-running-run')) throw error;
}
