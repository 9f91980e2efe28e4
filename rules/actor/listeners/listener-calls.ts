import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import { isFunctionNode, visit } from '../../syntax/functions.ts';
import type { FunctionNode } from '../../syntax/functions.ts';
import type { Listener } from './listeners.ts';

/** How many calls are followed from a listener to what it runs. */
const FURTHEST = 3;

/** A call that a listener makes, itself or through functions of the project. */
export interface ListenerCall {
  readonly call: ts.CallExpression;
  /** A condition decides whether it is made: an `if` around it, or one before it that leaves the function. */
  readonly conditional: boolean;
  /** The listener itself makes it, not a function that it calls or hands on. */
  readonly direct: boolean;
}

/**
 * The calls that a listener makes when nothing fails, in the order of the code. What only a `catch` runs is left out, and so
 * is what it runs more than three calls away.
 */
export function callsOfListener(code: Code, listener: Listener): readonly ListenerCall[] {
  const search = new ListenerCalls(code);
  for (const fn of listener.functions) search.enter(fn, { conditional: false, direct: true, depth: FURTHEST });
  return search.found;
}

interface Way {
  readonly conditional: boolean;
  readonly direct: boolean;
  readonly depth: number;
}

class ListenerCalls {
  readonly found: ListenerCall[] = [];
  readonly #code: Code;
  readonly #entered = new Set<FunctionNode>();

  constructor(code: Code) {
    this.#code = code;
  }

  enter(fn: FunctionNode, way: Way): void {
    if (this.#entered.has(fn) || fn.body === undefined) return;
    this.#entered.add(fn);
    const { body } = fn;
    visit(body, (node) => {
      if (ts.isCatchClause(node)) return false;
      if (isFunctionNode(node)) {
        if (!ts.isFunctionDeclaration(node) && ts.isCallExpression(node.parent)) {
          this.enter(node, { ...this.#from(node, way), direct: false });
        }
        return false;
      }
      if (ts.isCallExpression(node)) this.#call(node, this.#from(node, way));
      return true;
    });
  }

  #call(call: ts.CallExpression, way: Way): void {
    const { conditional, direct, depth } = way;
    this.found.push({ call, conditional, direct });
    if (depth === 0) return;
    for (const fn of this.#code.calledFunctions(call)) this.enter(fn, { conditional, direct: false, depth: depth - 1 });
  }

  #from(node: ts.Node, way: Way): Way {
    return { ...way, conditional: way.conditional || dependsOnCondition(this.#code, node) };
  }
}

/** Whether a condition decides whether a node runs. What an optional chain leaves out is not decided by the program. */
export function dependsOnCondition(code: Code, node: ts.Node): boolean {
  return code
    .graphAround(node)
    .controlDependences(node, { transitive: true })
    .some(({ outcome }) => outcome !== 'completes' && outcome !== 'present');
}
