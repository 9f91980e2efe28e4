/** A graph of numbered nodes, each with what leads to it. */
export interface Numbered {
  readonly size: number;
  readonly root: number;
  readonly next: (node: number) => readonly number[];
  readonly previous: (node: number) => readonly number[];
}

/**
 * The immediate dominator of each node that the root leads to; the root's is itself, and the others' is `undefined`.
 * Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm.
 */
export function immediateDominators(graph: Numbered): readonly (number | undefined)[] {
  const order = reversePostorder(graph);
  const rank = new Map(order.map((node, index) => [node, index]));
  const found: (number | undefined)[] = Array.from({ length: graph.size });
  found[graph.root] = graph.root;
  const common = (a: number, b: number): number => {
    let [one, other] = [a, b];
    while (one !== other) {
      while (rankOf(rank, one) > rankOf(rank, other)) one = found[one] ?? graph.root;
      while (rankOf(rank, other) > rankOf(rank, one)) other = found[other] ?? graph.root;
    }
    return one;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const node of order.slice(1)) {
      const known = graph.previous(node).filter((each) => found[each] !== undefined);
      const dominator = known.reduce(common);
      if (found[node] === dominator) continue;
      found[node] = dominator;
      changed = true;
    }
  }
  return found;
}

function rankOf(rank: ReadonlyMap<number, number>, node: number): number {
  return rank.get(node) ?? 0;
}

/** Each node before those it leads to, but for the ways back. */
function reversePostorder({ root, next }: Numbered): readonly number[] {
  const order: number[] = [];
  const entered = new Set([root]);
  const stack = [{ node: root, pending: [...next(root)] }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const to = top.pending.pop();
    if (to === undefined) {
      order.push(top.node);
      stack.pop();
    } else if (!entered.has(to)) {
      entered.add(to);
      stack.push({ node: to, pending: [...next(to)] });
    }
  }
  return order.toReversed();
}
