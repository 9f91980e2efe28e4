/**
 * Where a pending request stands, as Crawlee's local queue keeps it (@crawlee/memory-storage 3.18.1, `RequestQueueClient`):
 * milliseconds since 1970 at which it was put there, negative at the forefront. One whose time is still to come is locked
 * until then; so a lock that ends leaves its request at the end of the queue, or at its head.
 */
export interface Place {
  readonly orderNo: number;
  /** Tells those of the same millisecond apart: the later one is behind, but at the forefront. */
  readonly sequence: number;
}

/** Pending requests in the order in which they are handed out. */
export class RequestOrder<Request extends { readonly place: Place }> {
  /** Sorted; an array, since even 100,000 pointers are moved in microseconds. */
  readonly #requests: Request[] = [];

  add(request: Request): void {
    this.#requests.splice(this.#indexOf(request.place), 0, request);
  }

  /** `request` with the place at which it was added. */
  remove(request: Request): void {
    const index = this.#indexOf(request.place);
    if (this.#requests[index] === request) this.#requests.splice(index, 1);
  }

  /** The first requests that nobody has locked. */
  free(now: number, limit: number): readonly Request[] {
    const start = this.#indexOf({ orderNo: -now, sequence: Infinity });
    const end = this.#indexOf({ orderNo: now, sequence: Infinity });
    return this.#requests.slice(start, Math.min(end, start + limit));
  }

  /** The first requests, those that are locked at the forefront before all others, the other locked ones behind them. */
  head(limit: number): readonly Request[] {
    return this.#requests.slice(0, limit);
  }

  locked(now: number): readonly Request[] {
    const start = this.#indexOf({ orderNo: -now, sequence: Infinity });
    const end = this.#indexOf({ orderNo: now, sequence: Infinity });
    return [...this.#requests.slice(0, start), ...this.#requests.slice(end)];
  }

  hasLocked(now: number): boolean {
    const first = this.#requests[0];
    const last = this.#requests.at(-1);
    return (first !== undefined && isLocked(first.place, now)) || (last !== undefined && isLocked(last.place, now));
  }

  get size(): number {
    return this.#requests.length;
  }

  /** The index of the first request that does not stand before the place. */
  #indexOf(place: Place): number {
    let low = 0;
    let high = this.#requests.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const request = this.#requests[middle];
      if (request !== undefined && compare(request.place, place) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function isLocked(place: Place, now: number): boolean {
  return Math.abs(place.orderNo) > now;
}

function compare(a: Place, b: Place): number {
  if (a.orderNo !== b.orderNo) return a.orderNo - b.orderNo;
  return a.orderNo < 0 ? b.sequence - a.sequence : a.sequence - b.sequence;
}
