import type { Change, RecordedItem, RecordedValue, RequestId, StorageId } from '../recording.ts';
import { isObject } from '../platform/json.ts';
import { recordedItem, recordedValue } from '../platform/routes/recorded-values.ts';
import { requestId } from '../platform/storage/stored-request.ts';
import type { Called } from '../preload/crawlee-protocol.ts';

/** What a call of Crawlee's local storage changes; `undefined`: it reads. */
export function changeOf({ storage, method, argument }: Called): Change | undefined {
  switch (method) {
    case 'setRecord':
      return { type: 'set-record', record: { store: storage, key: keyOf(argument) }, value: valueOf(argument) };
    case 'deleteRecord':
      return { type: 'delete-record', record: { store: storage, key: String(argument) } };
    case 'pushItems':
      return { type: 'push-items', dataset: storage, items: itemsOf(argument) };
    case 'addRequest':
    case 'batchAddRequests':
      return { type: 'add-requests', queue: storage, requests: listOf(argument).map(requestOf) };
    case 'updateRequest':
      return { type: 'update-request', queue: storage, request: requestOf(argument), handled: isHandled(argument) };
    case 'deleteRequest':
      return { type: 'delete-request', queue: storage, request: { id: String(argument), uniqueKey: '', url: '' } };
    case 'delete':
      return { type: 'drop-storage', storage };
    default:
      return undefined;
  }
}

/** What a call read, once it is known. */
export function readOf(
  { storage, method, argument }: Called,
  result: unknown,
):
  | {
      readonly read: 'record';
      readonly record: { readonly store: StorageId; readonly key: string };
      readonly value: RecordedValue | undefined;
    }
  | { readonly read: 'request'; readonly request: RequestId }
  | undefined {
  if (method === 'getRecord') {
    const value = isObject(result) ? valueOf(result) : undefined;
    return { read: 'record', record: { store: storage, key: String(argument) }, value };
  }
  // One that is handled already is looked at, not taken.
  if (method !== 'getRequest' || !isObject(result) || isHandled(result)) return undefined;
  return { read: 'request', request: requestOf(result) };
}

function keyOf(record: unknown): string {
  return isObject(record) ? String(record['key']) : '';
}

/** Of a record as Crawlee's storage takes it and gives it: text, bytes, or a value that is kept as JSON. */
function valueOf(record: unknown): RecordedValue {
  const { value, contentType } = isObject(record) ? record : {};
  const type = typeof contentType === 'string' ? contentType : 'application/json; charset=utf-8';
  if (isObject(value) && typeof value['base64'] === 'string')
    return recordedValue({ contentType: type, bytes: Buffer.from(value['base64'], 'base64') });
  const text =
    typeof value === 'string' && !isParsedText(type, value) ? value : (JSON.stringify(value, undefined, 2) ?? '');
  return recordedValue({ contentType: type, bytes: Buffer.from(text) });
}

/** A text that was read from JSON: `"abc"` comes back as abc. */
function isParsedText(contentType: string, text: string): boolean {
  if (!contentType.startsWith('application/json')) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

function itemsOf(sent: unknown): readonly RecordedItem[] {
  const items: unknown = typeof sent === 'string' ? JSON.parse(sent) : sent;
  return listOf(items).map((item) => {
    const value: unknown = typeof item === 'string' ? JSON.parse(item) : item;
    return recordedItem(isObject(value) ? value : { value });
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function requestOf(sent: unknown): RequestId {
  const { id, uniqueKey, url } = isObject(sent) ? sent : {};
  const key = textOf(uniqueKey);
  return { id: typeof id === 'string' ? id : requestId(key), uniqueKey: key, url: textOf(url) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isHandled(request: unknown): boolean {
  return isObject(request) && request['handledAt'] !== undefined && request['handledAt'] !== null;
}
