import type { Block, Flow } from './blocks.ts';
import { closure } from './reachability.ts';

/** The blocks of each loop by the block that begins its rounds. A loop that never comes to a second round is none. */
export function naturalLoops(
  { headers }: Flow,
  dominates: (header: Block, block: Block) => boolean,
): ReadonlyMap<Block, ReadonlySet<Block>> {
  const found = new Map<Block, ReadonlySet<Block>>();
  for (const header of headers.keys()) {
    const ways = header.in.map(({ from }) => from).filter((block) => dominates(header, block));
    if (ways.length === 0) continue;
    const before = (block: Block): readonly Block[] => (block === header ? [] : block.in.map(({ from }) => from));
    const blocks = closure([header, ...ways], before);
    found.set(header, new Set([...blocks].filter((block) => dominates(header, block))));
  }
  return found;
}
