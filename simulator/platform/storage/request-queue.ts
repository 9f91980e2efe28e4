import type { Clock } from '../clock.ts';
import { readRequests, removeRequest, writeNewRequests, writeRequest } from './request-files.ts';
import { isLocked, RequestOrder, type Place } from './request-order.ts';
import { StorageFolder, type StorageIdentity } from './storage-folder.ts';
import { requestFile, requestId, type RequestDraft, type RequestFile } from './stored-request.ts';

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

export interface Added {
  readonly requestId: string;
  readonly uniqueKey: string;
  readonly wasAlreadyPresent: boolean;
  readonly wasAlreadyHandled: boolean;
}

export interface Counts {
  readonly total: number;
  readonly handled: number;
  readonly pending: number;
}

/** The requests are kept in mind, and each change of them goes to the disk first; locks are in mind only. */
export class RequestQueue extends StorageFolder {
  readonly #clock: Clock;
  readonly #requests = new Map<string, QueuedRequest>();
  readonly #pending = new RequestOrder<Pending>();
  readonly #clients = new Set<string>();
  #sequence = 0;

  constructor(identity: StorageIdentity, clock: Clock) {
    super(identity);
    this.#clock = clock;
  }

  /** Whether processes with different client keys have used it, as those before and after a migration have. */
  get hadMultipleClients(): boolean {
    return this.#clients.size > 1;
  }

  seenBy(client: string | undefined): void {
    if (client !== undefined) this.#clients.add(client);
  }

  /**
   * Adds requests; those that are there already stay as they are.
   *
   * @throws {StorageTrouble} none is added then
   */
  async add(drafts: readonly RequestDraft[], isForefront: boolean): Promise<readonly Added[]> {
    return await this.use('write', async () => {
      const added = new Map<string, RequestFile>();
      const answers = drafts.map((draft): Added => {
        const id = requestId(draft.uniqueKey);
        const before = this.#requests.get(id);
        const wasAlreadyPresent = before !== undefined || added.has(id);
        if (!wasAlreadyPresent) added.set(id, this.#fileFor(draft, isForefront));
        const wasAlreadyHandled = before !== undefined && before.place === undefined;
        return { requestId: id, uniqueKey: draft.uniqueKey, wasAlreadyPresent, wasAlreadyHandled };
      });
      await writeNewRequests(this.folder, [...added.values()]);
      for (const file of added.values()) this.#put(file, undefined);
      return answers;
    });
  }

  async get(id: string): Promise<QueuedRequest | undefined> {
    return await this.use('read', async () => this.#requests.get(id));
  }

  /**
   * Writes a request back: handled, or to be handled again. A lock outlives it but where it was handled. One that is not
   * there is added.
   *
   * @throws {StorageTrouble}
   */
  async update(draft: RequestDraft, isForefront: boolean): Promise<Added> {
    return await this.use('write', async () => {
      const file = this.#fileFor(draft, isForefront);
      await writeRequest(this.folder, file);
      // Looked at now: a lock may have ended while it was written.
      const before = this.#requests.get(file.id);
      const lock = before?.place !== undefined && this.#isLocked(before.place) ? before.place : undefined;
      const orderNo = lock && Math.abs(lock.orderNo) * (isForefront ? -1 : 1);
      this.#put(file, before?.client, orderNo);
      return {
        requestId: file.id,
        uniqueKey: file.uniqueKey,
        wasAlreadyPresent: before !== undefined,
        wasAlreadyHandled: before !== undefined && before.place === undefined,
      };
    });
  }

  /** @throws {StorageTrouble} */
  async delete(id: string): Promise<void> {
    await this.use('write', async () => {
      const request = this.#requests.get(id);
      if (request === undefined) return;
      await removeRequest(this.folder, id);
      this.#requests.delete(id);
      if (isPending(request)) this.#pending.remove(request);
    });
  }

  /** The first requests, also those that are locked. */
  async head(limit: number): Promise<readonly QueuedRequest[]> {
    return await this.use('read', async () => this.#pending.head(limit));
  }

  /** Locks the first free requests for so many milliseconds. */
  async lockHead(limit: number, lockMs: number, client: string | undefined): Promise<readonly QueuedRequest[]> {
    return await this.use('write', async () => {
      const now = this.#clock.now();
      return this.#pending
        .free(now, limit)
        .map((request) => this.#move(request, (now + lockMs) * Math.sign(request.place.orderNo), client));
    });
  }

  /** Locks a request from now on for so many milliseconds; `undefined` where it is not there or was handled. */
  async lock(id: string, lockMs: number, isForefront: boolean, client: string | undefined): Promise<Date | undefined> {
    return await this.use('write', async () => {
      const request = this.#requests.get(id);
      if (request === undefined || !isPending(request)) return undefined;
      const until = this.#clock.now() + lockMs;
      this.#move(request, isForefront ? -until : until, client);
      return new Date(until);
    });
  }

  /** Puts a locked request back to the end of the queue, or to its head; false where it is not there or was handled. */
  async unlock(id: string, isForefront: boolean): Promise<boolean> {
    return await this.use('write', async () => {
      const request = this.#requests.get(id);
      if (request === undefined || !isPending(request)) return false;
      const now = this.#clock.now();
      if (isLocked(request.place, now)) this.#move(request, isForefront ? -now : now, undefined);
      return true;
    });
  }

  /** @returns how many requests it has unlocked */
  unlockAll(): number {
    const now = this.#clock.now();
    const locked = this.#pending.locked(now);
    for (const request of locked) this.#move(request, now * Math.sign(request.place.orderNo), undefined);
    return locked.length;
  }

  async hasLocked(): Promise<boolean> {
    return await this.use('read', async () => this.#pending.hasLocked(this.#clock.now()));
  }

  /** When the lock of a request ends; `undefined` without one. */
  lockEnd(request: QueuedRequest): Date | undefined {
    const { place } = request;
    return place !== undefined && this.#isLocked(place) ? new Date(Math.abs(place.orderNo)) : undefined;
  }

  /** All requests, ordered by id. */
  async all(): Promise<readonly QueuedRequest[]> {
    return await this.use('read', async () =>
      [...this.#requests.values()].toSorted((a, b) => (a.file.id < b.file.id ? -1 : 1)),
    );
  }

  async counts(): Promise<Counts> {
    return await this.use('read', async () => {
      const total = this.#requests.size;
      const pending = this.#pending.size;
      return { total, pending, handled: total - pending };
    });
  }

  protected async load(): Promise<void> {
    const now = this.#clock.now();
    for (const file of await readRequests(this.folder)) {
      // In the future: locked by a Crawlee that was killed. Nobody holds such a lock any more.
      const orderNo =
        file.orderNo === null ? null : Math.sign(file.orderNo || 1) * Math.min(Math.abs(file.orderNo), now);
      this.#put({ ...file, orderNo }, undefined);
    }
  }

  #fileFor(draft: RequestDraft, isForefront: boolean): RequestFile {
    const now = this.#clock.now();
    const isHandled = draft['handledAt'] !== undefined && draft['handledAt'] !== null;
    return requestFile(draft, isHandled ? null : isForefront ? -now : now);
  }

  /** Takes in a request that is on the disk. */
  #put(file: RequestFile, client: string | undefined, orderNo = file.orderNo): void {
    const before = this.#requests.get(file.id);
    if (before !== undefined && isPending(before)) this.#pending.remove(before);
    const isHandled = file.orderNo === null || orderNo === null;
    const place = isHandled ? undefined : { orderNo, sequence: (this.#sequence += 1) };
    const request = { file, place, client };
    this.#requests.set(file.id, request);
    if (isPending(request)) this.#pending.add(request);
  }

  #move(request: Pending, orderNo: number, client: string | undefined): Pending {
    // The same sequence: requests that are moved at once keep their order.
    const moved = { ...request, place: { orderNo, sequence: request.place.sequence }, client };
    this.#pending.remove(request);
    this.#pending.add(moved);
    this.#requests.set(request.file.id, moved);
    return moved;
  }

  #isLocked(place: Place): boolean {
    return isLocked(place, this.#clock.now());
  }
}

function isPending(request: QueuedRequest): request is Pending {
  return request.place !== undefined;
}
