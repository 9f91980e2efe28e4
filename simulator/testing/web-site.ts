import { createServer, type ServerResponse } from 'node:http';

export interface WebSite {
  /** Without a slash at the end. */
  readonly url: string;
  /** The paths that were asked for, in order, with their queries. */
  readonly visits: readonly string[];
  close(): Promise<void>;
}

export interface WebSiteOptions {
  /** Linked pages `/page/1` to `/page/n`: the first page links to all, each to the next. */
  readonly pages?: number;
  /** Products behind `/api/products?limit=20&skip=0`, as dummyjson.com answers. */
  readonly products?: number;
  /** Milliseconds until an answer. */
  readonly delayMs?: number;
}

/** A real web site on this machine, for Actors to crawl. */
export async function webSite({ pages = 9, products = 100, delayMs = 0 }: WebSiteOptions = {}): Promise<WebSite> {
  const visits: string[] = [];
  const answer = (url: URL, response: ServerResponse): void => {
    const text = url.pathname === '/api/products' ? productPage(url, products) : htmlPage(url.pathname, pages);
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': text?.startsWith('{') === true ? 'application/json' : 'text/html; charset=utf-8',
    });
    response.end(text ?? 'There is no such page.');
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    visits.push(url.pathname + url.search);
    setTimeout(() => answer(url, response), delayMs);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The web site has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    visits,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function links(numbers: readonly number[]): string {
  return numbers.map((number) => `<a href="/page/${number}">Page ${number}</a>`).join('\n');
}

function htmlPage(path: string, pages: number): string | undefined {
  if (path === '/') return `<title>Start</title>\n${links(Array.from({ length: pages }, (_, index) => index + 1))}`;
  const number = Number(/^\/page\/(?<number>\d+)$/.exec(path)?.groups?.['number']);
  if (!(number >= 1 && number <= pages)) return undefined;
  return `<title>Page ${number}</title>\n<h1>Page ${number}</h1>\n${number < pages ? links([number + 1]) : ''}`;
}

function productPage(url: URL, total: number): string {
  const limit = Number(url.searchParams.get('limit') ?? 20);
  const skip = Number(url.searchParams.get('skip') ?? 0);
  const products = Array.from({ length: Math.max(0, Math.min(limit, total - skip)) }, (_, index) => {
    const id = skip + index + 1;
    return { id, title: `Product ${id}`, price: id * 1.5, stock: id % 3 };
  });
  return JSON.stringify({ products, total, skip, limit });
}
