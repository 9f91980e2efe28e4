import { timingSafeEqual } from 'node:crypto';
import { Hono, type Context } from 'hono';

import { accountRoutes } from './routes/account.ts';
import { answerErrors, ApiError, type PlatformEnv } from './routes/api-error.ts';
import { notServedRoutes } from './routes/not-served.ts';
import { runRoutes, type RunServices } from './routes/runs.ts';
import { WriteCut } from './write-gate.ts';

export interface ApiSecrets {
  /** The unguessable segment of every path. */
  readonly segment: string;
  readonly token: string;
  readonly proxyPassword: string;
}

/** The HTTP API, below `/<segment>/v2`. */
export function platformApi(services: RunServices, secrets: ApiSecrets, isOpen: () => boolean): Hono<PlatformEnv> {
  const v2 = new Hono<PlatformEnv>();
  let lastCaller = 0;
  v2.use(async (context, next) => {
    // What a killed process had still sent: it gets no answer.
    if (!isOpen()) throw new WriteCut();
    demandToken(context, secrets.token);
    const { recorder } = services;
    if (lastCaller !== recorder.process) {
      lastCaller = recorder.process;
      recorder.record({ kind: 'first-call' });
    }
    await next();
  });
  v2.route('/', runRoutes(services));
  v2.route('/', accountRoutes(services.run.ids, secrets.proxyPassword));
  v2.route('/', notServedRoutes());

  const prefix = `/${secrets.segment}/v2/`;
  const app = new Hono<PlatformEnv>({
    // Routes, and what is recorded of a call, know nothing of the segment.
    getPath: (request) => {
      const { pathname } = new URL(request.url);
      return pathname.startsWith(prefix) ? pathname.slice(prefix.length - '/v2/'.length) : '/';
    },
  });
  app.route('/v2', v2);
  app.notFound((context) => context.text('Not found', 404));
  app.onError(answerErrors(services));
  return app;
}

/** In the header, or as older SDKs have it, in the query. */
function demandToken(context: Context<PlatformEnv>, token: string): void {
  const given = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? context.req.query('token');
  if (given === undefined) throw new ApiError(401, 'token-not-provided', 'Authentication token was not provided.');
  if (!equal(given, token)) {
    throw new ApiError(401, 'user-or-token-not-found', 'User was not found or authentication token is not valid.');
  }
}

function equal(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
