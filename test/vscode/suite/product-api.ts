import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';

/** The API that the sample Actors read page by page, on this machine: as many products as it is told, and no hurry. */
export class ProductApi {
  readonly #server: Server = createServer((request, response) => this.#answer(request, response));
  readonly #held = new Set<() => void>();
  /** The pages that were asked for, in order; the first is 1. */
  readonly asked: number[] = [];
  #products = 0;
  /** From which page on answers are kept back. */
  #holdFrom = Infinity;
  #heard: (() => void)[] = [];

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The product API does not listen.');
    return `http://127.0.0.1:${address.port}/products`;
  }

  /** Forgets what was asked; from now on there are so many products, and pages from `holdFrom` on are kept back. */
  reset({ products, holdFrom }: { readonly products: number; readonly holdFrom: number }): void {
    this.release();
    this.asked.length = 0;
    this.#products = products;
    this.#holdFrom = holdFrom;
  }

  /** Keeps back pages from this one on; what was kept back stays so. */
  holdFrom(page: number): void {
    this.#holdFrom = page;
  }

  /** Answers what was kept back, and from now on pages before this one. */
  releaseBefore(page: number): void {
    this.#holdFrom = page;
    for (const answer of this.#held) answer();
    this.#held.clear();
  }

  /** Answers what was kept back, and all that comes. */
  release(): void {
    this.releaseBefore(Infinity);
  }

  /** Fulfilled when a page has been asked for so many times. */
  async askedFor(page: number, times = 1): Promise<void> {
    while (this.asked.filter((each) => each === page).length < times) {
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }

  async close(): Promise<void> {
    this.release();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const limit = Number(query.get('limit') ?? 20);
    const skip = Number(query.get('skip') ?? 0);
    const page = skip / limit + 1;
    this.asked.push(page);
    const ids = Array.from(
      { length: Math.max(0, Math.min(limit, this.#products - skip)) },
      (_, index) => skip + index + 1,
    );
    const products = ids.map((id) => ({ id, title: `Product ${id}`, price: id, stock: id % 3 }));
    const answer = (): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ products, total: this.#products }));
    };
    if (page < this.#holdFrom) answer();
    else this.#held.add(answer);
    for (const tell of this.#heard.splice(0)) tell();
  }
}
