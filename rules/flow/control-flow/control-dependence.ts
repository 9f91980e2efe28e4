import type { Block, Edge, Flow } from './blocks.ts';
import { immediateDominators } from './dominators.ts';
import { closure } from './reachability.ts';

/**
 * The edges that decide whether a block runs: those behind which it runs on every way, while it does not behind every edge of
 * their block. Ferrante, Ottenstein, Warren: The Program Dependence Graph. Ways of errors that no statement throws decide
 * nothing, but for the one from the head of a `try` to its `catch`.
 */
export function controllingEdges(flow: Flow, reachable: ReadonlySet<Block>): ReadonlyMap<Block, readonly Edge[]> {
  const plain = (edges: readonly Edge[]): readonly Edge[] =>
    edges.filter(({ from, implicit }) => !implicit && reachable.has(from));
  const end = flow.blocks.length;
  const last = lastBlocks(flow, reachable, plain);
  const byId = new Map(flow.blocks.map((block) => [block.id, block]));
  const postDominators = immediateDominators({
    size: end + 1,
    root: end,
    next: (id) => {
      const block = byId.get(id);
      return block === undefined ? [...last].map((each) => each.id) : plain(block.in).map(({ from }) => from.id);
    },
    previous: (id) => {
      const block = byId.get(id);
      if (block === undefined) return [];
      const next = plain(block.out).map(({ to }) => to.id);
      return last.has(block) ? [...next, end] : next;
    },
  });
  const found = new Map<Block, Edge[]>();
  for (const block of reachable) {
    const edges = plain(block.out);
    if (edges.length + (last.has(block) ? 1 : 0) < 2) continue;
    for (const edge of edges) {
      for (
        let at: number | undefined = edge.to.id;
        at !== undefined && at !== postDominators[block.id];
        at = postDominators[at]
      ) {
        const controlled = byId.get(at);
        if (controlled === undefined) break;
        const known = found.get(controlled);
        if (known === undefined) found.set(controlled, [edge]);
        else known.push(edge);
      }
    }
  }
  return found;
}

/** Where a unit ends; of a loop that is never left, the head counts as an end. */
function lastBlocks(
  { exit, thrown, ended, headers, blocks }: Flow,
  reachable: ReadonlySet<Block>,
  plain: (edges: readonly Edge[]) => readonly Edge[],
): ReadonlySet<Block> {
  const last = new Set([exit, thrown, ended]);
  const before = (block: Block): readonly Block[] => plain(block.in).map(({ from }) => from);
  let ending = closure([...last], before);
  for (const block of [...headers.keys(), ...blocks]) {
    if (!reachable.has(block) || ending.has(block)) continue;
    last.add(block);
    ending = closure([...ending, block], before);
  }
  return last;
}
