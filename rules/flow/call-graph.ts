import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { isFunctionNode, visit } from '../syntax/functions.ts';
import { bare, methodOf } from '../syntax/operands.ts';
import type { FunctionNode, Unit } from '../syntax/functions.ts';

/**
 * Which functions run when some code runs: those it calls, those it hands on as callbacks, those written in it,
 * and all that these run in turn.
 */
export class CallGraph {
  readonly #code: Code;
  readonly #direct = new Map<ts.Node, ReadonlySet<FunctionNode>>();

  constructor(code: Code) {
    this.#code = code;
  }

  /** All functions that running these nodes may run, at any depth; functions written in them included. */
  from(roots: readonly ts.Node[]): ReadonlySet<Unit> {
    const reached = new Set<Unit>();
    const pending = roots.flatMap((root) => [...this.#directlyFrom(root)]);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      pending.push(...this.#directlyFrom(next));
    }
    return reached;
  }

  /** How many calls lie between some code and a unit that it runs; `undefined` where it does not run it. */
  stepsTo(unit: Unit, root: ts.Node): number | undefined {
    const reached = new Set<ts.Node>();
    let front: readonly ts.Node[] = [root];
    for (let steps = 0; front.length > 0; steps += 1) {
      if (front.some((each) => each === unit)) return steps;
      front = front.flatMap((each) => [...this.#directlyFrom(each)]).filter((each) => !reached.has(each));
      for (const each of front) reached.add(each);
    }
    return undefined;
  }

  #directlyFrom(root: ts.Node): ReadonlySet<FunctionNode> {
    const known = this.#direct.get(root);
    if (known !== undefined) return known;
    const found = new Set<FunctionNode>();
    this.#direct.set(root, found);
    visit(root, (node) => {
      if (node !== root && isFunctionNode(node)) {
        // A function that only stands here runs when it is called; one that is written into an expression is handed on.
        if (!ts.isFunctionDeclaration(node)) found.add(node);
        return false;
      }
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        for (const fn of this.#code.calledFunctions(node)) found.add(fn);
        for (const fn of this.#handedOn(node)) found.add(fn);
      }
      return true;
    });
    if (isFunctionNode(root)) found.delete(root);
    return found;
  }

  /** Functions that a call gets by name, as arguments or as properties of an options object. */
  #handedOn(call: ts.CallExpression | ts.NewExpression): readonly FunctionNode[] {
    return (call.arguments ?? []).flatMap((argument) => [
      ...this.#named(argument),
      ...(ts.isObjectLiteralExpression(argument)
        ? argument.properties.flatMap((property) => this.#ofProperty(property))
        : []),
    ]);
  }

  #ofProperty(property: ts.ObjectLiteralElementLike): readonly FunctionNode[] {
    if (ts.isShorthandPropertyAssignment(property)) return this.#code.functionsOf(property.name);
    if (!ts.isPropertyAssignment(property)) return [];
    const value = bare(property.initializer);
    return ts.isArrayLiteralExpression(value)
      ? value.elements.flatMap((each) => this.#named(each))
      : this.#named(value);
  }

  #named(expression: ts.Expression): readonly FunctionNode[] {
    const named = ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression) || isBind(expression);
    return named ? this.#code.functionsOf(expression) : [];
  }
}

function isBind(expression: ts.Expression): boolean {
  return ts.isCallExpression(expression) && methodOf(expression)?.name === 'bind';
}
