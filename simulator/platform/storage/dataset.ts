import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { isObject, type JsonObject } from '../json.ts';
import { inParts } from './in-parts.ts';
import { StorageFolder } from './storage-folder.ts';
import { namesIn, remove, writeWhole } from './whole-files.ts';

export type Item = JsonObject;

export interface ItemRange {
  readonly offset: number;
  readonly limit: number;
  /** Offset and limit count from the end. */
  readonly isDescending: boolean;
}

/** A dataset: each item in a file of its own, numbered from 1. */
export class Dataset extends StorageFolder {
  /** The files of the items, in order. */
  #files: string[] = [];
  #lastNumber = 0;

  /**
   * Adds the items at the end, all or none.
   *
   * @throws {StorageTrouble}
   */
  async push(items: readonly Item[]): Promise<void> {
    await this.use('write', async () => {
      const added = items.map((item, index) => ({ file: fileName(this.#lastNumber + index + 1), item }));
      try {
        await inParts(added, async ({ file, item }) => {
          // As Crawlee writes it.
          await writeWhole(path.join(this.folder, file), JSON.stringify(item, null, '\t'));
        });
      } catch (error) {
        await Promise.allSettled(added.map(async ({ file }) => await remove(path.join(this.folder, file))));
        throw error;
      }
      for (const { file } of added) this.#files.push(file);
      this.#lastNumber += added.length;
    });
  }

  async count(): Promise<number> {
    return await this.use('read', async () => this.#files.length);
  }

  /** @throws {StorageTrouble} */
  async items(range: ItemRange): Promise<readonly Item[]> {
    return await this.use('read', async () => {
      const { offset, limit, isDescending } = range;
      const ordered = isDescending ? this.#files.toReversed() : this.#files;
      const items = await inParts(ordered.slice(offset, offset + limit), async (file) => await this.#read(file));
      return items.filter((item) => item !== undefined);
    });
  }

  protected async load(): Promise<void> {
    const files = (await namesIn(this.folder, 'files')).filter((name) => /^[^._].*\.json$/.test(name)).toSorted();
    this.#files = [...files];
    this.#lastNumber = files.reduce((last, file) => Math.max(last, Number.parseInt(file, 10) || 0), files.length);
  }

  /** `undefined` where Crawlee was killed while it wrote the file. */
  async #read(file: string): Promise<Item | undefined> {
    try {
      const item: unknown = JSON.parse(await readFile(path.join(this.folder, file), 'utf8'));
      return isObject(item) ? item : undefined;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
}

function fileName(number: number): string {
  return `${String(number).padStart(9, '0')}.json`;
}
