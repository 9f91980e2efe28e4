import { createServer, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';

import { LOOPBACK, portOf } from './ports.ts';
import { openProxy } from './proxy.ts';
import { buildPlatform, closePlatforms, startPlatform } from './testing/forked-platform.ts';

beforeAll(buildPlatform);
afterEach(closePlatforms);

test('an Actor gets a proxy, which passes on what it asks for and answers for itself', async () => {
  const site = createServer((_request, response) => response.end('the page'));
  await new Promise<void>((resolve) => site.listen(0, LOOPBACK, resolve));
  try {
    const platform = await startPlatform();
    const actor = platform.startActor(`import { gotScraping } from '${import.meta.resolve('got-scraping')}';
      await Actor.init();
      const proxy = await Actor.createProxyConfiguration({ groups: ['RESIDENTIAL'] });
      const url = 'http://${LOOPBACK}:${portOf(site.address())}/';
      console.log('page', JSON.stringify((await gotScraping({ url, proxyUrl: await proxy.newUrl("s1") })).body));
      const wrong = (await proxy.newUrl()).replace(/:[^:]*@/, ':wrong@');
      console.log('wrong', JSON.stringify((await gotScraping({ url, proxyUrl: wrong, throwHttpErrors: false })).statusCode));
      await Actor.exit();`);
    expect(await actor.value('page')).toBe('the page');
    expect(await actor.value('wrong')).toBe(407);
  } finally {
    site.closeAllConnections();
    site.close();
  }
});

test('requests go on through the proxy of the person, with their password', async () => {
  const site = createServer((_request, response) => response.end('the page'));
  await new Promise<void>((resolve) => site.listen(0, LOOPBACK, resolve));
  const upstream = await openProxy('theirs', undefined);
  const passed = vi.fn<() => void>();
  site.on('request', passed);
  try {
    const good = await startPlatform({}, { upstreamProxyUrl: `http://me:theirs@${LOOPBACK}:${upstream.port}` });
    const bad = await startPlatform({}, { upstreamProxyUrl: `http://me:wrong@${LOOPBACK}:${upstream.port}` });
    const url = `http://${LOOPBACK}:${portOf(site.address())}/`;
    expect(await through(good.environment, url)).toBe('the page');
    expect(await through(bad.environment, url)).not.toBe('the page');
    expect(passed).toHaveBeenCalledTimes(1);
  } finally {
    await upstream.close();
    site.closeAllConnections();
    site.close();
  }
});

/** What is answered to a request through the platform's proxy. */
async function through(environment: Readonly<Record<string, string>>, url: string): Promise<string> {
  const { APIFY_PROXY_HOSTNAME: host = '', APIFY_PROXY_PORT: port, APIFY_PROXY_PASSWORD: password } = environment;
  const headers = { 'proxy-authorization': `Basic ${Buffer.from(`auto:${password}`).toString('base64')}` };
  return new Promise((resolve, reject) => {
    get({ host, port: Number(port), path: url, headers, agent: false }, (response) => {
      text(response).then(resolve, reject);
    }).once('error', reject);
  });
}
