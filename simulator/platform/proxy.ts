import { Server, type PrepareRequestFunctionResult } from 'proxy-chain';

import { LOOPBACK } from './ports.ts';

/** Where the SDK asks whether it may use the proxy, through the proxy: answered here, never sent out. */
const STATUS_HOST = 'proxy.apify.com';

export interface LocalProxy {
  readonly hostname: string;
  readonly port: number;
  readonly password: string;
  readonly statusUrl: string;
  /** Cuts all connections. */
  close(): Promise<void>;
}

/**
 * Stands in for Apify Proxy: an Actor at home does not start without one (apify 3.7.2, dist/proxy_configuration.js).
 *
 * @param upstream where to pass requests on to; straight to their target without
 * @throws {Error} when no port can be had
 */
export async function openProxy(password: string, upstream: string | undefined): Promise<LocalProxy> {
  const server = new Server({
    host: LOOPBACK,
    port: 0,
    verbose: false,
    prepareRequestFunction: ({ username, password: given, hostname, isHttp }): PrepareRequestFunctionResult => {
      if (given !== password)
        return { requestAuthentication: true, failMsg: 'The password of the local proxy is wrong.' };
      if (isHttp && hostname === STATUS_HOST) return { customResponseFunction: () => statusAnswer };
      return { upstreamProxyUrl: upstream === undefined ? null : upstreamFor(upstream, username) };
    },
  });
  await server.listen();
  return {
    hostname: LOOPBACK,
    port: server.port,
    password,
    statusUrl: `http://${STATUS_HOST}`,
    close: () => server.close(true),
  };
}

const statusAnswer = {
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ connected: true, connectionError: null, isManInTheMiddle: false }),
};

/** Apify Proxy is told by the user name which groups, country and session to use: the Actor's own is passed on. */
function upstreamFor(upstream: string, username: string): string {
  const url = new URL(upstream);
  if (url.hostname.endsWith('apify.com')) url.username = username;
  return url.href;
}
