import { ts } from 'ts-morph';

import { withImports } from '../../program/imported-files.ts';
import { isAsync, isFunctionNode } from '../../syntax/functions.ts';
import type { Unit } from '../../syntax/functions.ts';
import type { Code } from '../code.ts';
import { flowUnitOf, isWaitedFor } from './inlined.ts';
import type { Ways } from './control-flow-graph.ts';

/** How many calls are followed up from a node. */
const FURTHEST = 4;

/** Where a unit runs a node: the node itself, or a call that leads to it. */
interface Point {
  readonly node: ts.Node;
  readonly unit: Unit;
  /** Where the function that the call calls runs the node. */
  readonly inner: Point | undefined;
  /** Whether the node has surely been run when this one is done. */
  readonly isSure: boolean;
}

/** Which ways have to pass a node. */
interface SureWays {
  readonly ifNothingFails?: boolean;
}

/** Two nodes, or calls that lead to them, in one unit. */
interface Meeting {
  readonly from: Point;
  readonly to: Point;
}

/**
 * The order of nodes that may stand in different functions: each is seen at the calls that lead to it. A function that only
 * the SDK or a library calls has no place in the order of the code that hands it on.
 */
export class ProgramOrder {
  readonly #code: Code;
  readonly #points = new Map<ts.Node, readonly Point[]>();

  constructor(code: Code) {
    this.#code = code;
  }

  /** Whether `a` has been run whenever the code gets to `b`, however it gets there; or only if nothing in a `try` fails. */
  alwaysRunsBefore(a: ts.Node, b: ts.Node, ways: SureWays = {}): boolean {
    const points = this.#pointsOf(a).filter(({ isSure }) => isSure);
    return this.#isAlwaysBefore(points, b, ways, FURTHEST);
  }

  /** Whether `b` may be run after `a`. */
  mayRunBefore(a: ts.Node, b: ts.Node, ways: Ways = {}): boolean {
    return this.#meetings(a, b).some(
      ({ from, to }) =>
        !(ways.sameRound === true && isNextCall(from, to)) &&
        this.#code.graphAround(from.node).canReach(from.node, to.node, ways),
    );
  }

  /** Whether `x` may be run after `a` and before `b`, with no other `a` in between. */
  mayRunBetween(a: ts.Node, x: ts.Node, b: ts.Node): boolean {
    const isThing = (node: ts.Node): boolean => this.#pointsOf(x).some((point) => point.node === node);
    return this.between(a, b, isThing).length > 0;
  }

  /** Whether `b` may be run again with no `a` in between. */
  mayRepeatWithout(a: ts.Node, b: ts.Node): boolean {
    const meets = new Map(this.#meetings(a, b).map(({ from, to }) => [to.node, from.node]));
    return this.#pointsOf(b).some(({ node }) => {
      const other = meets.get(node);
      return this.#code.graphAround(node).canReachWithout(node, node, other === undefined ? [] : [other]);
    });
  }

  /** The nodes of a kind that may be run after `a` and before `b`, in the functions that lead from one to the other. */
  between(a: ts.Node, b: ts.Node, isThing: (node: ts.Node) => boolean): readonly ts.Node[] {
    const found = this.#meetings(a, b).flatMap(({ from, to }) => [
      ...this.#code.graphAround(from.node).nodesBetween(from.node, to.node, isThing),
      ...innerPoints(from).flatMap(({ node }) => this.#code.graphAround(node).nodesBetween(node, undefined, isThing)),
      ...innerPoints(to).flatMap(({ node }) => this.#code.graphAround(node).nodesBetween(undefined, node, isThing)),
    ]);
    return [...new Set(found)];
  }

  #isAlwaysBefore(points: readonly Point[], node: ts.Node, ways: SureWays, depth: number): boolean {
    const unit = flowUnitOf(node);
    const graph = this.#code.graphAround(node);
    if (points.some((each) => each.unit === unit && each.node !== node && graph.dominates(each.node, node, ways)))
      return true;
    if (points.some((each) => this.#isEvaluatedBefore(each, unit.getSourceFile()))) return true;
    if (depth === 0 || !isFunctionNode(unit)) return false;
    const callers = this.#code.callersOf(unit);
    return callers.length > 0 && callers.every((call) => this.#isAlwaysBefore(points, call, ways, depth - 1));
  }

  /** Whether a node stands on every way through the top level of a module that another one imports. */
  #isEvaluatedBefore({ node, unit }: Point, file: ts.SourceFile): boolean {
    if (!ts.isSourceFile(unit) || unit === file || !this.#code.graphAround(node).isOnEveryWay(node)) return false;
    return this.modulesBefore(file).includes(unit) && !this.modulesBefore(unit).includes(file);
  }

  /** The modules that are evaluated before a module's own code. A `require` may stand behind it, and `import()` comes later. */
  modulesBefore(file: ts.SourceFile): readonly ts.SourceFile[] {
    return withImports([file], (specifier) =>
      ts.isImportDeclaration(specifier.parent) || ts.isExportDeclaration(specifier.parent)
        ? this.#code.importedFile(specifier)
        : undefined,
    ).filter((each) => each !== file);
  }

  /** Where two nodes are first seen in one unit: where one call leads to both, they have met in what it calls. */
  #meetings(a: ts.Node, b: ts.Node): readonly Meeting[] {
    const others = this.#pointsOf(b);
    return this.#pointsOf(a).flatMap((from) =>
      others
        .filter((to) => to.unit === from.unit && (to.node !== from.node || (to.inner ?? from.inner) === undefined))
        .map((to) => ({ from, to })),
    );
  }

  #pointsOf(node: ts.Node): readonly Point[] {
    const known = this.#points.get(node);
    if (known !== undefined) return known;
    const found: Point[] = [{ node, unit: flowUnitOf(node), inner: undefined, isSure: true }];
    const entered = new Set<Unit>(found.map(({ unit }) => unit));
    let front: readonly Point[] = found;
    for (let depth = 0; depth < FURTHEST && front.length > 0; depth += 1) {
      front = front.flatMap((point) => this.#callsOf(point)).filter(({ unit }) => !entered.has(unit));
      for (const { unit } of front) entered.add(unit);
      found.push(...front);
    }
    this.#points.set(node, found);
    return found;
  }

  #callsOf(inner: Point): readonly Point[] {
    const { unit } = inner;
    if (!isFunctionNode(unit)) return [];
    const isSure = inner.isSure && this.#code.graphAround(inner.node).isOnEveryWay(inner.node);
    return this.#code.callersOf(unit).map((call) => ({
      node: call,
      unit: flowUnitOf(call),
      inner,
      isSure: isSure && (!isAsync(unit) || isWaitedFor(call)) && this.#code.calledFunctions(call).length === 1,
    }));
  }
}

function innerPoints({ inner }: Point): readonly Point[] {
  return inner === undefined ? [] : [inner, ...innerPoints(inner)];
}

/** Two calls of one function are two rounds of it. */
function isNextCall(from: Point, to: Point): boolean {
  return from.inner !== undefined && from.inner.unit === to.inner?.unit;
}
