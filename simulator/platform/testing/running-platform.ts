import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { ApifyClient, type ApifyClientOptions } from 'apify-client';

import type { RecordedEvent } from '../../recording.ts';
import { Platform } from '../platform.ts';
import type { PlatformOptions } from '../protocol.ts';

export const RUN_ID = 'abcdefghijklmnopq';

/** The whole platform with a run, in the process of the test: for what needs no process of an Actor. */
export interface RunningPlatform extends AsyncDisposable {
  readonly platform: Platform;
  readonly runId: string;
  /** Of an Actor's process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly storageFolder: string;
  /** All that was recorded until now. */
  readonly events: readonly RecordedEvent[];
  /** A client as an Actor has it. It does not repeat a call, so that each answer is seen. */
  client(options?: ApifyClientOptions): ApifyClient;
}

/** @param files of the Actor's folder, by their paths, as JSON */
export async function startRunningPlatform(
  files: Readonly<Record<string, unknown>> = {},
  options: Partial<PlatformOptions> = {},
): Promise<RunningPlatform> {
  const folder = await mkdtemp(join(tmpdir(), 'running-platform-'));
  const [actorFolder, storageFolder, runFolder] = ['actor', 'storage', 'run'].map((name) => join(folder, name));
  if (actorFolder === undefined || storageFolder === undefined || runFolder === undefined)
    throw new Error('No folder.');
  for (const each of [actorFolder, storageFolder, runFolder]) await mkdir(each);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(actorFolder, path)), { recursive: true });
    await writeFile(join(actorFolder, path), JSON.stringify(content));
  }
  const folders = { actorFolder, storageFolder, runFolder };
  const events: RecordedEvent[] = [];
  const { platform, answer } = await Platform.start(
    { runId: RUN_ID, startedAt: Date.now(), ...folders, latencyMs: 0, keepLocks: false, ...options },
    {
      event: (event) => events.push(event),
      trouble: (sentence) => {
        throw new Error(sentence);
      },
    },
  );
  platform.processStarts({ number: 1 });
  const { environment } = answer;
  return {
    platform,
    runId: RUN_ID,
    environment,
    storageFolder,
    events,
    client: (more) =>
      new ApifyClient({
        baseUrl: environment['APIFY_API_BASE_URL'] ?? '',
        publicBaseUrl: environment['APIFY_API_PUBLIC_BASE_URL'] ?? environment['APIFY_API_BASE_URL'] ?? '',
        token: environment['APIFY_TOKEN'] ?? '',
        maxRetries: 0,
        ...more,
      }),
    [Symbol.asyncDispose]: async () => {
      await platform.finish();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
