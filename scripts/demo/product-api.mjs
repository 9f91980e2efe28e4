import { once } from 'node:events';
import { createServer } from 'node:http';

const PRODUCTS = 200;

/** As long as a far server takes: so the sample Actors run for some seconds, as real ones run for hours. */
const ANSWER_MS = 150;

/**
 * A shop's product API on this machine, as the sample Actors read it: `GET /products?limit=20&skip=40`.
 *
 * @returns {Promise<{ url: string, close: () => void }>} where it is, and how it ends
 */
export async function serveProducts() {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://shop');
    const [limit, skip] = [Number(searchParams.get('limit')), Number(searchParams.get('skip'))];
    const products = Array.from({ length: Math.max(0, Math.min(limit, PRODUCTS - skip)) }, (_, i) =>
      productOf(skip + i),
    );
    setTimeout(() => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ products, total: PRODUCTS, skip, limit }));
    }, ANSWER_MS);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The product API has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/products`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function productOf(index) {
  return { id: index + 1, title: `Product ${index + 1}`, price: 10 + (index % 7), stock: index % 3 };
}
