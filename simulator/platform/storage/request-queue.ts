import type { Clock } from '../clock.ts';
import { RequestBook } from './request-book.ts';
import { readRequests, removeRequest, writeNewRequests, writeRequest } from './request-files.ts';
import { StorageFolder, type StorageIdentity } from './storage-folder.ts';
import { requestFile, requestId, type RequestDraft, type RequestFile } from './stored-request.ts';

export interface Added {
  readonly requestId: string;
  readonly uniqueKey: string;
  readonly wasAlreadyPresent: boolean;
  readonly wasAlreadyHandled: boolean;
}

/** A change of a request goes to the disk first, then into the book; locks are in the book only. */
export class RequestQueue extends StorageFolder {
  readonly #clock: Clock;
  readonly #book: RequestBook;
  readonly #clients = new Set<string>();

  constructor(identity: StorageIdentity, clock: Clock) {
    super(identity);
    this.#clock = clock;
    this.#book = new RequestBook(clock);
  }

  /** Whether processes with different client keys have used it, as those before and after a migration have. */
  get hadMultipleClients(): boolean {
    return this.#clients.size > 1;
  }

  seenBy(client: string | undefined): void {
    if (client !== undefined) this.#clients.add(client);
  }

  /** What is in the queue, to look at. */
  async look<Result>(at: (book: RequestBook) => Result): Promise<Result> {
    return await this.use('read', async () => at(this.#book));
  }

  /** Locks or unlocks: nothing of it goes to the disk. */
  async lock<Result>(change: (book: RequestBook) => Result): Promise<Result> {
    return await this.use('write', async () => change(this.#book));
  }

  /** @returns how many requests it has unlocked */
  unlockAll(): number {
    return this.#book.unlockAll();
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
        const before = this.#book.get(id);
        const wasAlreadyPresent = before !== undefined || added.has(id);
        if (!wasAlreadyPresent) added.set(id, this.#fileFor(draft, isForefront));
        const wasAlreadyHandled = before !== undefined && before.place === undefined;
        return { requestId: id, uniqueKey: draft.uniqueKey, wasAlreadyPresent, wasAlreadyHandled };
      });
      await writeNewRequests(this.folder, [...added.values()]);
      for (const file of added.values()) this.#book.put(file);
      return answers;
    });
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
      const before = this.#book.get(file.id);
      const lockEnd = before && this.#book.lockEnd(before)?.getTime();
      this.#book.put(file, before?.client, lockEnd && (isForefront ? -lockEnd : lockEnd));
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
      if (this.#book.get(id) === undefined) return;
      await removeRequest(this.folder, id);
      this.#book.delete(id);
    });
  }

  protected async load(): Promise<void> {
    const now = this.#clock.now();
    for (const file of await readRequests(this.folder)) {
      // In the future: locked by a Crawlee that was killed. Nobody holds such a lock any more.
      const time = Math.min(Math.abs(file.orderNo ?? now), now);
      this.#book.put({ ...file, orderNo: file.orderNo === null ? null : time * (file.orderNo < 0 ? -1 : 1) });
    }
  }

  #fileFor(draft: RequestDraft, isForefront: boolean): RequestFile {
    const now = this.#clock.now();
    const isHandled = draft['handledAt'] !== undefined && draft['handledAt'] !== null;
    return requestFile(draft, isHandled ? null : isForefront ? -now : now);
  }
}
