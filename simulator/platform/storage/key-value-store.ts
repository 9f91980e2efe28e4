import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { inParts } from './in-parts.ts';
import {
  canBeAFile,
  crawleeFiles,
  hashedFiles,
  isMetadata,
  isRecord,
  metadataFor,
  parseMetadata,
  readName,
  type RecordFiles,
} from './record-files.ts';
import { StorageFolder } from './storage-folder.ts';
import { codeOf, namesIn, remove, writeWhole } from './whole-files.ts';

/** A record as it was sent, uncompressed. */
export interface StoredRecord {
  readonly contentType: string;
  readonly bytes: Buffer;
}

interface Kept {
  readonly contentType: string;
  readonly files: RecordFiles;
  readonly bytes: number;
  readonly hasMetadata: boolean;
  /** Not written by this run: half written JSON may be in it. */
  readonly isFound: boolean;
}

export class KeyValueStore extends StorageFolder {
  #records = new Map<string, Kept>();
  /** Which record has a file's name, in small letters: on many disks names that differ in case only are one. */
  #owners = new Map<string, string>();

  /** @throws {StorageTrouble} */
  async get(key: string): Promise<StoredRecord | undefined> {
    return await this.use('read', async () => {
      const kept = this.#records.get(key);
      if (kept === undefined) return undefined;
      const bytes = await readIfThere(path.join(this.folder, kept.files.data));
      if (bytes === undefined || (kept.isFound && isTorn(kept.contentType, bytes))) return undefined;
      return { contentType: kept.contentType, bytes };
    });
  }

  /** @throws {StorageTrouble} */
  async set(key: string, record: StoredRecord): Promise<void> {
    await this.use('write', async () => {
      const { contentType, bytes } = record;
      const before = this.#records.get(key);
      const files = this.#filesFor(key, contentType);
      const metadata = metadataFor(files, { key, contentType });
      // Before the record itself: metadata alone is no record.
      if (metadata !== undefined) await writeWhole(path.join(this.folder, files.metadata), JSON.stringify(metadata));
      await writeWhole(path.join(this.folder, files.data), bytes);
      if (before !== undefined && before.files.data !== files.data) await this.#removeFile(before.files.data);
      if (before?.hasMetadata === true && (metadata === undefined || before.files.metadata !== files.metadata)) {
        await this.#removeFile(before.files.metadata);
      }
      this.#forget(key);
      this.#keep(key, { contentType, files, bytes: bytes.length, hasMetadata: metadata !== undefined, isFound: false });
    });
  }

  /** @throws {StorageTrouble} */
  async delete(key: string): Promise<void> {
    await this.use('write', async () => {
      const kept = this.#records.get(key);
      if (kept === undefined) return;
      await this.#removeFile(kept.files.data);
      if (kept.hasMetadata) await this.#removeFile(kept.files.metadata);
      this.#forget(key);
    });
  }

  /** All keys with the sizes of their records in bytes, ordered by key. */
  async keys(): Promise<readonly { readonly key: string; readonly size: number }[]> {
    return await this.use('read', async () =>
      [...this.#records].map(([key, { bytes }]) => ({ key, size: bytes })).toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    );
  }

  protected async load(): Promise<void> {
    const names = await namesIn(this.folder, 'files');
    const claimed = await this.#readMetadata(names);
    const found = await inParts(names.filter(isRecord), async (name) => {
      const claim = claimed.get(name);
      const told = readName(name);
      const { size, mtimeMs } = await stat(path.join(this.folder, name));
      const contentType = claim?.contentType ?? told.contentType;
      const files = { data: name, metadata: claim?.metadata ?? crawleeFiles(told.key, contentType).metadata };
      const kept = { contentType, files, bytes: size, hasMetadata: claim !== undefined, isFound: true };
      return { key: claim?.key ?? told.key, kept, at: mtimeMs };
    });
    // A crash can leave the file of the content type before: the last one written counts.
    for (const { key, kept } of found.toSorted((a, b) => a.at - b.at)) this.#keep(key, kept);
  }

  /** What metadata says of the files that it belongs to. */
  async #readMetadata(names: readonly string[]): Promise<ReadonlyMap<string, Claim>> {
    const claims = new Map<string, Claim>();
    const present = new Set(names);
    for (const metadata of names.filter(isMetadata)) {
      const parsed = parseMetadata(await readFile(path.join(this.folder, metadata), 'utf8'));
      if (parsed === undefined) continue;
      const candidates = [parsed.file, `${parsed.key}.${parsed.extension ?? ''}`, parsed.key];
      const file = candidates.find((name) => name !== undefined && present.has(name));
      if (file !== undefined) claims.set(file, { key: parsed.key, contentType: parsed.contentType, metadata });
    }
    return claims;
  }

  #filesFor(key: string, contentType: string): RecordFiles {
    const files = crawleeFiles(key, contentType);
    const isFree = [files.data, files.metadata].every((file) => {
      const owner = this.#owners.get(file.toLowerCase());
      return owner === undefined || owner === key;
    });
    return isFree && canBeAFile(key) ? files : hashedFiles(key, contentType);
  }

  #keep(key: string, kept: Kept): void {
    this.#records.set(key, kept);
    for (const file of [kept.files.data, kept.files.metadata]) this.#owners.set(file.toLowerCase(), key);
  }

  #forget(key: string): void {
    const kept = this.#records.get(key);
    this.#records.delete(key);
    for (const file of kept === undefined ? [] : [kept.files.data, kept.files.metadata]) {
      if (this.#owners.get(file.toLowerCase()) === key) this.#owners.delete(file.toLowerCase());
    }
  }

  async #removeFile(name: string): Promise<void> {
    await remove(path.join(this.folder, name));
  }
}

interface Claim {
  readonly key: string;
  readonly contentType: string | undefined;
  readonly metadata: string;
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    // Removed by hand while the run goes on.
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Crawlee writes without care and is killed: it takes no notice of such a record, and apify-client would ask again for ever. */
function isTorn(contentType: string, bytes: Buffer): boolean {
  if (!contentType.startsWith('application/json')) return false;
  try {
    JSON.parse(bytes.toString('utf8'));
    return false;
  } catch {
    return true;
  }
}
