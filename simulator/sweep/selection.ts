import { groupBy } from '../verdict/group.ts';
import type { Point } from './points.ts';

export interface Selection {
  /** In the order of time. */
  readonly chosen: readonly Point[];
  readonly leftOut: readonly LeftOut[];
}

/** Points at which the Actor is not migrated, since the limit was reached. */
export interface LeftOut {
  readonly count: number;
  /** An alike point at which it is. */
  readonly like: string;
  readonly what: string;
}

/**
 * Chooses at which points to migrate, of more than the limit: of each kind of alike points the first, then of each the last,
 * then those in between, the widest gaps first.
 */
export function select(points: readonly Point[], limit: number): Selection {
  const groups = [...groupBy(points, ({ kind }) => kind).values()].map(widestGapsFirst);
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  const rounds = Array.from({ length: longest }, (_, round) =>
    groups.flatMap((group) => group.slice(round, round + 1)),
  );
  const chosen = new Set(rounds.flat().slice(0, limit));
  return {
    chosen: points.filter((point) => chosen.has(point)),
    leftOut: groups.flatMap((group) => {
      const [first] = group;
      const count = group.filter((point) => !chosen.has(point)).length;
      return first === undefined || count === 0 ? [] : [{ count, like: first.at, what: first.what }];
    }),
  };
}

/** The first, the last, the middle, the middles of the halves, and so on. */
function widestGapsFirst(points: readonly Point[]): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first === last) return points;
  const order = [first, last];
  let gaps: readonly (readonly [number, number])[] = [[0, points.length - 1]];
  while (gaps.length > 0) {
    gaps = gaps.flatMap(([from, to]) => {
      const middle = Math.floor((from + to) / 2);
      const point = points[middle];
      if (middle === from || point === undefined) return [];
      order.push(point);
      return [
        [from, middle],
        [middle, to],
      ];
    });
  }
  return order;
}
