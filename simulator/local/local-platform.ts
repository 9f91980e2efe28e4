import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { Clock } from '../platform/clock.ts';
import type { Calls, Listener } from '../platform/platform.ts';
import { portOf } from '../platform/ports.ts';
import { firstInstructions } from '../platform/processes.ts';
import type { PlatformCalls, PlatformOptions } from '../platform/protocol.ts';
import { reap } from '../platform/reaper.ts';
import { Recorder } from '../platform/recorder.ts';
import { CRAWLEE_VARIABLE, type Called, type Told } from '../preload/crawlee-protocol.ts';
import { PROCESSES_FOLDER, RUN_FOLDER_VARIABLE } from '../preload/process-file.ts';
import { changeOf, readOf } from './crawlee-calls.ts';
import { CrawleeLines } from './crawlee-line.ts';
import { clearAfterKill, unlockRequests } from './storage-after-kill.ts';

/** A process is killed between its writes where it lets that happen in this time: a file cut in the middle is no platform's. */
const QUIET_MS = 300;

/** Both purge by themselves otherwise, each by a name of its own (`@crawlee/core` 3.18.1, `Configuration`). */
const STORAGE_ENVIRONMENT = { CRAWLEE_PURGE_ON_START: '0', APIFY_PURGE_ON_START: '0' };
const TAKEN_OUT = [
  'CRAWLEE_PERSIST_STORAGE',
  'CRAWLEE_STORAGE_DIR',
  'CRAWLEE_DEFAULT_DATASET_ID',
  'CRAWLEE_DEFAULT_KEY_VALUE_STORE_ID',
  'CRAWLEE_DEFAULT_REQUEST_QUEUE_ID',
  'APIFY_IS_AT_HOME',
];

interface OpenCall {
  readonly call: Called;
  readonly settle: ReturnType<Recorder['writeBegins']> | undefined;
}

/**
 * Takes the place of the platform for an Actor on Crawlee alone, which runs on its own local storage: hears through the
 * preload what it reads and writes, tells it of the migration, and has the power over its processes.
 */
export class LocalPlatform implements Calls {
  readonly #options: PlatformOptions;
  readonly #recorder: Recorder;
  readonly #lines: CrawleeLines;
  readonly #open = new Map<object, Map<number, OpenCall>>();
  #isLaunched = false;
  #silentSince: number | undefined;
  #lastCaller = 0;

  private constructor(options: PlatformOptions, listener: Listener, secret: string) {
    this.#options = options;
    this.#recorder = new Recorder(new Clock(options.startedAt), (event) => listener.event(event));
    this.#lines = new CrawleeLines(secret, {
      connected: () => void this.#connected(),
      told: (line, told) => this.#told(line, told),
      closed: (line, isLast) => this.#closed(line, isLast),
    });
  }

  /** @throws {Error} where there is no port */
  static async start(
    options: PlatformOptions,
    listener: Listener,
  ): Promise<{ readonly platform: LocalPlatform; readonly answer: ReturnType<PlatformCalls['start']> }> {
    await mkdir(join(options.runFolder, PROCESSES_FOLDER), { recursive: true });
    const secret = randomBytes(24).toString('hex');
    const platform = new LocalPlatform(options, listener, secret);
    const server = await platform.#lines.listen();
    const environment = {
      ...STORAGE_ENVIRONMENT,
      [RUN_FOLDER_VARIABLE]: options.runFolder,
      [CRAWLEE_VARIABLE]: `${portOf(server.address())} ${secret}`,
      CRAWLEE_STORAGE_DIR: options.storageFolder,
    };
    return { platform, answer: { environment, takenOut: TAKEN_OUT } };
  }

  processStarts({ number }: { readonly number: number }): void {
    this.#recorder.nextProcess(number);
    this.#isLaunched = true;
    this.#silentSince = undefined;
  }

  sendMigrating({ graceMs }: { readonly graceMs: number }): void {
    if (!this.#lines.isHeard)
      throw new Error('No process of the Actor has loaded Crawlee, so it cannot be migrated now.');
    this.#recorder.record({ kind: 'frame-sent', name: 'migrating' });
    this.#lines.send({ migrating: { timeRemainingSecs: graceMs / 1000 } });
  }

  /** Crawlee has no code for it (see `NO_EVENT` of run/restart-cause.ts). */
  sendAborting(): void {
    throw new Error('Crawlee without the Apify SDK hears of no abort.');
  }

  async kill({ why }: Parameters<PlatformCalls['kill']>[0]): Promise<ReturnType<PlatformCalls['kill']>> {
    const { storageFolder, runFolder, keepLocks } = this.#options;
    if (why !== 'stop' && why !== 'leftovers') await this.#quiet();
    const processes = await reap(runFolder);
    this.#isLaunched = false;
    await this.#lines.whenEmpty();
    for (const path of await clearAfterKill(storageFolder)) this.#recorder.record({ kind: 'torn-file', path });
    const unlocked = keepLocks ? 0 : await unlockRequests(storageFolder);
    const killedAt = this.#now();
    this.#recorder.record({ kind: 'killed', why, processes, unlocked }, killedAt);
    return { killedAt };
  }

  async finish(): Promise<void> {
    await reap(this.#options.runFolder);
    await this.#lines.close();
  }

  /** Without a platform there is no run that would end, no reboot, no log, and no clock but the machine's. */
  processEnded(): void {}
  refuseReboots(): void {}
  appendLog(): void {}
  pause(): void {}
  resume(): void {}

  /** Crawlee was loaded: from now on the process hears of a migration. */
  async #connected(): Promise<void> {
    const { runFolder, startedAt } = this.#options;
    const { process, launchedAt } = this.#recorder;
    const at = this.#now();
    const began = await firstInstructions(runFolder);
    if (this.#lastCaller !== process) {
      this.#lastCaller = process;
      const firstInstructionAt = began.map((time) => time - startedAt).find((time) => time >= launchedAt);
      this.#recorder.record({ kind: 'first-call', firstInstructionAt }, at);
    }
    const restartedItself = !this.#isLaunched || (began.at(-1) ?? 0) >= (this.#silentSince ?? Infinity);
    this.#recorder.record({ kind: 'connected', ...(restartedItself ? { restartedItself } : {}) }, at);
  }

  #told(line: object, told: Told): void {
    const calls = this.#open.get(line) ?? new Map<number, OpenCall>();
    this.#open.set(line, calls);
    const at = told.at - this.#options.startedAt;
    if (told.told === 'called') {
      const change = changeOf(told);
      const settle = change === undefined ? undefined : this.#recorder.writeBegins(change, at);
      calls.set(told.id, { call: told, settle });
      return;
    }
    const open = calls.get(told.id);
    calls.delete(told.id);
    if (open === undefined) return;
    open.settle?.(told.isDone ? 'landed' : 'refused', at);
    if (told.isDone && open.settle === undefined) this.#read(open.call, told.result, at);
  }

  #read(call: Called, result: unknown, at: number): void {
    const read = readOf(call, result);
    if (read?.read === 'record')
      this.#recorder.record({ kind: 'record-read', record: read.record, value: read.value }, at);
    else if (read?.read === 'request') this.#recorder.requestFetched(call.storage, read.request, at);
  }

  #closed(line: object, isLast: boolean): void {
    for (const { settle } of this.#open.get(line)?.values() ?? []) settle?.('cut');
    this.#open.delete(line);
    if (isLast) this.#silentSince = Date.now();
  }

  async #quiet(): Promise<void> {
    const limit = Date.now() + QUIET_MS;
    const isBusy = (): boolean =>
      [...this.#open.values()].some((calls) => [...calls.values()].some(({ settle }) => settle));
    while (isBusy() && Date.now() < limit) await delay(2);
  }

  #now(): number {
    return Date.now() - this.#options.startedAt;
  }
}
