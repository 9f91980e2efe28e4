import { ts } from 'ts-morph';

import type { Code } from './code.ts';
import { isFunctionNode, visit } from '../syntax/functions.ts';
import { assignmentTo, changeOf } from '../syntax/assignments.ts';
import { indexOf } from '../syntax/file-index.ts';
import { bare, isAccess, outermost, propertyNameOf } from '../syntax/operands.ts';
import type { FunctionNode, Unit } from '../syntax/functions.ts';

/**
 * Which functions run when some code runs: those it calls, those it hands on as callbacks, those written in it,
 * and all that these run in turn.
 */
export class CallGraph {
  readonly #code: Code;
  #accessorNames: ReadonlySet<string> | undefined;
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
      if (ts.isPropertyAccessExpression(node)) for (const fn of this.#accessorsAt(node)) found.add(fn);
      return true;
    });
    if (isFunctionNode(root)) found.delete(root);
    this.#direct.set(root, found);
    return found;
  }

  /** The getter that a read of a property runs, the setter that an assignment runs. */
  #accessorsAt(access: ts.PropertyAccessExpression): readonly FunctionNode[] {
    this.#accessorNames ??= new Set(
      this.#code.files.flatMap((file) =>
        indexOf(file).functions.flatMap((fn) => (ts.isAccessor(fn) ? (propertyNameOf(fn.name) ?? []) : [])),
      ),
    );
    if (!this.#accessorNames.has(access.name.text)) return [];
    const declarations = this.#code.symbolOf(access.name)?.declarations ?? [];
    const isAssigned = changeOf(outermost(access)) !== undefined;
    const isRead = assignmentTo(outermost(access)) === undefined;
    return declarations.filter(
      (each): each is ts.AccessorDeclaration =>
        (isRead && ts.isGetAccessorDeclaration(each)) || (isAssigned && ts.isSetAccessorDeclaration(each)),
    );
  }

  /** Functions that a call gets as arguments by name, or that an object or a list holds which it gets. */
  #handedOn(call: ts.CallExpression | ts.NewExpression): readonly FunctionNode[] {
    const isOwn = this.#code.calledFunctions(call).length > 0;
    return (call.arguments ?? []).flatMap((argument) => {
      const values = this.#valuesOf(argument);
      // The project's own functions are looked into: they may call what an object holds, or not.
      const held =
        isOwn && !ts.isObjectLiteralExpression(bare(argument)) ? [] : values.flatMap((each) => this.#heldBy(each));
      return [...values.filter(isFunctionNode), ...held];
    });
  }

  #valuesOf(argument: ts.Expression): readonly ts.Node[] {
    const value = bare(argument);
    if (ts.isObjectLiteralExpression(value)) return [value];
    // What is written here runs with this code already.
    return ts.isIdentifier(value) || isAccess(value) || ts.isCallExpression(value) ? this.#code.valuesOf(value) : [];
  }

  #heldBy(value: ts.Node): readonly FunctionNode[] {
    if (!ts.isObjectLiteralExpression(value)) return [];
    return value.properties.flatMap((property) => {
      if (ts.isMethodDeclaration(property)) return [property];
      const held = ts.isPropertyAssignment(property)
        ? property.initializer
        : ts.isShorthandPropertyAssignment(property)
          ? property.name
          : undefined;
      if (held === undefined) return [];
      const list = bare(held);
      return (ts.isArrayLiteralExpression(list) ? list.elements : [list]).flatMap((each) =>
        this.#code.functionsOf(each),
      );
    });
  }
}
