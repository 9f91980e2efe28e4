import type { RequestQueueClientRequestSchema } from 'apify-client';

export type Draft = Omit<RequestQueueClientRequestSchema, 'id'> & { readonly uniqueKey: string };

/** A request to be added. */
export function draft(name: string): Draft {
  return { url: `http://example.com/${name}`, uniqueKey: name, method: 'GET', userData: { name } };
}
