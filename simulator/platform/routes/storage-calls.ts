import type { Context } from 'hono';

import type { Change, StorageId } from '../../recording.ts';
import type { Services } from '../services.ts';
import type { Shelf } from '../storage/shelf.ts';
import type { StorageFolder, StorageKind } from '../storage/storage-folder.ts';
import { StorageTrouble } from '../storage/whole-files.ts';
import { ApiError, notFound, type PlatformEnv } from './api-error.ts';
import { readBody } from './body.ts';

/** A write as it comes in. */
export interface Write<Storage, Content, Result> {
  /** What the Apify API takes at most, in bytes. */
  readonly mostBytes?: number;
  /**
   * Understands the uncompressed body.
   *
   * @throws {ApiError} where the call is at fault
   */
  readonly read: (bytes: Buffer) => Content;
  /** What is recorded; without the content where it did not arrive whole or cannot be understood. */
  readonly change: (storage: StorageId, content: Content | undefined) => Change;
  readonly store: (storage: Storage, content: Content) => Promise<Result>;
}

/** Calls to one kind of storage: finds the storage that a call's path names, and sees writes through the gate. */
export class StorageCalls<Storage extends StorageFolder> {
  readonly #services: Services;
  readonly #kind: StorageKind;
  readonly #shelf: Shelf<Storage>;

  constructor(services: Services, kind: StorageKind, shelf: Shelf<Storage>) {
    this.#services = services;
    this.#kind = kind;
    this.#shelf = shelf;
  }

  /** @throws {ApiError} 404 where there is none */
  async find(context: Context<PlatformEnv>): Promise<Storage> {
    const idOrName = context.req.param('storage') ?? '';
    const storage = await this.#shelf.find(idOrName);
    if (storage === undefined) throw notFound(`The ${this.#kind} "${idOrName}"`);
    return storage;
  }

  /**
   * @throws {ApiError} where the call is at fault: recorded as refused
   * @throws {WriteCut}
   */
  async write<Content, Result>(context: Context<PlatformEnv>, write: Write<Storage, Content, Result>): Promise<Result> {
    const arrival = await readBody(context, write.mostBytes);
    const content = arrival.kind === 'whole' ? understand(write, arrival.bytes) : undefined;
    const understood = content !== undefined && 'is' in content ? content : undefined;
    const connection = arrival.kind === 'cut' ? AbortSignal.abort() : context.req.raw.signal;
    const change = write.change(await this.#recorded(context), understood?.is);
    return await this.#services.writes.pass(connection, change, async () => {
      if (arrival.kind === 'faulty') throw arrival.fault;
      if (content === undefined) throw new Error('A write that was cut is not stored.');
      if (!('is' in content)) throw content.fault;
      return await write.store(await this.find(context), content.is);
    });
  }

  /** A write without a body. */
  async change<Result>(
    context: Context<PlatformEnv>,
    change: (storage: StorageId) => Change,
    store: (storage: Storage) => Promise<Result>,
  ): Promise<Result> {
    return await this.write(context, { read: () => null, change, store });
  }

  async #recorded(context: Context<PlatformEnv>): Promise<StorageId> {
    const idOrName = context.req.param('storage') ?? '';
    const unknown = { kind: this.#kind, name: idOrName };
    try {
      return (await this.#shelf.find(idOrName))?.recorded ?? unknown;
    } catch (error) {
      // The write is going to fail of it, and is recorded so.
      if (error instanceof StorageTrouble) return unknown;
      throw error;
    }
  }
}

function understand<Content>(
  write: { readonly read: (bytes: Buffer) => Content },
  bytes: Buffer,
): { readonly is: Content } | { readonly fault: ApiError } {
  try {
    return { is: write.read(bytes) };
  } catch (fault) {
    if (fault instanceof ApiError) return { fault };
    throw fault;
  }
}
