import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { ErrorHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

import type { Services } from '../services.ts';
import { StorageDropped } from '../storage/storage-folder.ts';
import { StorageTrouble } from '../storage/whole-files.ts';
import { FailedWrite, RefusedWrite, WriteCut } from '../write-gate.ts';

/** What every app of the platform is made with: a route may need the socket itself. */
export interface PlatformEnv {
  readonly Bindings: HttpBindings;
}

/**
 * A call that is answered as the Apify API answers a fault of the caller: `{ error: { type, message } }`. A write that
 * fails with it is recorded as refused. The message is a sentence for the person.
 */
export class ApiError extends RefusedWrite {
  /** Below 500 and not 429, but where an outage is played: apify-client repeats those for half a minute and more. */
  readonly status: ContentfulStatusCode;
  readonly type: string;

  constructor(status: ContentfulStatusCode, type: string, sentence: string) {
    super(sentence);
    this.name = 'ApiError';
    this.status = status;
    this.type = type;
  }
}

/** `what` is not there; apify-client's getters answer `undefined` for it (apify-client 2.25.0, `catchNotFoundOrThrow`). */
export function notFound(what: string): ApiError {
  return new ApiError(404, 'record-not-found', `${what} was not found.`);
}

export function invalidValue(sentence: string): ApiError {
  return new ApiError(400, 'invalid-value', sentence);
}

/** A call that the local platform does not serve. It is recorded, so that the report can name it. */
export class NotServed extends ApiError {
  constructor(sentence: string) {
    super(400, 'not-served-locally', sentence);
    this.name = 'NotServed';
  }
}

const FAULTS = {
  reject: { status: 400, type: 'simulated-rejection' },
  outage: { status: 503, type: 'simulated-outage' },
} as const;

/** Answers what a route has thrown. A write that was cut gets no answer: its connection is closed. */
export function answerErrors(services: Services): ErrorHandler<PlatformEnv> {
  return (error, context) => {
    if (error instanceof WriteCut) {
      context.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    if (error instanceof NotServed) {
      const { method, path } = context.req;
      services.recorder.record({ kind: 'refused', method, path, sentence: error.message });
    }
    if (error instanceof ApiError) return context.json(body(error.type, error.message), error.status);
    if (error instanceof FailedWrite) {
      const { status, type } = FAULTS[error.fault];
      return context.json(body(type, error.message), status);
    }
    if (error instanceof StorageDropped) return context.json(body('record-not-found', error.message), 404);
    if (error instanceof StorageTrouble) {
      services.onStorageTrouble?.(error.message);
      // 400, since apify-client would repeat a 500 until the migration is over.
      return context.json(body('storage-not-writable', error.message), 400);
    }
    console.error(error);
    return context.json(body('local-platform-failed', `The local platform failed: ${error.message}`), 400);
  };
}

function body(type: string, message: string): { readonly error: { readonly type: string; readonly message: string } } {
  return { error: { type, message } };
}
