import { createHash } from 'node:crypto';
import path from 'node:path';

import mime from 'mime-types';

/** What a file's name says of the record in it. */
export interface RecordName {
  readonly key: string;
  readonly contentType: string;
}

/** The files of one record. */
export interface RecordFiles {
  readonly data: string;
  /** Keeps what the name of `data` does not tell; written only where it is needed. */
  readonly metadata: string;
}

/** Crawlee's file of metadata beside a record; `file` is ours. */
export interface RecordMetadata extends RecordName {
  readonly extension: string;
  readonly file: string;
}

const METADATA = '.__metadata__.json';
/** Leaves room for an extension and for the mark of an unfinished file in the 255 bytes of a name. */
const LONGEST_STEM = 200;
/** Names that Windows keeps for devices, and those that have a meaning in Crawlee's layout. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|__metadata__|^\.|\.$/i;

/** Reads a name as Crawlee does (@crawlee/memory-storage 3.18.1, `findOrCacheKeyValueStoreByPossibleId`). */
export function readName(file: string): RecordName {
  const extension = path.extname(file);
  return {
    key: extension === '' ? file : file.slice(0, -extension.length),
    contentType: mime.contentType(file) || 'text/plain',
  };
}

export function isMetadata(file: string): boolean {
  return file.includes('.__metadata__.');
}

/** Not metadata, and not what people or systems put into any folder, such as `.gitkeep`. */
export function isRecord(file: string): boolean {
  const isHidden = file.startsWith('.') && path.extname(file) === '';
  return !isMetadata(file) && file !== '__metadata__.json' && !isHidden;
}

/** The names that Crawlee gives to a record (`KeyValueFileSystemEntry.update`): a key that already ends in a matching extension stays. */
export function crawleeFiles(key: string, contentType: string): RecordFiles {
  const byKey = mime.contentType(key);
  const isMatching = byKey !== false && byKey.startsWith(contentType);
  return {
    data: isMatching ? key : `${key}.${extensionOf(contentType)}`,
    metadata: `${key}${METADATA}`,
  };
}

/** For a record that cannot have the names that Crawlee would give to it: too long, reserved, or another record's. */
export function hashedFiles(key: string, contentType: string): RecordFiles {
  const stem = `record-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
  return { data: `${stem}.${extensionOf(contentType)}`, metadata: `${stem}${METADATA}` };
}

export function canBeAFile(key: string): boolean {
  return key.length <= LONGEST_STEM && !RESERVED.test(key);
}

/** The metadata that must be kept so that the record comes back as it was; `undefined` where its file's name tells it all. */
export function metadataFor(files: RecordFiles, record: RecordName): RecordMetadata | undefined {
  const told = readName(files.data);
  if (told.key === record.key && told.contentType === record.contentType) return undefined;
  const { key, contentType } = record;
  return { key, contentType, extension: extensionOf(contentType), file: files.data };
}

/** @returns `undefined` where it is none: half written by Crawlee, or somebody else's */
export function parseMetadata(text: string): (Partial<RecordMetadata> & { readonly key: string }) | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('key' in value) || typeof value.key !== 'string')
      return undefined;
    return {
      key: value.key,
      ...('contentType' in value && typeof value.contentType === 'string' && { contentType: value.contentType }),
      ...('extension' in value && typeof value.extension === 'string' && { extension: value.extension }),
      ...('file' in value && typeof value.file === 'string' && { file: value.file }),
    };
  } catch {
    return undefined;
  }
}

function extensionOf(contentType: string): string {
  return mime.extension(contentType) || 'bin';
}
