import { createHash } from 'node:crypto';

import type { ProcessExit, RecordedEvent } from '../recording.ts';
import type { ActorFiles } from './actor-files.ts';
import type { JsonObject } from './json.ts';
import type { PlatformOptions } from './protocol.ts';

export interface RunIds {
  readonly runId: string;
  readonly actorId: string;
  readonly buildId: string;
  readonly buildNumber: string;
  readonly userId: string;
  readonly username: string;
  readonly defaultKeyValueStoreId: string;
  readonly defaultDatasetId: string;
  readonly defaultRequestQueueId: string;
}

/** The same for each run of an Actor, but for the run's own id. */
function runIds({ runId, actorFolder }: PlatformOptions): RunIds {
  return {
    runId,
    actorId: idFrom(`actor ${actorFolder}`),
    buildId: idFrom(`build ${actorFolder}`),
    buildNumber: '0.0.1',
    userId: idFrom('user'),
    username: 'local',
    defaultKeyValueStoreId: 'default',
    defaultDatasetId: 'default',
    defaultRequestQueueId: 'default',
  };
}

/** 17 letters and digits, as Apify's ids. */
function idFrom(text: string): string {
  return createHash('sha256')
    .update(text)
    .digest('base64')
    .replaceAll(/[^a-zA-Z0-9]/g, '')
    .slice(0, 17);
}

export type RunStatus = 'RUNNING' | 'ABORTING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED-OUT';

/** Charged by the platform for each item that lands in the default dataset (apify 3.7.2, `DEFAULT_DATASET_ITEM_EVENT`). */
const ITEM_EVENT = 'apify-default-dataset-item';
/** Charged by the platform once, when the run starts. */
const START_EVENT = 'apify-actor-start';

/** The Actor run as the API shows it. It stays RUNNING across its processes, but where it was resurrected between two. */
export class RunResource {
  readonly ids: RunIds;
  status: RunStatus = 'RUNNING';
  statusMessage: string | undefined;
  isStatusMessageTerminal = false;
  /** A migration was called off: this process is not to be rebooted. */
  refusesReboots = false;
  readonly #options: PlatformOptions;
  readonly #files: ActorFiles;
  readonly #containerUrl: string;
  readonly #charged = new Map<string, number>();
  #end = new AbortController();
  #migrationCount = 0;
  #resurrectCount = 0;
  #rebootCount = 0;
  #isRebooting = false;
  #exit: ProcessExit | undefined;
  #finishedAt: number | undefined;

  constructor(options: PlatformOptions, files: ActorFiles, containerUrl: string) {
    this.ids = runIds(options);
    this.#options = options;
    this.#files = files;
    this.#containerUrl = containerUrl;
    for (const name of Object.keys(files.chargeEvents ?? {})) this.#charged.set(name, name === START_EVENT ? 1 : 0);
  }

  get isFinished(): boolean {
    return this.#finishedAt !== undefined;
  }

  /** Aborted when the run finishes; a resurrected run has a new one. */
  get finished(): AbortSignal {
    return this.#end.signal;
  }

  /** `undefined`: the Actor is not paid per event. */
  isChargeable(event: string): boolean | undefined {
    return this.#files.chargeEvents && Object.hasOwn(this.#files.chargeEvents, event);
  }

  charge(event: string, count: number): void {
    this.#charged.set(event, (this.#charged.get(event) ?? 0) + count);
  }

  /** Counts what the platform charges by itself. */
  observe(event: RecordedEvent): void {
    if (event.kind !== 'write' || event.outcome !== 'landed' || event.change.type !== 'push-items') return;
    if (event.change.dataset.name === 'default' && this.isChargeable(ITEM_EVENT)) {
      this.charge(ITEM_EVENT, event.change.items.length);
    }
  }

  /**
   * The Actor has asked for its reboot. One within the window of a migration counts as a reboot, not as a migration, as with
   * apify/actor-runtime (test/integration/migration.test.ts).
   */
  reboot(): void {
    if (this.#isRebooting) return;
    this.#isRebooting = true;
    this.#rebootCount += 1;
  }

  /** The process was killed, to be started again. */
  restart(why: 'migration' | 'reboot'): void {
    if (why === 'reboot') this.reboot();
    else if (!this.#isRebooting) this.#migrationCount += 1;
    this.#isRebooting = false;
  }

  finish(status: RunStatus, exit: ProcessExit | undefined): void {
    if (this.isFinished) return;
    this.status = status;
    this.#exit = exit;
    this.#finishedAt = Date.now();
    this.#end.abort();
  }

  /**
   * The finished run goes on with its storages (https://docs.apify.com/platform/actors/running/runs-and-builds, "Resurrection
   * of finished run"). That a last status message no longer is the last is our assumption.
   */
  resurrect(): void {
    this.status = 'RUNNING';
    this.isStatusMessageTerminal = false;
    this.#exit = undefined;
    this.#finishedAt = undefined;
    this.#end = new AbortController();
    this.#resurrectCount += 1;
  }

  /** In the shape of the API's `ActorRun`. */
  toJson(): JsonObject {
    const { ids } = this;
    const finishedAt = this.#finishedAt;
    const { startedAt, maxTotalChargeUsd } = this.#options;
    return {
      id: ids.runId,
      actId: ids.actorId,
      userId: ids.userId,
      startedAt: new Date(startedAt).toISOString(),
      finishedAt: finishedAt === undefined ? null : new Date(finishedAt).toISOString(),
      status: this.status,
      statusMessage: this.statusMessage ?? null,
      isStatusMessageTerminal: this.isStatusMessageTerminal,
      meta: { origin: 'CLI', userAgent: 'actor-state' },
      stats: this.#stats((finishedAt ?? Date.now()) - startedAt),
      options: {
        build: 'latest',
        timeoutSecs: this.#files.timeoutSecs,
        memoryMbytes: this.#files.memoryMbytes,
        diskMbytes: this.#files.memoryMbytes * 2,
        ...(maxTotalChargeUsd === undefined ? {} : { maxTotalChargeUsd }),
      },
      buildId: ids.buildId,
      buildNumber: ids.buildNumber,
      exitCode: this.#exit?.code ?? null,
      defaultKeyValueStoreId: ids.defaultKeyValueStoreId,
      defaultDatasetId: ids.defaultDatasetId,
      defaultRequestQueueId: ids.defaultRequestQueueId,
      containerUrl: this.#containerUrl,
      generalAccess: 'RESTRICTED',
      ...this.#pricing(),
    };
  }

  #stats(runMs: number): JsonObject {
    return {
      inputBodyLen: 0,
      restartCount: 0,
      resurrectCount: this.#resurrectCount,
      migrationCount: this.#migrationCount,
      rebootCount: this.#rebootCount,
      durationMillis: runMs,
      runTimeSecs: runMs / 1000,
      metamorph: 0,
      computeUnits: 0,
    };
  }

  /** What the SDK's ChargingManager reads; without it the SDK leaves charges out (apify 3.7.2, dist/charging.js). */
  #pricing(): JsonObject {
    if (this.#files.chargeEvents === undefined) return { chargedEventCounts: {} };
    const startedAt = new Date(this.#options.startedAt).toISOString();
    return {
      pricingInfo: {
        pricingModel: 'PAY_PER_EVENT',
        pricingPerEvent: { actorChargeEvents: this.#files.chargeEvents },
        apifyMarginPercentage: 0.2,
        createdAt: startedAt,
        startedAt,
      },
      chargedEventCounts: Object.fromEntries(this.#charged),
    };
  }
}
