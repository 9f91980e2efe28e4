import { Hono, type Context } from 'hono';

import { isObject, type JsonObject } from '../json.ts';
import type { RunLog } from '../run-log.ts';
import type { RunResource } from '../run-resource.ts';
import type { Services } from '../services.ts';
import { ApiError, invalidValue, notFound, NotServed, type PlatformEnv } from './api-error.ts';
import { readJson } from './body.ts';
import { Charges } from './charges.ts';
import { numberIn } from './query.ts';

/** How long the Apify API holds a call that waits for the end of a run (https://docs.apify.com/api/v2/actor-run-get). */
const MOST_WAIT_SECS = 60;

/** What the routes of the run work with. */
export interface RunServices extends Services {
  readonly run: RunResource;
  readonly log: RunLog;
  /** Tells the Actor that it is to end. */
  readonly sendAborting: () => void;
}

/** `/actor-runs/{id}…` and `/logs/{id}`: the run's own endpoints, without latency but for charges, which are writes. */
export function runRoutes(services: RunServices): Hono<PlatformEnv> {
  const { run, log, recorder } = services;
  const charges = new Charges(services);
  const app = new Hono<PlatformEnv>();

  app.use('/actor-runs/:id/*', async (context, next) => {
    if (context.req.param('id') !== run.ids.runId) throw notFound('Actor run');
    await next();
  });
  app.get('/actor-runs/:id', async (context) => {
    // Without the wait, `waitForFinish` of apify-client would ask again as soon as it is answered (2.25.0, `_waitForFinish`).
    const waitSecs = Math.min(numberIn(context, 'waitForFinish') ?? 0, MOST_WAIT_SECS);
    // Only then: the run's signal remembers for ever which others were made of it (Node 20).
    if (waitSecs > 0)
      await services.clock.wait(waitSecs * 1000, AbortSignal.any([run.finished, context.req.raw.signal]));
    return context.json({ data: run.toJson() });
  });
  app.delete('/actor-runs/:id', () => {
    if (run.isFinished)
      throw new NotServed('The Actor asked for the deletion of a run: the local platform keeps its run.');
    throw new ApiError(400, 'cannot-remove-running-run', 'The run has not finished: it cannot be deleted.');
  });
  app.put('/actor-runs/:id', async (context) => {
    const { statusMessage, isStatusMessageTerminal } = await bodyOf(context);
    // A message that was set as the last one stays (apify-client 2.25.0, `RunUpdateOptions`).
    if (typeof statusMessage === 'string' && !run.isStatusMessageTerminal) {
      run.statusMessage = statusMessage;
      run.isStatusMessageTerminal = isStatusMessageTerminal === true;
      recorder.record({ kind: 'status-message', text: statusMessage });
    }
    return context.json({ data: run.toJson() });
  });
  app.post('/actor-runs/:id/reboot', (context) => {
    if (run.isFinished) throw new ApiError(403, 'job-finished', 'The run has finished: it cannot be rebooted.');
    if (run.status === 'ABORTING')
      throw new ApiError(400, 'invalid-request', 'The run is being aborted: it cannot be rebooted.');
    if (run.refusesReboots) {
      throw new NotServed(
        'The Actor asked for a reboot after its migration was called off. It goes on in the same process.',
      );
    }
    run.reboot();
    recorder.record({ kind: 'reboot-requested' });
    return context.json({ data: run.toJson() });
  });
  app.post('/actor-runs/:id/abort', (context) => {
    if (!run.isFinished && run.status !== 'ABORTING') {
      const gracefully = ['true', '1'].includes(context.req.query('gracefully') ?? '');
      run.status = 'ABORTING';
      if (gracefully) services.sendAborting();
      recorder.record({ kind: 'abort-requested', gracefully });
    }
    return context.json({ data: run.toJson() });
  });
  app.post('/actor-runs/:id/charge', async (context) => {
    const { eventName, count = 1 } = await bodyOf(context);
    if (typeof eventName !== 'string') throw invalidValue('A charge needs an eventName.');
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1)
      throw invalidValue('A charge needs a count of 1 or more.');
    const key = context.req.header('idempotency-key');
    await charges.charge(context.req.raw.signal, key, eventName, count);
    return context.json({}, 201);
  });
  app.get('/actor-runs/:id/log', (context) => context.text(log.text));
  app.get('/logs/:id', (context) => {
    if (context.req.param('id') !== run.ids.runId) throw notFound('Log');
    return context.text(log.text);
  });
  return app;
}

async function bodyOf(context: Context<PlatformEnv>): Promise<JsonObject> {
  const body = await readJson(context);
  if (!isObject(body)) throw invalidValue('The body must be a JSON object.');
  return body;
}
