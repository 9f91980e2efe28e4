import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { vi } from 'vitest';

import type { RecordedEvent } from '../../recording.ts';
import type { PlatformAnswer, PlatformCalls, PlatformOptions } from '../protocol.ts';
import { reap, systemProcesses } from '../reaper.ts';
import { ActorProcess } from './actor-process.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
export const PLATFORM_PROGRAM = join(root, 'dist', 'platform.cjs');
export const PRELOAD = join(root, 'dist', 'preload.cjs');
/** For an Actor outside of the repository: `import { Actor } from '<this>'`. */
export const APIFY_SDK = pathToFileURL(join(root, 'node_modules/apify/dist/index.mjs')).href;

/** Builds what the tests fork; nothing when it is fresh. */
export async function buildPlatform(): Promise<void> {
  const builder: { build(options: object): Promise<unknown> } = await import(
    pathToFileURL(join(root, 'scripts/build.mjs')).href
  );
  await builder.build({ quiet: true, only: ['platform', 'preload'] });
}

/** A call that is not answered yet. */
interface Waiting {
  resolve(result: unknown): void;
  reject(reason: Error): void;
}

const open: ForkedPlatform[] = [];

/** For `afterEach`: nothing of a test is left. */
export async function closePlatforms(): Promise<void> {
  for (const platform of open.splice(0)) await platform.close();
}

/**
 * Forks the built platform and starts it.
 *
 * @param files of the Actor's folder, by their paths
 * @param stderr `ignore` where the platform is made to fail
 */
export async function startPlatform(
  files: Readonly<Record<string, unknown>> = {},
  options: Partial<PlatformOptions> = {},
  stderr: 'inherit' | 'ignore' = 'inherit',
): Promise<ForkedPlatform> {
  const platform = new ForkedPlatform(files, stderr);
  await platform.start(options);
  return platform;
}

/** The platform's process, with a folder of its own for the Actor, the storage and the run. */
export class ForkedPlatform {
  readonly folder = mkdtempSync(join(tmpdir(), 'platform test '));
  readonly actorFolder = join(this.folder, 'actor');
  readonly storageFolder = join(this.folder, 'storage');
  readonly runFolder = join(this.folder, 'run');
  readonly events: RecordedEvent[] = [];
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  environment: Readonly<Record<string, string>> = {};
  takenOut: readonly string[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor(files: Readonly<Record<string, unknown>>, stderr: 'inherit' | 'ignore' = 'inherit') {
    for (const folder of [this.actorFolder, this.storageFolder, this.runFolder]) mkdirSync(folder);
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.process = fork(PLATFORM_PROGRAM, [], { stdio: ['ignore', 'inherit', stderr, 'ipc'], execArgv: [] });
    this.exited = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.on('message', (answer: PlatformAnswer) => {
      if ('event' in answer) this.events.push(answer.event);
      if ('error' in answer) this.#waiting.get(answer.id)?.reject(new Error(answer.error));
      // JSON leaves out a result that is undefined.
      else if ('id' in answer) this.#waiting.get(answer.id)?.resolve(answer.result);
    });
    open.push(this);
  }

  /** Puts a file into the Actor's folder, or into the storage's: `../storage/…`. Text, or a value as JSON. */
  write(path: string, content: unknown): void {
    const file = join(this.actorFolder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }

  /** @throws {Error} with the platform's sentence */
  async start(options: Partial<PlatformOptions> = {}): Promise<void> {
    const { environment, takenOut } = await this.call('start', this.optionsFor(options));
    this.environment = environment;
    this.takenOut = takenOut;
    await this.call('processStarts', { number: 1 });
  }

  optionsFor(options: Partial<PlatformOptions> = {}): PlatformOptions {
    const { actorFolder, storageFolder, runFolder } = this;
    const own = { runId: 'abcdefghijklmnopq', startedAt: Date.now(), actorFolder, storageFolder, runFolder };
    return { ...own, latencyMs: 0, keepLocks: false, ...options };
  }

  async call<Name extends keyof PlatformCalls>(
    call: Name,
    ...[argument]: Parameters<PlatformCalls[Name]>
  ): Promise<ReturnType<PlatformCalls[Name]>> {
    const id = (this.#calls += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.process.send({ id, call, argument });
    });
  }

  /** Fulfilled with the first event of the kind, as soon as it is recorded. */
  async recorded<Kind extends RecordedEvent['kind']>(kind: Kind): Promise<Extract<RecordedEvent, { kind: Kind }>> {
    return vi.waitFor(
      () => {
        const event = this.events.find((one): one is Extract<RecordedEvent, { kind: Kind }> => one.kind === kind);
        if (event === undefined) throw new Error(`No event ${kind} was recorded.`);
        return event;
      },
      { timeout: 30_000, interval: 5 },
    );
  }

  /** A call to the API, with the run's token unless told. */
  async fetch(path: string, options: RequestInit & { readonly token?: string | undefined } = {}): Promise<Response> {
    const { token = this.environment['APIFY_TOKEN'], ...rest } = options;
    const headers = new Headers(rest.headers);
    if (token !== '') headers.set('authorization', `Bearer ${token}`);
    return fetch(`${this.environment['APIFY_API_BASE_URL']}${path}`, { ...rest, headers });
  }

  /** The environment of a process of the run. */
  get processEnvironment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.environment, NODE_OPTIONS: `--require "${PRELOAD}"` };
  }

  /**
   * Runs code as the Actor: an ES module in its folder, with `Actor` of the real SDK.
   *
   * @param inherited what the person's own environment has
   */
  startActor(code: string, inherited: Readonly<Record<string, string>> = {}): ActorProcess {
    this.write('main.mjs', `import { Actor } from '${APIFY_SDK}';\n${code}`);
    const env = { ...inherited, ...this.processEnvironment };
    return new ActorProcess(spawn(process.execPath, ['main.mjs'], { cwd: this.actorFolder, env, stdio: 'pipe' }));
  }

  async close(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
    await reap(this.runFolder);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Whether a process lives; a zombie does not. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await systemProcesses.parents()).has(pid);
}
