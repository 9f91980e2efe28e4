import { ts } from 'ts-morph';

import type { Code } from '../code.ts';
import type { ControlFlowGraph } from './control-flow-graph.ts';

/** A condition, and the nodes that run only under one of its outcomes, in whatever form it is asked. */
export interface Choice {
  readonly condition: ts.Node;
  readonly whenTrue: readonly ts.Node[];
  readonly whenFalse: readonly ts.Node[];
}

/**
 * What a use decides where it stands in a condition: of an `if`, a loop, a `case`, an operator that may leave something out.
 * Where one outcome ends the run, what comes behind it is what the run does, and not something that is left out.
 */
export function choicesAt(code: Code, use: ts.Node): readonly Choice[] {
  const graph = code.graphAround(use);
  return graph.testsWith(use).map((condition) => {
    const [whenTrue, whenFalse] = [graph.controlledBy(condition, 'true'), graph.controlledBy(condition, 'false')];
    const [inTrue, inFalse] = [new Set(whenTrue), new Set(whenFalse)];
    const endsIfTrue = endsRun(graph, condition, 'true', whenTrue);
    const endsIfFalse = endsRun(graph, condition, 'false', whenFalse);
    return {
      condition,
      whenTrue: endsIfFalse && !endsIfTrue ? [] : whenTrue.filter((node) => !inFalse.has(node)),
      whenFalse: endsIfTrue && !endsIfFalse ? [] : whenFalse.filter((node) => !inTrue.has(node)),
    };
  });
}

/** Whether an outcome leads to an error that nothing here catches, or to the end of the process. */
function endsRun(
  graph: ControlFlowGraph,
  condition: ts.Node,
  outcome: 'true' | 'false',
  nodes: readonly ts.Node[],
): boolean {
  return nodes.some((node) => {
    if (!ts.isThrowStatement(node) && !ts.isCallExpression(node) && !ts.isAwaitExpression(node)) return false;
    const { nodes: next, ends } = graph.successorsOf(node, () => true);
    if (next.length > 0 || ends.has('exit')) return false;
    return graph.controlDependences(node).some((each) => each.condition === condition && each.outcome === outcome);
  });
}

/** The text of the whole condition that a tested part stands in: `!ok && tries < 3` of `ok`. */
export function wholeConditionOf(test: ts.Node): string {
  let node = test;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    ts.isPrefixUnaryExpression(node.parent) ||
    (ts.isBinaryExpression(node.parent) && !ts.isExpressionStatement(node.parent.parent))
  ) {
    node = node.parent;
  }
  return node.getText();
}
