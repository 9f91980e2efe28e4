import type { StorageId } from '../../recording.ts';
import { RefusedWrite } from '../write-gate.ts';
import { Turns } from './turns.ts';
import { remove } from './whole-files.ts';

export type StorageKind = StorageId['kind'];

/** Which storage it is: what its folder on the disk tells. */
export interface StorageIdentity {
  readonly kind: StorageKind;
  readonly id: string;
  /** `undefined` for the default storages of a run and for those that were created without a name. */
  readonly name: string | undefined;
  readonly folder: string;
  readonly createdAt: Date;
}

/** The storage was dropped before it was this call's turn. */
export class StorageDropped extends RefusedWrite {}

/** One storage in a folder of its own. What is in it is looked at when it is first needed, and kept in mind from then on. */
export abstract class StorageFolder {
  readonly kind: StorageKind;
  readonly id: string;
  readonly createdAt: Date;
  name: string | undefined;
  folder: string;
  /** Shown by the API only; forgotten with the run. */
  title: string | undefined;
  accessedAt: Date;
  modifiedAt: Date;
  /** Reads and writes of the storage wait for each other. */
  readonly #turns = new Turns();
  #isLoaded = false;
  #isDropped = false;

  constructor(identity: StorageIdentity) {
    this.kind = identity.kind;
    this.id = identity.id;
    this.name = identity.name;
    this.folder = identity.folder;
    this.createdAt = identity.createdAt;
    this.accessedAt = identity.createdAt;
    this.modifiedAt = identity.createdAt;
  }

  /** What the recording calls it. */
  get recorded(): StorageId {
    return { kind: this.kind, name: this.id === DEFAULT_ID ? DEFAULT_ID : (this.name ?? this.id) };
  }

  /** Takes in what is on the disk. */
  protected abstract load(): Promise<void>;

  /** @throws {StorageTrouble} */
  async drop(): Promise<void> {
    await this.use('write', async () => {
      await remove(this.folder);
      this.#isDropped = true;
    });
  }

  /**
   * Work with the content on the disk, one after the other.
   *
   * @throws {StorageDropped}
   */
  async use<Result>(purpose: 'read' | 'write', work: () => Promise<Result>): Promise<Result> {
    return await this.#turns.take(async () => {
      if (this.#isDropped) throw new StorageDropped(`The ${this.kind} "${this.recorded.name}" was dropped.`);
      if (!this.#isLoaded) await this.load();
      this.#isLoaded = true;
      const result = await work();
      this.accessedAt = new Date();
      if (purpose === 'write') this.modifiedAt = this.accessedAt;
      return result;
    });
  }
}

/** The id of a run's default storage of each kind. */
export const DEFAULT_ID = 'default';
