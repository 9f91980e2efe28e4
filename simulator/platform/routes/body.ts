import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import type { Context } from 'hono';

import { WriteCut } from '../write-gate.ts';
import { ApiError, type PlatformEnv } from './api-error.ts';

/** How a body came in: whole; with a fault that the call is refused for; or not whole, its connection is gone. */
export type Arrival =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'faulty'; readonly fault: ApiError }
  | { readonly kind: 'cut' };

/** apify-client sends what is larger than 1 KB compressed: with brotli, older ones with gzip. */
const DECODERS: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  identity: async (bytes) => bytes,
  gzip: promisify<Buffer, Buffer>(gunzip),
  deflate: promisify<Buffer, Buffer>(inflate),
  br: promisify<Buffer, Buffer>(brotliDecompress),
};

/**
 * Reads the body of a call, and uncompresses it.
 *
 * @param mostBytes what the Apify API takes at most, as it is sent
 */
export async function readBody(context: Context<PlatformEnv>, mostBytes = Infinity): Promise<Arrival> {
  const sent = await arrival(context);
  if (sent === undefined) return { kind: 'cut' };
  if (sent.length > mostBytes) {
    const sentence = `The body is too large: ${sent.length} bytes, and the Apify API takes ${mostBytes} at most.`;
    return { kind: 'faulty', fault: new ApiError(413, 'request-too-large', sentence) };
  }
  const encoding = context.req.header('content-encoding') ?? 'identity';
  const decode = DECODERS[encoding.toLowerCase()];
  if (decode === undefined) return faulty(`The content encoding "${encoding}" is not known.`);
  try {
    return { kind: 'whole', bytes: await decode(sent) };
  } catch {
    return faulty(`The body is not what its content encoding "${encoding}" says.`);
  }
}

/**
 * The body of a call that is no write, as JSON.
 *
 * @throws {ApiError} 400
 * @throws {WriteCut} where the connection is gone
 */
export async function readJson(context: Context<PlatformEnv>): Promise<unknown> {
  const body = await readBody(context);
  if (body.kind === 'faulty') throw body.fault;
  if (body.kind === 'cut') throw new WriteCut();
  return parseJson(body.bytes);
}

/** @throws {ApiError} 400 */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new ApiError(400, 'invalid-json', 'The body is no JSON.');
  }
}

async function arrival(context: Context<PlatformEnv>): Promise<Buffer | undefined> {
  try {
    return Buffer.from(await context.req.arrayBuffer());
  } catch {
    // Nothing but the loss of the connection ends a body early.
    return undefined;
  }
}

function faulty(sentence: string): Arrival {
  return { kind: 'faulty', fault: new ApiError(400, 'invalid-content-encoding', sentence) };
}
