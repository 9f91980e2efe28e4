import type { ts } from 'ts-morph';

/**
 * What a condition came out as. `item`: a loop over things has another one. `present`: what an optional chain or `??` asks for
 * is there. `fails`: something in a `try`, or in the promise that a `.catch` follows, has thrown.
 */
export type Outcome = 'true' | 'false' | 'item' | 'done' | 'present' | 'nullish' | 'completes' | 'fails';

/** A condition and the outcome under which something runs. A negation is taken off: `!a` true is `a` false. */
export interface Decision {
  /** The tested expression, a `try`, a loop's iterated expression, or the parameter that has a default. */
  readonly condition: ts.Node;
  readonly outcome: Outcome;
  /** The subject of the `switch`, where the condition is one of its cases. */
  readonly subject?: ts.Expression;
}

export interface Edge {
  readonly from: Block;
  readonly to: Block;
  readonly when: Decision | undefined;
  /** Any call in a `try` may throw: these ways count for what is sure, but make nothing conditional. */
  readonly implicit: boolean;
}

/** What runs in one go: nodes of the tree, in the order in which their evaluation ends. */
export class Block {
  readonly nodes: ts.Node[] = [];
  readonly out: Edge[] = [];
  readonly in: Edge[] = [];
  readonly id: number;

  constructor(id: number) {
    this.id = id;
  }
}

/** Where a node's evaluation ends. What stands in a `finally` has a place for each way through it. */
export interface Place {
  readonly block: Block;
  readonly index: number;
}

/** What the builder makes of a unit. */
export interface Flow {
  readonly blocks: readonly Block[];
  readonly entry: Block;
  /** The unit returns, or its last statement is done. */
  readonly exit: Block;
  readonly thrown: Block;
  /** The process ends. */
  readonly ended: Block;
  readonly places: ReadonlyMap<ts.Node, readonly Place[]>;
  /** The blocks that loops begin their rounds with. */
  readonly headers: ReadonlyMap<Block, ts.Node>;
}
