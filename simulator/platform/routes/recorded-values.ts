import { createHash } from 'node:crypto';

import type { RecordedItem, RecordedValue } from '../../recording.ts';
import type { Item } from '../storage/dataset.ts';
import type { StoredRecord } from '../storage/key-value-store.ts';

/** What is larger is recorded by its hash alone. */
const LARGEST_JSON = 256 * 1024;
const LARGEST_ITEM = 64 * 1024;

export function recordedValue({ contentType, bytes }: StoredRecord): RecordedValue {
  const json = contentType.startsWith('application/json') && bytes.length <= LARGEST_JSON ? jsonText(bytes) : undefined;
  return { contentType, bytes: bytes.length, sha256: sha256(bytes), ...(json !== undefined && { json }) };
}

export function recordedItem(item: Item): RecordedItem {
  const json = JSON.stringify(item);
  return Buffer.byteLength(json) <= LARGEST_ITEM ? { json } : { sha256: sha256(json) };
}

function jsonText(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  try {
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
