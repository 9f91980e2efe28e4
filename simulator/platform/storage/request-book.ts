import type { Clock } from '../clock.ts';
import { isLocked, RequestOrder, type Place } from './request-order.ts';
import type { RequestFile } from './stored-request.ts';

export interface QueuedRequest {
  readonly file: RequestFile;
  /** `undefined` once it was handled. */
  readonly place: Place | undefined;
  /** The client that has locked it last. */
  readonly client: string | undefined;
}

interface Pending extends QueuedRequest {
  readonly place: Place;
}

export interface Counts {
  readonly total: number;
  readonly handled: number;
  readonly pending: number;
}

/** The requests of a queue and who has locked which, in mind only. */
export class RequestBook {
  readonly #clock: Clock;
  readonly #requests = new Map<string, QueuedRequest>();
  readonly #pending = new RequestOrder<Pending>();
  #sequence = 0;
  #isLockedByClients = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Takes in a request, new or in place of what it was before.
   *
   * @param orderNo where it is to stand, if not where its file says: a lock is in no file
   */
  put(file: RequestFile, client?: string, orderNo = file.orderNo): void {
    this.delete(file.id);
    const isHandled = file.orderNo === null || orderNo === null;
    const place = isHandled ? undefined : { orderNo, sequence: (this.#sequence += 1) };
    const request = { file, place, client };
    this.#requests.set(file.id, request);
    if (isPending(request)) this.#pending.add(request);
  }

  get(id: string): QueuedRequest | undefined {
    return this.#requests.get(id);
  }

  delete(id: string): void {
    const request = this.#requests.get(id);
    if (request !== undefined && isPending(request)) this.#pending.remove(request);
    this.#requests.delete(id);
  }

  /** The first requests, also those that are locked. */
  head(limit: number): readonly QueuedRequest[] {
    return this.#pending.head(limit);
  }

  /** Locks the first free requests for so many milliseconds. */
  lockHead(limit: number, lockMs: number, client: string | undefined): readonly QueuedRequest[] {
    this.#isLockedByClients = true;
    const now = this.#clock.now();
    return this.#pending
      .free(now, limit)
      .map((request) => this.#move(request, (now + lockMs) * Math.sign(request.place.orderNo), client));
  }

  /** Locks a request from now on for so many milliseconds; `undefined` where it is not there or was handled. */
  lock(id: string, lockMs: number, isForefront: boolean, client: string | undefined): Date | undefined {
    const request = this.#requests.get(id);
    if (request === undefined || !isPending(request)) return undefined;
    const until = this.#clock.now() + lockMs;
    this.#move(request, isForefront ? -until : until, client);
    return new Date(until);
  }

  /** Puts a locked request back to the end of the queue, or to its head; false where it is not there or was handled. */
  unlock(id: string, isForefront: boolean): boolean {
    const request = this.#requests.get(id);
    if (request === undefined || !isPending(request)) return false;
    const now = this.#clock.now();
    if (isLocked(request.place, now)) this.#move(request, isForefront ? -now : now, undefined);
    return true;
  }

  /** @returns how many requests it has unlocked */
  unlockAll(): number {
    const now = this.#clock.now();
    const locked = this.#pending.locked(now);
    for (const request of locked) this.#move(request, now * Math.sign(request.place.orderNo), undefined);
    return locked.length;
  }

  /**
   * Whether who asks for the whole request now is going to handle it: it is locked, or the clients of the queue lock nothing,
   * as those of older crawlers. Anybody may look at other requests.
   */
  isTaken({ place }: QueuedRequest): boolean {
    return place !== undefined && (!this.#isLockedByClients || isLocked(place, this.#clock.now()));
  }

  hasLocked(): boolean {
    return this.#pending.hasLocked(this.#clock.now());
  }

  /** When the lock of a request ends; `undefined` without one. */
  lockEnd({ place }: QueuedRequest): Date | undefined {
    return place !== undefined && isLocked(place, this.#clock.now()) ? new Date(Math.abs(place.orderNo)) : undefined;
  }

  /** All requests, ordered by id. */
  all(): readonly QueuedRequest[] {
    return [...this.#requests.values()].toSorted((a, b) => (a.file.id < b.file.id ? -1 : 1));
  }

  counts(): Counts {
    const total = this.#requests.size;
    const pending = this.#pending.size;
    return { total, pending, handled: total - pending };
  }

  #move(request: Pending, orderNo: number, client: string | undefined): Pending {
    // The same sequence: requests that are moved at once keep their order.
    const moved = { ...request, place: { orderNo, sequence: request.place.sequence }, client };
    this.#pending.remove(request);
    this.#pending.add(moved);
    this.#requests.set(request.file.id, moved);
    return moved;
  }
}

function isPending(request: QueuedRequest): request is Pending {
  return request.place !== undefined;
}
