import { createHash } from 'node:crypto';
import type { RecordedValue, RecordId, RequestId } from '../../recording.ts';

/** `STATE` in the default store, `settings/STATE` in the store `settings`. */
export function recordId(name: string): RecordId {
  const [key = '', store = 'default'] = name.split('/').toReversed();
  return { store: { kind: 'key-value-store', name: store }, key };
}

export function requestId(url: string): RequestId {
  // `url#2` is the same page under another unique key.
  return { id: `id-${url}`, uniqueKey: url, url: url.split('#')[0] ?? url };
}

export function jsonValue(value: unknown): RecordedValue {
  const json = JSON.stringify(value);
  const sha256 = createHash('sha256').update(json).digest('hex');
  return { contentType: 'application/json; charset=utf-8', bytes: json.length, sha256, json };
}
