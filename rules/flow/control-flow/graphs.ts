import type { ts } from 'ts-morph';

import type { Unit } from '../../syntax/functions.ts';
import { ControlFlowGraph } from './control-flow-graph.ts';
import { flowUnitOf } from './inlined.ts';
import type { EndsProcess } from './unit-builder.ts';

/** The control-flow graphs of a program: one for each unit, built when it is first asked for. */
export class ControlFlowGraphs {
  readonly #ends: EndsProcess;
  readonly #graphs = new WeakMap<Unit, ControlFlowGraph>();

  /** `ends` says which calls end the process: nothing comes behind them. */
  constructor(ends: EndsProcess = () => false) {
    this.#ends = ends;
  }

  of(unit: Unit): ControlFlowGraph {
    const known = this.#graphs.get(unit);
    if (known !== undefined) return known;
    const graph = new ControlFlowGraph(unit, this.#ends);
    this.#graphs.set(unit, graph);
    return graph;
  }

  /** The graph that a node stands in. */
  around(node: ts.Node): ControlFlowGraph {
    return this.of(flowUnitOf(node));
  }
}
