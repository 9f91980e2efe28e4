import { isObject, type JsonObject } from '../json.ts';
import { hashId } from './shelf.ts';

/** A request as the Actor sent it. */
export interface RequestDraft {
  readonly url: string;
  readonly uniqueKey: string;
  readonly [field: string]: unknown;
}

/** What the file of a request holds (@crawlee/memory-storage 3.18.1, `_createInternalRequest`). */
export interface RequestFile {
  readonly id: string;
  /** The whole request as JSON text. */
  readonly json: string;
  readonly method?: string | undefined;
  /** `null`: handled. */
  readonly orderNo: number | null;
  readonly retryCount: number;
  readonly uniqueKey: string;
  readonly url: string;
}

/** The id that Apify gives to a request, also in Crawlee's own cache. */
export function requestId(uniqueKey: string): string {
  return hashId(uniqueKey, 15);
}

export function requestFile(draft: RequestDraft, orderNo: number | null): RequestFile {
  const id = requestId(draft.uniqueKey);
  const { method, uniqueKey, url, retryCount } = draft;
  return {
    id,
    json: JSON.stringify({ ...draft, id }),
    method: typeof method === 'string' ? method : undefined,
    orderNo,
    retryCount: typeof retryCount === 'number' ? retryCount : 0,
    uniqueKey,
    url,
  };
}

/** The request as it was sent, without what is null: Crawlee takes no null. */
export function sentRequest(file: RequestFile): JsonObject {
  const request = parse(file.json);
  return isObject(request) ? Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null)) : {};
}

/** As Crawlee writes it. */
export function printRequestFile(file: RequestFile): string {
  return JSON.stringify(file, null, '\t');
}

/** @returns `undefined` where it is none: Crawlee was killed while it wrote it */
export function parseRequestFile(text: string): RequestFile | undefined {
  const file = parse(text);
  if (!isObject(file) || typeof file['json'] !== 'string') return undefined;
  const draft = parse(file['json']);
  if (!isRequestDraft(draft)) return undefined;
  return requestFile(draft, typeof file['orderNo'] === 'number' ? file['orderNo'] : null);
}

/** Whether a queue can hold it. */
export function isRequestDraft(value: unknown): value is RequestDraft {
  return isObject(value) && isText(value['url']) && isText(value['uniqueKey']);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
