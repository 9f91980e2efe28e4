import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

import { LOOPBACK } from '../platform/ports.ts';
import type { MigratingFrame, Told } from '../preload/crawlee-protocol.ts';

/** Told by the processes of the Actor; `line` knows one connection from another. */
export interface LineListener {
  connected(): void;
  told(line: object, told: Told): void;
  /** The process is gone, and all that it had told has been heard. */
  closed(line: object, isLast: boolean): void;
}

/** The connections of the processes that have loaded Crawlee. */
export class CrawleeLines {
  readonly #server: Server;
  readonly #secret: string;
  readonly #listener: LineListener;
  readonly #sockets = new Set<Socket>();
  #whenEmpty: (() => void)[] = [];

  constructor(secret: string, listener: LineListener) {
    this.#secret = secret;
    this.#listener = listener;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  async listen(): Promise<Server> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, LOOPBACK, resolve);
    });
    return this.#server;
  }

  get isHeard(): boolean {
    return this.#sockets.size > 0;
  }

  send(frame: MigratingFrame): void {
    for (const socket of this.#sockets) socket.write(`${JSON.stringify(frame)}\n`);
  }

  /** Fulfilled when every process is gone, and all that they had told has been heard. */
  async whenEmpty(): Promise<void> {
    if (this.#sockets.size === 0) return;
    await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(socket: Socket): void {
    let isKnown = false;
    const lines = createInterface({ input: socket });
    // A process that is killed before it has read all that was sent to it resets its connection: that is no end of input.
    for (const one of [socket, lines]) one.on('error', () => socket.destroy());
    socket.on('close', () => lines.close());
    lines.on('line', (line) => {
      if (isKnown) this.#listener.told(socket, parsed(line));
      else if (this.#isSecret(line)) {
        isKnown = true;
        this.#sockets.add(socket);
        this.#listener.connected();
      } else socket.destroy();
    });
    // After the last line, which may come after the end of the process.
    lines.on('close', () => {
      socket.destroy();
      if (!this.#sockets.delete(socket)) return;
      this.#listener.closed(socket, this.#sockets.size === 0);
      if (this.#sockets.size > 0) return;
      for (const tell of this.#whenEmpty) tell();
      this.#whenEmpty = [];
    });
  }

  #isSecret(line: string): boolean {
    const [given, wanted] = [Buffer.from(line), Buffer.from(this.#secret)];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

/** Both ends were built together, and whoever writes knew the secret. */
function parsed(line: string): Told {
  const told: Told = JSON.parse(line);
  return told;
}
