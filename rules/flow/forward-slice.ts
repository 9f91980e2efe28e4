import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { isDefaulted, RecordFollower } from './forward/record-follower.ts';
import type { Read, ValueUse } from './forward/record-follower.ts';
import type { Call } from '../syntax/file-index.ts';
import { outermostAwaited } from '../syntax/operands.ts';

/** What a program does with a value that came back: a record that was read, an object of `useState`. */
export interface RestoredReads {
  /** The parts that are taken from it by name, each with the places: `saved.page`, the `page` of a pattern. */
  readonly fields: ReadonlyMap<string, readonly ts.Node[]>;
  /** Uses of the whole value: the call with its defaults, and each name that stands for it. */
  readonly wholes: readonly ts.Expression[];
  /** What is done with the whole value but that. */
  readonly uses: readonly ValueUse[];
  /** False where it goes where it is not followed: then all of it may be read. */
  readonly isFollowed: boolean;
}

/**
 * Follows what a call brings, wherever the program puts it, to the parts that are read.
 *
 * @param call gives a promise of the value
 * @param through the calls that lead to it: what a function returns is followed to that one of its callers only
 */
export function readsOf(code: Code, call: Call, through: readonly Call[] = []): RestoredReads {
  return readsIn(new RecordFollower(code, through).climb(call, { layers: ['result'], into: [], isAsRead: true }));
}

/** Follows a value from a place that has it: an expression, or the element of a pattern. */
export function readsFrom(code: Code, place: ts.Node): RestoredReads {
  const follower = new RecordFollower(code, []);
  const way = { layers: [], into: [], isAsRead: true };
  if (ts.isBindingElement(place)) return readsIn(follower.declared(place.name, way));
  return readsIn(ts.isExpression(place) ? follower.climb(place, way) : []);
}

function readsIn(reads: readonly Read[]): RestoredReads {
  const fields = new Map<string, Set<ts.Node>>();
  for (const read of reads) {
    if (read.kind === 'field') fields.set(read.name, (fields.get(read.name) ?? new Set()).add(read.place));
  }
  return {
    fields: new Map([...fields].map(([name, places]) => [name, [...places]])),
    wholes: [...new Set(reads.flatMap((read) => (read.kind === 'whole' ? [read.at] : [])))],
    uses: reads.flatMap((read) => (isUse(read) ? [read] : [])),
    isFollowed: reads.every(({ kind }) => kind !== 'lost'),
  };
}

function isUse(read: Read): read is ValueUse {
  return read.kind !== 'field' && read.kind !== 'whole' && read.kind !== 'lost';
}

/** The expression around a use that has the same value, a default behind `||` or `??` included. */
export function outermostDefaulted(use: ts.Expression): ts.Expression {
  let value = outermostAwaited(use);
  while (isDefaulted(value, value.parent)) value = outermostAwaited(value.parent);
  return value;
}
