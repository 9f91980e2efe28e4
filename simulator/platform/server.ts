import { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

import { LOOPBACK } from './ports.ts';
import type { PlatformEnv } from './routes/api-error.ts';

/** Serves the app on a free port that only this machine reaches. */
export async function listen(app: Hono<PlatformEnv>): Promise<Server> {
  const server = createAdaptorServer({ fetch: app.fetch });
  if (!(server instanceof Server)) throw new Error('The platform needs a server of HTTP 1.');
  // A client that a debugger holds in the middle of a request, or that uses a connection again later, must not be cut off.
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  return server;
}
