import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';

import type { Time } from '../recording.ts';
import type { Doors } from './doors.ts';
import { firstInstructions } from './processes.ts';
import { accountRoutes } from './routes/account.ts';
import { answerErrors, ApiError, type PlatformEnv } from './routes/api-error.ts';
import { notServedRoutes } from './routes/not-served.ts';
import { runRoutes, type RunServices } from './routes/runs.ts';
import { isPublicRead, storageRoutes } from './routes/storages.ts';
import type { RunIds } from './run-resource.ts';

export interface ApiSecrets {
  /** The unguessable segment of every path. */
  readonly segment: string;
  readonly token: string;
  readonly proxyPassword: string;
}

/** The HTTP API, below `/<segment>/v2`. */
export function platformApi(services: RunServices, secrets: ApiSecrets, doors: Doors): Hono<PlatformEnv> {
  const { recorder, run } = services;
  const app = new Hono<PlatformEnv>({
    // Routes, and what is recorded of a call, know nothing of the segment.
    getPath: (request) => pathWithin(new URL(request.url).pathname, secrets.segment, run.ids),
  });
  let lastCaller = 0;
  app.use('/v2/*', async (_context, next) => await doors.letIn(next));
  app.use('/v2/*', async (context, next) => {
    const given = tokenOf(context.req.header('authorization'), context.req.query('token'));
    if (given === undefined && isPublicRead(context.req)) {
      await next();
      return;
    }
    demandToken(given, secrets.token);
    if (lastCaller !== recorder.process) {
      lastCaller = recorder.process;
      recorder.record({ kind: 'first-call', firstInstructionAt: await firstInstructionOf(services) });
    }
    await next();
  });
  app.route('/', storageRoutes(services));
  app.route('/v2', runRoutes(services));
  app.route('/v2', accountRoutes(run.ids, secrets.proxyPassword));
  app.route('/v2', notServedRoutes());
  app.notFound((context) => context.text('Not found', 404));
  app.onError(answerErrors(services));
  return app;
}

/** Of the process that is served now; its files come later than its launch. */
async function firstInstructionOf({ options, recorder }: RunServices): Promise<Time | undefined> {
  const times = await firstInstructions(options.runFolder);
  return times.map((time) => time - options.startedAt).find((time) => time >= recorder.launchedAt);
}

const STORAGE_OF_RUN = /^\/v2\/actor-runs\/([^/]+)\/(key-value-store|dataset|request-queue)(?=\/|$)/;

/** From `/v2` on; `/` for whoever does not know the segment. A run's storages are its default ones. */
function pathWithin(pathname: string, segment: string, ids: RunIds): string {
  if (!pathname.startsWith(`/${segment}/v2/`)) return '/';
  const path = pathname.slice(segment.length + 1);
  const [prefix = '', runId, kind] = STORAGE_OF_RUN.exec(path) ?? [];
  if (runId !== ids.runId) return path;
  const defaults = new Map([
    ['key-value-store', ids.defaultKeyValueStoreId],
    ['dataset', ids.defaultDatasetId],
    ['request-queue', ids.defaultRequestQueueId],
  ]);
  return `/v2/${kind}s/${defaults.get(kind ?? '')}${path.slice(prefix.length)}`;
}

/** In the header, or as older SDKs have it, in the query. */
function tokenOf(authorization: string | undefined, query: string | undefined): string | undefined {
  return /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? query;
}

function demandToken(given: string | undefined, wanted: string): void {
  if (given === undefined) throw new ApiError(401, 'token-not-provided', 'Authentication token was not provided.');
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) {
    throw new ApiError(
      401,
      'user-or-token-not-found',
      'User was not found or authentication token is not valid: the Actor must use the APIFY_TOKEN of its environment.',
    );
  }
}
