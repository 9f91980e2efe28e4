import type { RequestId } from '../recording.ts';
import type { Span } from './canonical.ts';
import type { Migration } from './history.ts';
import type { Write } from './writes.ts';

/**
 * `again`: the next process made the same again. `superseded`: a later write made up for it before the kill. `redone`: it
 * belongs to a request that was not handled yet, whose handler begins again. `lost`: none of these. `open`: not known yet.
 */
export type CutFate = 'again' | 'superseded' | 'redone' | 'lost' | 'open';

/** What the fate of a write is told by. */
export interface Judging {
  readonly migration: Migration;
  readonly span: Span;
  readonly handled: ReadonlyMap<string, RequestId>;
  /** Units of work of the next process in which a cut write may be made again. */
  readonly patience: number;
}

/** The first of the two began after the other. */
export function comesAfter(a: Pick<Write, 'begunAt' | 'id'>, b: Pick<Write, 'begunAt' | 'id'>): boolean {
  return a.begunAt > b.begunAt || (a.begunAt === b.begunAt && a.id > b.id);
}
