import { execFileSync, spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { StreamMessageReader, StreamMessageWriter, type MessageReader, type MessageWriter } from 'vscode-jsonrpc/node';
import * as server from 'vscode-languageserver/node';
import { serveOn } from '../server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle = `${root}dist/actor-state.cjs`;

/** A client's end of the line to a server. */
export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** `undefined` for a server that shares the process of its client. */
  readonly process: ServerProcess | undefined;
}

export interface ServerProcess {
  readonly exitCode: Promise<number | null>;
  /** Ends the server, whatever it is doing. */
  readonly kill: () => void;
  /** Sends nothing any more, as an editor that crashed. */
  readonly hangUp: () => void;
}

/** Builds the bundle that `processTransport` starts; quick when nothing has changed. */
export function buildServer(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', '--quiet'], { cwd: root, stdio: 'inherit' });
}

/** The server that is shipped, in a process of its own, over stdio. */
export function processTransport(): Transport {
  const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exitCode = new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
  });
  return {
    reader: new StreamMessageReader(child.stdout),
    writer: new StreamMessageWriter(child.stdin),
    process: { exitCode, kill: () => child.kill('SIGKILL'), hangUp: () => child.stdin.end() },
  };
}

/** The server within this process: the same messages as bytes, without the second that a process takes to start. */
export function localTransport(): Transport {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = server.createConnection(
    server.ProposedFeatures.all,
    new server.StreamMessageReader(toServer),
    new server.StreamMessageWriter(toClient),
  );
  serveOn(connection);
  return {
    reader: new StreamMessageReader(toClient),
    writer: new StreamMessageWriter(toServer),
    process: undefined,
  };
}
