import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The only address that anything of ours listens on. */
export const LOOPBACK = '127.0.0.1';

/** A port that is free now, for the Actor's own web server: the same for each process of the run. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string')
    throw new Error('A server that listens on a port has an address.');
  return address.port;
}
