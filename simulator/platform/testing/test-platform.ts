import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createAdaptorServer } from '@hono/node-server';
import { ApifyClient, type ApifyClientOptions } from 'apify-client';

import { NO_FAULTS } from '../../faults.ts';
import type { RecordedEvent } from '../../recording.ts';
import { Clock } from '../clock.ts';
import type { PlatformOptions } from '../protocol.ts';
import { Recorder } from '../recorder.ts';
import { storageRoutes } from '../routes/storages.ts';
import type { Services } from '../services.ts';
import { Storages } from '../storage/storages.ts';
import { WriteFaults } from '../write-faults.ts';
import { WriteGate } from '../write-gate.ts';

/** The storages over HTTP, with the real clock, recorder and gate; without a token, a run or events. */
export interface TestPlatform extends AsyncDisposable {
  readonly url: string;
  readonly storageFolder: string;
  readonly services: Services;
  readonly clock: Clock;
  /** All that was recorded until now. */
  readonly events: readonly RecordedEvent[];
  /** A client as an Actor has it. It does not repeat a call, so that each answer is seen. */
  client(options?: ApifyClientOptions): ApifyClient;
}

/** Without a storage folder: with a new one, which is removed with the platform. */
export async function startTestPlatform(
  options: Partial<PlatformOptions> = {},
  more: Pick<Services, 'input' | 'onStorageTrouble'> = {},
): Promise<TestPlatform> {
  const storageFolder = options.storageFolder ?? (await mkdtemp(path.join(tmpdir(), 'storages-')));
  const all: PlatformOptions = {
    runId: 'test-run',
    startedAt: Date.now(),
    actorFolder: storageFolder,
    storageFolder,
    runFolder: storageFolder,
    latencyMs: 0,
    keepLocks: false,
    ...options,
  };
  const clock = new Clock(all.startedAt);
  const events: RecordedEvent[] = [];
  const recorder = new Recorder(clock, (event) => events.push(event));
  recorder.nextProcess(1);
  const services: Services = {
    options: all,
    clock,
    recorder,
    writes: new WriteGate(clock, recorder, new WriteFaults(all.faults ?? NO_FAULTS, all.latencyMs)),
    storages: new Storages(all.storageFolder, clock),
    ...more,
  };
  const server = createAdaptorServer({ fetch: storageRoutes(services).fetch });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${portOf(server.address())}`;
  return {
    url,
    storageFolder,
    services,
    clock,
    events,
    client: (clientOptions) => new ApifyClient({ baseUrl: url, token: 'test', maxRetries: 0, ...clientOptions }),
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      if (options.storageFolder === undefined) await rm(storageFolder, { recursive: true, force: true });
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The test platform has no port.');
  return address.port;
}

/** What apify-client 2.25.0 takes, bytes and streams too, though its types say JSON only. */
interface AnyRecord {
  readonly key: string;
  readonly value: unknown;
  readonly contentType?: string;
}

export async function setBytes(
  store: { setRecord(record: AnyRecord): Promise<void> },
  record: AnyRecord,
): Promise<void> {
  await store.setRecord(record);
}
