import type { Block, Edge, Place } from './blocks.ts';

/** What a search does not go past. */
export interface Obstacles {
  readonly places?: readonly Place[];
  readonly isClosed?: (edge: Edge) => boolean;
}

/** Whether the code gets from right behind some places to one of the targets. */
export function reaches(from: readonly Place[], targets: readonly Place[], obstacles: Obstacles = {}): boolean {
  const entered = new Set<Block>();
  const pending = from.map(({ block, index }) => ({ block, start: index + 1 }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { block, start } = next;
    const stop = firstObstacle(block, start, obstacles.places ?? []);
    if (targets.some((each) => each.block === block && each.index >= start && each.index <= stop)) return true;
    if (stop !== Number.POSITIVE_INFINITY) continue;
    for (const edge of block.out) {
      if (entered.has(edge.to) || obstacles.isClosed?.(edge) === true) continue;
      entered.add(edge.to);
      pending.push({ block: edge.to, start: 0 });
    }
  }
  return false;
}

function firstObstacle(block: Block, start: number, places: readonly Place[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const place of places) {
    if (place.block === block && place.index >= start) first = Math.min(first, place.index);
  }
  return first;
}

/** The blocks that some blocks lead to, themselves included. */
export function closure(from: readonly Block[], next: (block: Block) => readonly Block[]): ReadonlySet<Block> {
  const found = new Set(from);
  for (const block of found) for (const each of next(block)) found.add(each);
  return found;
}
