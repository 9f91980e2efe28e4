import { Hono } from 'hono';

import type { Services } from '../services.ts';
import { answerErrors, type PlatformEnv } from './api-error.ts';
import { datasetRoutes } from './datasets.ts';
import { keyValueStoreRoutes } from './key-value-stores.ts';
import { requestQueueRoutes } from './request-queues.ts';

/** Everything below `/v2/key-value-stores`, `/v2/datasets` and `/v2/request-queues`. */
export function storageRoutes(services: Services): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();
  app.onError(answerErrors(services));
  app.route('/v2/key-value-stores', keyValueStoreRoutes(services));
  app.route('/v2/datasets', datasetRoutes(services));
  app.route('/v2/request-queues', requestQueueRoutes(services));
  return app;
}

const PUBLIC = /\/v2\/(key-value-stores\/[^/]+\/(keys|records\/[^/]+)|datasets\/[^/]+\/items)\/?$/;

/** Whether a call is served without a token: what the public URLs of apify-client lead to, which carry none. */
export function isPublicRead(call: { readonly method: string; readonly path: string }): boolean {
  return (call.method === 'GET' || call.method === 'HEAD') && PUBLIC.test(call.path);
}
