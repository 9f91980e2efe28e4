import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

import type { Clock } from './clock.ts';
import type { EventsFault, FrameSent } from '../recording.ts';
import { firstInstructions } from './processes.ts';
import type { Recorder } from './recorder.ts';
import { SystemMeter } from './system-info.ts';

const SYSTEM_INFO_MS = 1000;

interface Surroundings {
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly runFolder: string;
  /** What happens to the connection when the Actor is to be told that its process ends. */
  readonly fault: EventsFault | undefined;
}

/** An event as the SDK takes it. */
interface Frame {
  readonly name: FrameSent['name'];
  readonly data: object;
}

/** What a graceful abort sends (https://docs.apify.com/api/v2/actor-run-abort-post, `gracefully`). */
export const ABORTING: readonly [Frame, ...Frame[]] = [
  { name: 'aborting', data: {} },
  { name: 'persistState', data: { isMigrating: false } },
];

/** The events WebSocket of the run: what the platform tells the Actor. */
export class ActorEvents {
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #recorder: Recorder;
  readonly #clock: Clock;
  readonly #runFolder: string;
  readonly #meter: SystemMeter;
  readonly #fault: EventsFault | undefined;
  readonly #timer: NodeJS.Timeout;
  /** A frame that is on its way. */
  #late: NodeJS.Timeout | undefined;
  #isLaunched = false;
  /** When the last socket of this launch closed: milliseconds since 1970. */
  #silentSince: number | undefined;

  constructor({ recorder, clock, runFolder, fault }: Surroundings) {
    this.#recorder = recorder;
    this.#clock = clock;
    this.#runFolder = runFolder;
    this.#fault = fault;
    this.#meter = new SystemMeter(runFolder);
    this.#server.on('connection', (socket) => void this.#connected(socket));
    this.#timer = setInterval(() => void this.#sendSystemInfo(), SYSTEM_INFO_MS);
  }

  /** Takes the connections that ask for the path; all others are closed. */
  attach(server: Server, path: string): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      // Compared as it came: whoever is on this machine may send what is no URL.
      if (request.url?.split('?')[0] !== path) {
        // Not left half open: the server would wait for the other side when it closes.
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n', () => socket.destroy());
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (webSocket) =>
        this.#server.emit('connection', webSocket, request),
      );
    });
  }

  /** A process is about to be launched. */
  processStarts(): void {
    this.#isLaunched = true;
    this.#silentSince = undefined;
  }

  /** The processes were killed: nobody listens, and nobody is to connect before the next launch. */
  processesGone(): void {
    this.#isLaunched = false;
    clearTimeout(this.#late);
    for (const socket of this.#server.clients) socket.terminate();
  }

  get isHeard(): boolean {
    return this.#listening().length > 0;
  }

  /**
   * Tells the Actor that its process is to end, by frames that leave together.
   *
   * @throws {Error} with a sentence where no process listens
   */
  send(...frames: readonly [Frame, ...Frame[]]): void {
    const [{ name: first }] = frames;
    if (!this.isHeard) throw new Error(`No process of the Actor listens for events, so ${first} cannot be sent.`);
    const fault = this.#fault;
    for (const { name } of frames) this.#recorder.record({ kind: 'frame-sent', name, ...(fault && { fault }) });
    const emit = (): void => {
      for (const { name, data } of frames) this.#emit(name, data);
    };
    if (fault === undefined) emit();
    else if (fault.kind === 'slow') this.#late = setTimeout(emit, fault.ms);
    else for (const socket of this.#server.clients) socket.terminate();
  }

  close(): void {
    clearInterval(this.#timer);
    this.processesGone();
    this.#server.close();
  }

  async #connected(socket: WebSocket): Promise<void> {
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      if (!this.isHeard) this.#silentSince = Date.now();
    });
    const restartedItself = await this.#hasRestartedItself();
    this.#recorder.record({ kind: 'connected', ...(restartedItself ? { restartedItself } : {}) });
  }

  /** A process that began after the last listener was gone, though nothing was launched since. */
  async #hasRestartedItself(): Promise<boolean> {
    if (!this.#isLaunched) return true;
    const silentSince = this.#silentSince;
    if (silentSince === undefined) return false;
    const began = (await firstInstructions(this.#runFolder)).at(-1);
    return began !== undefined && began >= silentSince;
  }

  async #sendSystemInfo(): Promise<void> {
    // A debugger holds the Actor: it would hear all of them at once afterwards.
    if (this.#clock.isPaused || !this.isHeard) return;
    const info = await this.#meter.measure();
    this.#emit('systemInfo', info);
  }

  #listening(): readonly WebSocket[] {
    return [...this.#server.clients].filter((socket) => socket.readyState === socket.OPEN);
  }

  #emit(name: string, data: object): void {
    const frame = JSON.stringify({ name, createdAt: new Date().toISOString(), data });
    for (const socket of this.#listening()) socket.send(frame);
  }
}
