import { createHash, randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';

import { DEFAULT_ID, type StorageFolder, type StorageIdentity, type StorageKind } from './storage-folder.ts';
import { Turns } from './turns.ts';
import { makeFolder, namesIn, renameFolder } from './whole-files.ts';

/** Crawlee takes a folder with such a name for a storage without a name (@crawlee/memory-storage 3.18.1, cache-helpers). */
const UNNAMED = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Left by Crawlee's purge. */
const NO_STORAGE = /^(\.|__CRAWLEE_|__OLD)/;

/** All storages of one kind: a folder each in Crawlee's local layout, named as the storage is, or by its id without a name. */
export class Shelf<Storage extends StorageFolder> {
  readonly #kind: StorageKind;
  readonly #folder: string;
  readonly #open: (identity: StorageIdentity) => Storage;
  readonly #turns = new Turns();
  #storages: Map<string, Storage> | undefined;

  constructor(kind: StorageKind, folder: string, open: (identity: StorageIdentity) => Storage) {
    this.#kind = kind;
    this.#folder = folder;
    this.#open = open;
  }

  /** @param idOrName an id, a name, or `username~name` */
  async find(idOrName: string): Promise<Storage | undefined> {
    return await this.#turns.take(async () => this.#find(await this.#all(), idOrName));
  }

  /** With a name: the storage that has it, made where there is none. Without: a new one. */
  async getOrCreate(name: string | undefined): Promise<Storage> {
    return await this.#turns.take(async () => {
      const storages = await this.#all();
      const found = name === undefined ? undefined : this.#find(storages, name);
      if (found !== undefined) return found;
      const storage = this.#open(this.#identify(name ?? randomUUID(), new Date()));
      await makeFolder(storage.folder);
      storages.set(storage.id, storage);
      return storage;
    });
  }

  async list(): Promise<readonly Storage[]> {
    return await this.#turns.take(async () => [...(await this.#all()).values()]);
  }

  /** Those that were used until now: what is in mind only, such as locks, is nowhere else. */
  get known(): Iterable<Storage> {
    return this.#storages?.values() ?? [];
  }

  /** @returns false where another storage has the name */
  async rename(storage: Storage, name: string): Promise<boolean> {
    return await this.#turns.take(async () => {
      const other = this.#find(await this.#all(), name);
      if (other !== undefined) return other === storage;
      const folder = path.join(this.#folder, name);
      await storage.use('write', async () => {
        await renameFolder(storage.folder, folder);
        storage.folder = folder;
      });
      storage.name = name;
      return true;
    });
  }

  async drop(storage: Storage): Promise<void> {
    await this.#turns.take(async () => {
      await storage.drop();
      (await this.#all()).delete(storage.id);
    });
  }

  #find(storages: ReadonlyMap<string, Storage>, idOrName: string): Storage | undefined {
    const wanted = idOrName.slice(idOrName.indexOf('~') + 1);
    const byId = storages.get(wanted);
    if (byId !== undefined) return byId;
    // Two names that differ in case only would share a folder on many disks; Crawlee takes them for one, too.
    const name = wanted.toLowerCase();
    return [...storages.values()].find((storage) => storage.name?.toLowerCase() === name);
  }

  async #all(): Promise<Map<string, Storage>> {
    this.#storages ??= await this.#load();
    return this.#storages;
  }

  async #load(): Promise<Map<string, Storage>> {
    const names = (await namesIn(this.#folder, 'folders')).filter((name) => !NO_STORAGE.test(name));
    // The default storages are there from the beginning of a run; their folders are made with the first write.
    const identities = [this.#identify(DEFAULT_ID, new Date())];
    for (const name of names) {
      if (name === DEFAULT_ID) continue;
      identities.push(this.#identify(name, (await stat(path.join(this.#folder, name))).birthtime));
    }
    return new Map(identities.map((identity) => [identity.id, this.#open(identity)]));
  }

  /** The id of a named storage is the same in each run, so that what an Actor has noted down stays right. */
  #identify(nameOrId: string, createdAt: Date): StorageIdentity {
    const isNamed = nameOrId !== DEFAULT_ID && !UNNAMED.test(nameOrId);
    return {
      kind: this.#kind,
      id: isNamed ? hashId(`${this.#kind}/${nameOrId.toLowerCase()}`, 17) : nameOrId,
      name: isNamed ? nameOrId : undefined,
      folder: path.join(this.#folder, nameOrId),
      createdAt,
    };
  }
}

/** An id made of letters and digits, as Apify makes that of a request (@crawlee/memory-storage 3.18.1, `uniqueKeyToRequestId`). */
export function hashId(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64').replaceAll(/[+/=]/g, '').slice(0, length);
}
