import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';

import { NO_FAULTS } from '../faults.ts';
import { PROCESSES_FOLDER } from '../preload/process-file.ts';
import type { Killed, RecordedEvent } from '../recording.ts';
import { ABORTING, ActorEvents } from './actor-events.ts';
import { readActorFiles } from './actor-files.ts';
import { platformApi } from './api.ts';
import { Clock } from './clock.ts';
import { Doors } from './doors.ts';
import { environmentOf, TAKEN_OUT } from './environment.ts';
import { completedInput } from './input.ts';
import { freePort, LOOPBACK, portOf } from './ports.ts';
import type { PlatformCalls, PlatformOptions } from './protocol.ts';
import { openProxy, type LocalProxy } from './proxy.ts';
import { reap, systemProcesses } from './reaper.ts';
import { Recorder } from './recorder.ts';
import type { RunServices } from './routes/runs.ts';
import { RunLog } from './run-log.ts';
import { RunResource, type RunStatus } from './run-resource.ts';
import { Storages } from './storage/storages.ts';
import { listen } from './server.ts';
import { WriteFaults } from './write-faults.ts';
import { WriteGate } from './write-gate.ts';

/** What the platform tells without being asked. */
export interface Listener {
  event(event: RecordedEvent): void;
  /** A sentence for the person: the run cannot go on. */
  trouble(sentence: string): void;
}

/** Each call of the protocol, but `start`, which makes the platform. */
export type Calls = {
  readonly [Name in Exclude<keyof PlatformCalls, 'start'>]: (
    ...argument: Parameters<PlatformCalls[Name]>
  ) => ReturnType<PlatformCalls[Name]> | Promise<ReturnType<PlatformCalls[Name]>>;
};

/** What a run is that was ended by a kill; after a migration or a reboot it goes on. */
const ENDED_AS: Readonly<Partial<Record<Killed['why'], RunStatus>>> = {
  'graceful-abort': 'ABORTED',
  abort: 'ABORTED',
  timeout: 'TIMED-OUT',
  stop: 'ABORTED',
};

/** The local platform of one run: its HTTP API, its events, its proxy, and the power over its processes. */
export class Platform implements Calls {
  readonly #options: PlatformOptions;
  readonly #services: RunServices;
  readonly #events: ActorEvents;
  readonly #proxy: LocalProxy;
  readonly #server: Server;
  readonly #doors: Doors;
  #finished: Promise<void> | undefined;

  private constructor(
    options: PlatformOptions,
    services: RunServices,
    parts: { readonly events: ActorEvents; readonly proxy: LocalProxy; readonly server: Server; readonly doors: Doors },
  ) {
    this.#options = options;
    this.#services = services;
    this.#events = parts.events;
    this.#proxy = parts.proxy;
    this.#server = parts.server;
    this.#doors = parts.doors;
  }

  /** @throws {Error} with a sentence for the person: a file of the Actor that cannot be read, no port */
  static async start(
    options: PlatformOptions,
    listener: Listener,
  ): Promise<{ readonly platform: Platform; readonly answer: ReturnType<PlatformCalls['start']> }> {
    const { startedAt, actorFolder, storageFolder, runFolder } = options;
    const files = await readActorFiles(actorFolder);
    const input = await completedInput(storageFolder, files.inputSchema);
    await mkdir(join(runFolder, PROCESSES_FOLDER), { recursive: true });
    const webServerPort = await freePort();
    const run = new RunResource(options, files, `http://${LOOPBACK}:${webServerPort}`);
    const clock = new Clock(startedAt);
    const recorder = new Recorder(clock, (event) => {
      run.observe(event);
      listener.event(event);
    });
    const faults = options.faults ?? NO_FAULTS;
    const events = new ActorEvents({ recorder, clock, runFolder, fault: faults.webSocket });
    const doors = new Doors();
    const services: RunServices = {
      options,
      clock,
      recorder,
      storages: new Storages(options.storageFolder, clock),
      writes: new WriteGate(clock, recorder, new WriteFaults(faults, options.latencyMs)),
      input,
      onStorageTrouble: (sentence) => listener.trouble(sentence),
      run,
      log: new RunLog(),
      sendAborting: () => {
        // Where nobody listens, the process ends with the time that it has.
        if (events.isHeard) events.send(...ABORTING);
      },
    };
    const secrets = { segment: secret(), token: `apify_api_${secret()}`, proxyPassword: secret() };
    const server = await listen(platformApi(services, secrets, doors));
    events.attach(server, `/${secrets.segment}/events`);
    const proxy = await openProxy(secrets.proxyPassword, options.upstreamProxyUrl);
    const origin = `${LOOPBACK}:${portOf(server.address())}/${secrets.segment}`;
    const environment = environmentOf({
      ids: run.ids,
      files,
      startedAt,
      runFolder,
      apiUrl: `http://${origin}`,
      eventsUrl: `ws://${origin}/events`,
      token: secrets.token,
      proxy,
      webServerPort,
    });
    const platform = new Platform(options, services, { events, proxy, server, doors });
    return { platform, answer: { environment, takenOut: TAKEN_OUT } };
  }

  processStarts({ number }: { readonly number: number }): void {
    const { recorder, writes, log, run } = this.#services;
    recorder.nextProcess(number);
    writes.open();
    if (run.isFinished) {
      log.note(`The run was ${run.status} and is resurrected: process ${number} of the same run.`);
      run.resurrect();
    } else if (number > 1) log.note(`The Actor was restarted: process ${number} of the same run.`);
    this.#doors.open();
    run.refusesReboots = false;
    this.#events.processStarts();
  }

  sendMigrating({ graceMs }: { readonly graceMs: number }): void {
    this.#events.send({ name: 'migrating', data: { timeRemainingSecs: graceMs / 1000 } });
  }

  sendAborting(): void {
    this.#events.send(...ABORTING);
    this.#services.run.status = 'ABORTING';
  }

  refuseReboots(): void {
    this.#services.run.refusesReboots = true;
  }

  async kill({ why }: Parameters<PlatformCalls['kill']>[0]): Promise<ReturnType<PlatformCalls['kill']>> {
    const { recorder, clock, run, storages } = this.#services;
    const processes = await this.#reap();
    const killedAt = clock.elapsed();
    const unlocked = this.#options.keepLocks ? 0 : storages.unlockAll();
    recorder.record({ kind: 'killed', why, processes, unlocked });
    if (why === 'migration' || why === 'reboot') run.restart(why);
    const status = ENDED_AS[why];
    if (status !== undefined) run.finish(status, undefined);
    return { killedAt };
  }

  processEnded({ exit }: Parameters<PlatformCalls['processEnded']>[0]): void {
    const { run } = this.#services;
    run.finish(run.status === 'ABORTING' ? 'ABORTED' : exit.code === 0 ? 'SUCCEEDED' : 'FAILED', exit);
  }

  pause(): void {
    this.#services.clock.pause();
  }

  resume(): void {
    this.#services.clock.resume();
  }

  appendLog({ text }: { readonly text: string }): void {
    this.#services.log.append(text);
  }

  /** Once, however often it is asked for. */
  async finish(): Promise<void> {
    await (this.#finished ??= this.#finish());
  }

  async #finish(): Promise<void> {
    await this.#reap();
    this.#events.close();
    await this.#proxy.close();
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }

  /** The doors close while the processes stand still: none of them sees its calls fail before it ends. */
  async #reap(): Promise<number> {
    const killed = await reap(this.#options.runFolder, systemProcesses, () => this.#closeDoors());
    await this.#doors.whenEmpty();
    return killed;
  }

  /** Cuts the writes under way, and every connection: what a process had sent and nobody has read is gone with it. */
  #closeDoors(): void {
    this.#doors.close();
    this.#services.writes.close();
    this.#events.processesGone();
    this.#server.closeAllConnections();
  }
}

function secret(): string {
  return randomBytes(24).toString('hex');
}
