/** Methods that register code for each call that a server gets: Express, Fastify, Koa, Hono, Node's own, MCP. */
const SERVER_METHODS: ReadonlySet<string> = new Set([
  'all',
  'createServer',
  'delete',
  'get',
  'listen',
  'patch',
  'post',
  'put',
  'registerTool',
  'resource',
  'route',
  'setRequestHandler',
  'tool',
  'use',
]);

export function isServerMethod(name: string): boolean {
  return SERVER_METHODS.has(name);
}
