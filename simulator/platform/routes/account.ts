import { Hono } from 'hono';

import type { RunIds } from '../run-resource.ts';
import { notFound, type PlatformEnv } from './api-error.ts';

/** `/users/me`: the SDK asks it for the proxy's password (apify 3.7.2, dist/proxy_configuration.js; older ones always). */
export function accountRoutes({ userId, username }: RunIds, proxyPassword: string): Hono<PlatformEnv> {
  const app = new Hono<PlatformEnv>();
  app.get('/users/:id', (context) => {
    if (!['me', userId, username].includes(context.req.param('id'))) throw notFound('User');
    return context.json({
      data: {
        id: userId,
        username,
        email: 'local@localhost',
        profile: { name: username },
        isPaying: true,
        proxy: { password: proxyPassword, groups: [] },
        createdAt: new Date(0).toISOString(),
      },
    });
  });
  return app;
}
