import { Hono } from 'hono';

import { NotServed, type PlatformEnv } from './api-error.ts';

/** What is asked for, by its path; the first that fits. */
const WHAT: readonly (readonly [RegExp, string])[] = [
  [/^\/v2\/(?:acts|actors)\/[^/]+\/runs/, 'a run of an Actor'],
  [/^\/v2\/(?:acts|actors)\/[^/]+\/run-sync/, 'a run of an Actor'],
  [/^\/v2\/(?:acts|actors)\/[^/]+\/(?:builds|versions)/, 'builds and versions of an Actor'],
  [/^\/v2\/(?:acts|actors)(?:\/|$)/, 'Actors'],
  [/^\/v2\/actor-tasks(?:\/|$)/, 'Actor tasks'],
  [/^\/v2\/actor-builds(?:\/|$)/, 'builds of Actors'],
  [/^\/v2\/actor-runs\/[^/]+\/metamorph/, 'a metamorph into another Actor'],
  [/^\/v2\/actor-runs\/[^/]+\/resurrect/, 'the resurrection of a run'],
  [/^\/v2\/actor-runs\/?$/, 'the list of runs'],
  [/^\/v2\/webhook(?:s|-dispatches)(?:\/|$)/, 'webhooks'],
  [/^\/v2\/schedules(?:\/|$)/, 'schedules'],
  [/^\/v2\/store(?:\/|$)/, 'Apify Store'],
  [/^\/v2\/users\//, 'the account'],
];

/** Refuses by name whatever no other route has taken: a person can see what the Actor asked for, and a client does not repeat it. */
export function notServedRoutes(): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();
  app.all('*', (context) => {
    const { method, path } = context.req;
    const what = WHAT.find(([pattern]) => pattern.test(path))?.[1] ?? 'something else';
    throw new NotServed(
      `The Actor asked for ${what} (${method} ${path}). The local platform serves one run and its storages, nothing else: ` +
        'catch the error, or leave the call out while a migration is simulated.',
    );
  });
  return app;
}
