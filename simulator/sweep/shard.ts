/** A part of a sweep: `index` from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export const WHOLE_SWEEP: Shard = { index: 1, of: 1 };

/** Reads `1/4`; `undefined` for what names no part. */
export function parseShard(text: string): Shard | undefined {
  const { index, of } = /^(?<index>\d{1,4})\/(?<of>\d{1,4})$/.exec(text)?.groups ?? {};
  const shard = { index: Number(index), of: Number(of) };
  return shard.index >= 1 && shard.index <= shard.of ? shard : undefined;
}
